/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts per exposed call: see mechanism.h. */
#include "stress/mechanism.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "host/clock.h"

/* Rounds with fewer exposed calls than this are too short to tell a change by. */
#define EXPOSED_MIN 50
/* A change of half an interrupt per call is no noise … */
#define CHANGE 0.5
/* … when it goes from calls that interrupt to calls that do not, or back, … */
#define INTERRUPTED 0.75
/* … and stays so: a round while other programs have the CPUs may count oddly. */
#define ODD_ROUNDS 2

void rcs_mechanism_start(struct rcs_mechanism_watch *m, int readers,
			 const int *reader_cpu, struct rcs_mechanism *result)
{
	struct rcs_error e;

	memset(m, 0, sizeof(*m));
	m->readers = readers;
	m->reader_cpu = reader_cpu;
	m->result = result;
	m->readable = rcs_interrupts_read(&m->before, &e) == 0;
	memset(result, 0, sizeof(*result));
	result->readable = m->readable;
	result->least_cpu = -1;
	(void)snprintf(result->rows, sizeof(result->rows), "%.63s",
		       m->readable ? m->before.rows : e.text);
}

void rcs_mechanism_begin(struct rcs_mechanism_watch *m)
{
	if (m->readable)
		m->readable = rcs_interrupts_read(&m->before, NULL) == 0;
	m->begun_ns = rcs_clock_ns();
}

void rcs_mechanism_background(struct rcs_mechanism_watch *m, uint64_t exposed)
{
	if (!m->readable || rcs_interrupts_read(&m->after, NULL) != 0)
		return;
	for (int cpu = 0; cpu < RCS_CPUS_MAX; cpu++)
		m->background[cpu] +=
			rcs_interrupts_between(&m->before, &m->after, cpu);
	m->background_ns += rcs_clock_ns() - m->begun_ns;
	m->background_exposed += (double)exposed;
}

/*
 * How much of the background a round has. Other programs' goes by time. That of the
 * threads themselves (pages that they give back, children) goes by what they do: where
 * the control does the same in less time, less is taken off. Of a barrier that does
 * nothing, rounds are like the control's either way.
 */
static double share_of(const struct rcs_mechanism_watch *m, double ns, double exposed)
{
	double share = m->background_ns > 0 ? ns / (double)m->background_ns : 0.0;

	if (m->background_exposed > 0.0 && exposed > 0.0)
		share = fmin(share, exposed / m->background_exposed);
	return share;
}

/* Interrupts on a CPU during the round, without the background; may be below 0. */
static double sent_to(const struct rcs_mechanism_watch *m, int cpu, double share)
{
	return (double)rcs_interrupts_between(&m->before, &m->after, cpu) -
	       (double)m->background[cpu] * share;
}

static void find_least(struct rcs_mechanism_watch *m)
{
	for (int cpu = 0; cpu < RCS_CPUS_MAX; cpu++) {
		double each;

		if (m->exposed[cpu] < EXPOSED_MIN)
			continue;
		each = fmax(0.0, m->sent[cpu] / m->exposed[cpu]);
		if (m->result->least_cpu < 0 || each < m->result->least) {
			m->result->least = each;
			m->result->least_cpu = cpu;
		}
	}
}

/* Interrupts per exposed call, as many as they may be, with the noise of few calls. */
static double at_most(double sent, double exposed)
{
	return sent / exposed + 2.0 / sqrt(exposed);
}

/* Adds the round to the totals by CPU; gives what was sent, and the least at_most(). */
static double add_round(struct rcs_mechanism_watch *m, const double *here, bool by_cpu,
			double share, double *least)
{
	double sent = 0.0;

	*least = INFINITY;
	for (int cpu = 0; cpu < RCS_CPUS_MAX; cpu++) {
		double count;

		if (by_cpu && here[cpu] == 0.0)
			continue;
		count = sent_to(m, cpu, share);
		sent += count;
		m->sent[cpu] += count;
		m->exposed[cpu] += here[cpu];
		if (by_cpu && here[cpu] >= EXPOSED_MIN)
			*least = fmin(*least, at_most(count, here[cpu]));
	}
	return sent;
}

/* Interrupts of other origin, over all CPUs. */
static double background_in(const struct rcs_mechanism_watch *m, double share)
{
	double count = 0.0;

	for (int cpu = 0; cpu < RCS_CPUS_MAX; cpu++)
		count += (double)m->background[cpu];
	return count * share;
}

bool rcs_mechanism_changed(struct rcs_mechanism_watch *m, double is, double noise)
{
	bool each = is >= INTERRUPTED, was_each = m->mean >= INTERRUPTED;

	if (m->rounds > 0 && each != was_each && fabs(is - m->mean) > CHANGE + noise) {
		if (++m->odd < ODD_ROUNDS)
			return false;
		m->odd = 0;
		m->rounds = 1;
		m->mean = is;
		return true;
	}
	m->odd = 0;
	m->mean += (is - m->mean) / ++m->rounds;
	return false;
}

enum rcs_mechanism_news rcs_mechanism_lacks(struct rcs_mechanism_watch *m, double sent,
					    double exposed, double most)
{
	m->since_sent += sent;
	m->since_exposed += exposed;
	m->lacking = most >= RCS_INTERRUPTED_EACH ? 0 : m->lacking + 1;
	if (m->lacking >= ODD_ROUNDS ||
	    m->since_sent < RCS_INTERRUPTED_EACH * m->since_exposed) {
		m->since_sent = m->since_exposed = 0.0;
		return RCS_MECHANISM_LACKING;
	}
	return m->lacking > 0 ? RCS_MECHANISM_ODD : RCS_MECHANISM_STEADY;
}

enum rcs_mechanism_news rcs_mechanism_subject(struct rcs_mechanism_watch *m,
					      const uint64_t *exposed, double *was,
					      double *is)
{
	static double here[RCS_CPUS_MAX]; /* exposed calls by CPU in this round */
	double sent, all = 0.0, least, share, noise;
	bool by_cpu = true;

	if (!m->result->readable) /* and rows says why */
		return RCS_MECHANISM_STEADY;
	if (!m->readable || rcs_interrupts_read(&m->after, NULL) != 0) {
		m->readable = m->result->readable = m->result->throughout = false;
		(void)snprintf(m->result->rows, sizeof(m->result->rows),
			       "/proc/interrupts could not be read any more");
		return RCS_MECHANISM_STEADY;
	}
	memset(here, 0, sizeof(here));
	for (int r = 0; r < m->readers; r++) {
		all += (double)exposed[r];
		by_cpu &= m->reader_cpu[r] >= 0;
		if (m->reader_cpu[r] >= 0)
			here[m->reader_cpu[r]] += (double)exposed[r];
	}
	share = share_of(m, (double)(rcs_clock_ns() - m->begun_ns), all);
	sent = add_round(m, here, by_cpu, share, &least);
	m->sent_all += sent;
	m->exposed_all += all;
	if (m->exposed_all > 0)
		m->result->per_exposed = fmax(0.0, m->sent_all / m->exposed_all);
	m->result->least_cpu = -1;
	if (by_cpu)
		find_least(m);
	if (all < EXPOSED_MIN)
		return RCS_MECHANISM_STEADY;
	*was = m->mean;
	*is = fmax(0.0, sent / all);
	noise = 3.0 * background_in(m, share) / all;
	/* As long as the background is not known, a change may be nothing else. */
	if (m->background_ns == 0)
		m->rounds = 0;
	if (rcs_mechanism_changed(m, *is, noise))
		return RCS_MECHANISM_CHANGED;
	return rcs_mechanism_lacks(m, sent, all, fmin(least, at_most(sent, all)));
}

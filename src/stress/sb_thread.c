/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loops of the store-buffering test. The reader's is compiled once for each
 * amplifier and each light side, so that neither costs a call or a branch between
 * the reader's store and its load, unless the light side is one that is called.
 */
#include "stress/sb_thread.h"

#include "host/clock.h"
#include "stress/amplifier/all.h"

#define INLINE static inline __attribute__((always_inline))

INLINE void amplify(enum rcs_amplifier_kind kind, struct rcs_amplify *a, rcs_seq old)
{
	switch (kind) {
#define X(name)                                                                        \
	case RCS_AMPLIFIER_##name:                                                     \
		rcs_amplify_##name(a, old);                                            \
		break;
#include "stress/amplifier/list.h"
#undef X
	case RCS_AMPLIFIERS:
		break;
	}
}

INLINE void read_loop(struct rcs_sb_reader *r, enum rcs_amplifier_kind kind,
		      enum rcs_sb_light light)
{
	struct rcs_amplify a = r->amplify;
	void (*call)(void *) = r->light;
	void *argument = r->light_argument;
	rcs_seq *own = r->own, *theirs = r->theirs;
	struct rcs_sb_entry *entry = r->entry;
	rcs_seq last = 0;

	for (rcs_seq i = 1;; i++) {
		rcs_seq value;

		amplify(kind, &a, i - 1);
		rcs_seq_store(own, i);
		/* The light side: pairs with heavy() in rcs_sb_write(). */
		if (light == RCS_SB_LIGHT_FENCE)
			ck_pr_fence_memory();
		else
			ck_pr_barrier();
		if (light == RCS_SB_LIGHT_CALL) {
			call(argument);
			ck_pr_barrier();
		}
		value = rcs_seq_load(theirs);
		if (value != last) {
			*entry++ = (struct rcs_sb_entry){i, value};
			last = value;
			if (value == RCS_SEQ_END)
				break;
		}
	}
	r->amplify.random = a.random;
	r->entries = (size_t)(entry - r->entry);
}

#define X(name)                                                                        \
	static void read_##name(struct rcs_sb_reader *r)                               \
	{                                                                              \
		read_loop(r, RCS_AMPLIFIER_##name, RCS_SB_LIGHT_COMPILER);             \
	}                                                                              \
	static void read_fenced_##name(struct rcs_sb_reader *r)                        \
	{                                                                              \
		read_loop(r, RCS_AMPLIFIER_##name, RCS_SB_LIGHT_FENCE);                \
	}                                                                              \
	static void read_calling_##name(struct rcs_sb_reader *r)                       \
	{                                                                              \
		read_loop(r, RCS_AMPLIFIER_##name, RCS_SB_LIGHT_CALL);                 \
	}
#include "stress/amplifier/list.h"
#undef X

void rcs_sb_read(struct rcs_sb_reader *r, enum rcs_amplifier_kind amplifier,
		 enum rcs_sb_light light)
{
	static void (*const loops[RCS_AMPLIFIERS][RCS_SB_LIGHTS])(
		struct rcs_sb_reader *) = {
#define X(name)                                                                        \
	[RCS_AMPLIFIER_##name] = {read_##name, read_fenced_##name, read_calling_##name},
#include "stress/amplifier/list.h"
#undef X
	};

	loops[amplifier][light](r);
}

void rcs_sb_write(struct rcs_sb_writer *w)
{
	rcs_seq *seen = w->seen;
	size_t first = 0, j;

	for (j = 1; j <= w->calls && ck_pr_load_uint(w->stop) == 0; j++) {
		struct rcs_sb_call *call = &w->call[j - 1];

		rcs_seq_store(w->own, (rcs_seq)j);
		ck_pr_barrier();
		call->start = rcs_cycles();
		/* The heavy side: pairs with the light side in read_loop(). */
		w->error = w->heavy(w->heavy_argument);
		call->end = rcs_cycles();
		ck_pr_barrier();
		if (w->error != 0)
			break;
		/* From a reader on in turn, so that none is always read last. */
		for (size_t n = 0, k = first; n < w->readers; n++) {
			seen[k] = rcs_seq_load(w->theirs[k]);
			k = k + 1 < w->readers ? k + 1 : 0;
		}
		seen += w->readers;
		first = first + 1 < w->readers ? first + 1 : 0;
		if ((int64_t)(call->end - w->until) >= 0) {
			j++;
			break;
		}
	}
	w->done = j - 1;
	rcs_seq_store(w->own, RCS_SEQ_END);
}

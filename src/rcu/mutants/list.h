/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mutants: builds of asym with one small lie each, which the torture must notice.
 * X(name, summary, why_not, design …): why_not is NULL, or why no run on this machine
 * can show the lie, and the test by which the prover does. The design adds to delay
 * points, which all have.
 *
 * Drawn from what has gone wrong in the histories of liburcu, ck_epoch and the kernel's
 * RCU, and from the argument in asym.c, line by line.
 */
/* Where stores stay behind loads and stores before them, and loads in order. */
#if defined(__x86_64__) || defined(__i386__) || defined(__s390x__)
#define RCS_IF_TSO(reason) reason
#else
#define RCS_IF_TSO(reason) NULL
#endif
#if __SIZEOF_LONG__ < 8
#define RCS_IF_NUMBERED "words have no numbers on this machine, but a parity"
#else
#define RCS_IF_NUMBERED NULL
#endif
/* The heavy side, and the counter. */
X(no_heavy, "no heavy barrier", NULL, .no_heavy = true)
X(local_heavy, "a fence of its own for the heavy barrier", NULL, .local_heavy = true)
X(no_first_heavy, "asym-two without the heavy barrier before the scan", NULL,
  .two_heavy = true, .no_first_heavy = true)
X(no_second_heavy, "asym-two without the heavy barrier after the scan",
  RCS_IF_TSO("this CPU keeps a store behind the loads and stores before it, so leaving "
	     "is a release all the same: RCU-asym-two+LB-mutant-no-second-memb"),
  .two_heavy = true, .no_second_heavy = true)
X(plain_leave, "leaving is neither a release nor followed by a barrier",
  RCS_IF_TSO("this CPU keeps a store behind the loads and stores before it: "
	     "RCU-asym+LB-mutant-plain-leave"),
  .plain_leave = true)
X(advances_early, "the sequence goes on before the heavy barrier",
  RCS_IF_TSO("this CPU keeps loads in order: the newer number is loaded before the "
	     "pointer: RCU-asym+LB-mutant-advance-early"),
  .advances_early = true)
X(one_flip, "one flip and scan of a parity, not two", NULL, .counting = RCS_RCU_PARITY,
  .one_flip = true)
X(waits_one_less, "readers of the last grace period but one are not waited for",
  RCS_IF_NUMBERED, .waits_one_less = true)
X(compares_unsigned, "sequence numbers compared as if they never wrapped",
  RCS_IF_NUMBERED, .compares_unsigned = true)
X(expedited_light, "an expedited grace period has no heavy barrier", NULL,
  .expedited_light = true)
X(keeps_passed, "a parity's second scan goes by the marks of the first", NULL,
  .counting = RCS_RCU_PARITY, .keeps_passed = true)
/* The read side. */
X(no_light, "a light side that is not even a compiler barrier", NULL, .no_light = true)
X(counts_late, "the counter is stored after the pointer was loaded", NULL,
  .counts_late = true)
X(inner_clears, "leaving an inner section leaves the outer one", NULL,
  .inner_clears = true)
X(enters_as_outer, "entering an inner section takes the newest sequence", NULL,
  .enters_as_outer = true)
X(short_nesting, "two bits of nesting: four deep is not at all", NULL,
  .short_nesting = true)
/* The scan. */
X(skips_last, "the thread that registered last is not looked at", NULL,
  .skips_last = true)
X(looks_once, "a reader is looked at, but not waited for", NULL, .looks_once = true)
X(stale_scan, "words of readers as they were before the heavy barrier", NULL,
  .stale_scan = true)
X(misses_new, "threads registered since the last scan are not looked at", NULL,
  .misses_new = true)
X(expedited_gives_up, "an expedited grace period gives up on long sections", NULL,
  .expedited_gives_up = true)
X(no_wake, "the last reader does not wake who waits for it", NULL, .no_wake = true)
X(sleeps_unseen, "no heavy barrier between a reader's mark and sleeping", NULL,
  .sleeps_unseen = true)
X(departs_unseen, "departures are counted after the last look before sleeping", NULL,
  .departs_unseen = true)
X(first_leaves_all, "the first reader that leaves wakes as if all had left", NULL,
  .first_leaves_all = true)
/* Sharing and polling. */
X(shares_early, "a caller shares a grace period that had begun before", NULL,
  .shares_early = true)
X(polls_early, "a cookie is over one grace period too early", NULL, .polls_early = true)
X(ends_early, "a grace period says that it is over before its scan", NULL,
  .ends_early = true)
X(begins_late, "a grace period says that it has begun after its scan", NULL,
  .begins_late = true)
X(over_unsigned, "numbers of grace periods compared as if they never wrapped", NULL,
  .over_unsigned = true)
X(next_sleeps, "who is to run the next grace period is not woken", NULL,
  .next_sleeps = true)
X(done_sleeps, "those who shared a grace period are not woken", NULL,
  .done_sleeps = true)
X(start_idle, "start_poll() starts no grace period", NULL, .start_idle = true)
X(kicks_once, "start_poll() is forgotten while a worker's grace period runs", NULL,
  .kicks_once = true)
/* Threads and processes. */
X(enters_ahead, "a new thread has the number of the next grace period", RCS_IF_NUMBERED,
  .enters_ahead = true)
X(exit_unseen, "a thread that ends within a section is waited for", NULL,
  .exit_unseen = true)
X(leave_forgets, "a thread that leaves takes its callbacks along", NULL,
  .leave_forgets = true)
X(child_keeps, "a child of fork() waits for the parent's threads", NULL,
  .child_keeps = true)
X(child_idle, "a child of fork() has callbacks, and no worker", NULL,
  .child_idle = true)
X(fork_silently, "fork() does not wake those who came while it ran", NULL,
  .fork_silently = true)
/* Callbacks. */
X(call_at_once, "callbacks run without a grace period", NULL, .call_at_once = true)
X(call_joins, "callbacks join a grace period that had begun before", NULL,
  .call_joins = true)
X(call_reverses, "a batch of callbacks runs in reverse order", NULL,
  .call_reverses = true)
X(call_twice, "now and then a callback runs twice", NULL, .call_twice = true)
X(call_never, "now and then a callback does not run", NULL, .call_never = true)
X(call_races, "two threads that call at once may lose a callback", NULL,
  .call_races = true)
X(worker_dozes, "a worker falls asleep without a last look", NULL, .worker_dozes = true)
X(barrier_at_once, "barrier() does not wait", NULL, .barrier_at_once = true)
X(barrier_skips_one, "barrier() does not wait for one of the workers", NULL,
  .barrier_skips_one = true)
X(barrier_joins, "barrier() joins a grace period that had begun before", NULL,
  .barrier_joins = true)
X(barrier_of_taken, "barrier() does not wait for callbacks that are running", NULL,
  .barrier_of_taken = true)
#undef RCS_IF_TSO
#undef RCS_IF_NUMBERED

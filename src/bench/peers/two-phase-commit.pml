/*
 * Two-phase commit with N managers for SPIN: spin -a -DN=8. The model of src/examples/two-phase-commit.ts, where the
 * set of messages sent is the whole network and Prepare requests are left out.
 *
 * One process, so that a state is as small as it can be; each option of its loop is one action of one manager, and
 * d_step makes it one transition. Sets are bit masks: bit r of each mask is about manager r.
 */

#define INIT      0
#define COMMITTED 1
#define ABORTED   2
#define ALL       ((1 << N) - 1)

/* A manager is working (00), prepared (01), aborted (10) or committed (11); the bits are those of `final` and `yes`. */
unsigned final : N;
unsigned yes : N;
/* Managers that the transaction manager knows to be prepared. */
unsigned known : N;
/* Managers that have sent Prepared. */
unsigned sent : N;
unsigned tm : 2;
/* The messages of the transaction manager. */
bit commitSent;
bit abortSent;

/* TmReceivePrepared, RmPrepare, RmChooseToAbort, RmReceiveCommit, RmReceiveAbort of the manager with bit r. */
#define MANAGER(r) \
  :: d_step { tm == INIT && (sent & r) -> known = known | r } \
  :: d_step { !((final | yes) & r) -> yes = yes | r; sent = sent | r } \
  :: d_step { !((final | yes) & r) -> final = final | r } \
  :: d_step { commitSent -> final = final | r; yes = yes | r } \
  :: d_step { abortSent -> final = final | r; yes = yes & ~r }

active proctype system() {
  do
  /* Consistent: an option that no state enables costs one test a state; an assert in the actions costs one a transition. */
  :: d_step { (final & yes) && (final & ~yes) -> assert(false) }

  :: d_step { tm == INIT && known == ALL -> tm = COMMITTED; commitSent = 1 }
  :: d_step { tm == INIT -> tm = ABORTED; abortSent = 1 }
  MANAGER(1)
#if N > 1
  MANAGER(2)
#endif
#if N > 2
  MANAGER(4)
#endif
#if N > 3
  MANAGER(8)
#endif
#if N > 4
  MANAGER(16)
#endif
#if N > 5
  MANAGER(32)
#endif
#if N > 6
  MANAGER(64)
#endif
#if N > 7
  MANAGER(128)
#endif
#if N > 8
  MANAGER(256)
#endif
#if N > 9
  MANAGER(512)
#endif
#if N > 10
#error "This model has at most 10 managers."
#endif
  od
}

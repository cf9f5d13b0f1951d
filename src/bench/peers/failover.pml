/*
 * The failover benchmark for SPIN: spin -a -DMAXID=4 -DMAXSEQ=4 -DMAXFO=2. The model of src/examples/failover.ts.
 *
 * One process; each option of its loop is one action instance, and d_step makes it one transition. What belongs to a
 * member is kept by role, as own (of the active member) and other (of the standby), which a failover exchanges: the
 * states are the same ones, and no access needs an index. The network is a multiset as two bits of count a message.
 */

#define NET_CAPACITY 3
#define PERIOD       2

/* Shifts of the count of a message in `net`. */
#define REQUEST(id)  (4 * (id))
#define RESPONSE(id) (4 * (id) + 2)
#define ONE(message) (1 << (message))
#define HAS(message) (net & (3 << (message)))

/* Synch messages; 0 is an empty place. */
#define IKE(value)   (value)
#define ESP(value)   (MAXID + (value))

#if MAXID > 6 || MAXSEQ > 7 || MAXID + MAXSEQ > 15 || MAXFO > 3
#error "The variables below are too narrow for these bounds."
#endif

/* The active member. */
unsigned member : 1;
unsigned failovers : 2;
/* The id of the next, or pending, own request. */
unsigned ownId : 3;
unsigned otherId : 3;
/* The last sequence number used. */
unsigned ownSent : 3;
unsigned otherSent : 3;
/* The active member waits for the response to its request. */
unsigned waiting : 1;
unsigned expects : 3;
unsigned highest : 3;
/* The synch channel: its head, and what follows. */
unsigned first : 4;
unsigned second : 4;
#if MAXID > 4
unsigned net : 24;
#else
unsigned net : 16;
#endif
/* Messages in `net`: follows from it, and spares the guards to count. */
unsigned size : 2;

/* A synch message that finds the channel full is lost. */
#define PUSH(update) \
  if \
  :: first == 0 -> first = update \
  :: first != 0 && second == 0 -> second = update \
  :: else \
  fi

#define ADD(message)    net = net + ONE(message); size = size + 1
#define REMOVE(message) net = net - ONE(message); size = size - 1

/* Lose and Duplicate. */
#define FAULTS(message) \
  :: d_step { HAS(message) -> REMOVE(message) } \
  :: d_step { HAS(message) && size < NET_CAPACITY -> ADD(message) }

/* PeerReceiveRequest, ClusterReceiveResponse and the faults of both messages. */
#define MESSAGES(id) \
  :: d_step { HAS(REQUEST(id)) -> \
       if \
       :: expects == id -> expects = id + 1; net = net - ONE(REQUEST(id)) + ONE(RESPONSE(id)) \
       :: expects == id + 1 -> net = net - ONE(REQUEST(id)) + ONE(RESPONSE(id)) \
       :: else -> REMOVE(REQUEST(id)) \
       fi } \
  :: d_step { HAS(RESPONSE(id)) -> \
       REMOVE(RESPONSE(id)); \
       if \
       :: waiting && ownId == id -> ownId = id + 1; waiting = 0; PUSH(IKE(id + 1)) \
       :: else \
       fi } \
  FAULTS(REQUEST(id)) \
  FAULTS(RESPONSE(id))

#define SEND_PACKET \
  ownSent = ownSent + 1; \
  if \
  :: ownSent % PERIOD == 0 -> PUSH(ESP(ownSent)) \
  :: else \
  fi

active proctype system() {
  do
  /* StandbyNeverAhead: an option that no state enables costs one test a state; an assert in the actions one a transition. */
  :: d_step { otherId > ownId || otherSent > ownSent -> assert(false) }

  /* ClusterSendRequest, ClusterRetransmit */
  :: d_step { !waiting && ownId < MAXID && size < NET_CAPACITY -> waiting = 1; ADD(REQUEST(ownId)) }
  :: d_step { waiting && size < NET_CAPACITY -> ADD(REQUEST(ownId)) }

  MESSAGES(0)
#if MAXID > 1
  MESSAGES(1)
#endif
#if MAXID > 2
  MESSAGES(2)
#endif
#if MAXID > 3
  MESSAGES(3)
#endif
#if MAXID > 4
  MESSAGES(4)
#endif
#if MAXID > 5
  MESSAGES(5)
#endif

  /* SendPacket: delivered, lost */
  :: d_step { ownSent < MAXSEQ ->
       SEND_PACKET;
       if
       :: ownSent > highest -> highest = ownSent
       :: else
       fi }
  :: d_step { ownSent < MAXSEQ -> SEND_PACKET }

  /* ReceiveSynch */
  :: d_step { first != 0 ->
       if
       :: first <= MAXID && first > otherId -> otherId = first
       :: first > MAXID && first - MAXID > otherSent -> otherSent = first - MAXID
       :: else
       fi;
       first = second;
       second = 0 }
  /* LoseSynch of the head, of what follows */
  :: d_step { first != 0 -> first = second; second = 0 }
  :: d_step { second != 0 -> second = 0 }

  /* TakeOver: the standby's values become own, and the failed member starts again from nothing. */
  :: d_step { failovers < MAXFO ->
       failovers = failovers + 1;
       member = 1 - member;
       waiting = 0;
       first = 0;
       second = 0;
       ownId = otherId;
       otherId = 0;
       ownSent = (otherSent + PERIOD > MAXSEQ -> MAXSEQ : otherSent + PERIOD);
       otherSent = 0 }
  od
}

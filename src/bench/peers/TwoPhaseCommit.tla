--------------------------- MODULE TwoPhaseCommit ---------------------------
\* Two-phase commit with N managers for TLC. The model of src/examples/two-phase-commit.ts, where the set of messages
\* sent is the whole network and Prepare requests are left out.
EXTENDS Naturals

CONSTANT N

Manager == 1 .. N

VARIABLES
    rm,      \* the state of each manager
    tm,      \* the state of the transaction manager
    known,   \* managers that the transaction manager knows to be prepared
    sent,    \* managers that have sent Prepared
    commit,  \* the messages of the transaction manager
    abort

vars == << rm, tm, known, sent, commit, abort >>

Init ==
    /\ rm = [r \in Manager |-> "working"]
    /\ tm = "init"
    /\ known = {}
    /\ sent = {}
    /\ commit = FALSE
    /\ abort = FALSE

TmCommit ==
    /\ tm = "init"
    /\ known = Manager
    /\ tm' = "committed"
    /\ commit' = TRUE
    /\ UNCHANGED << rm, known, sent, abort >>

TmAbort ==
    /\ tm = "init"
    /\ tm' = "aborted"
    /\ abort' = TRUE
    /\ UNCHANGED << rm, known, sent, commit >>

TmReceivePrepared(r) ==
    /\ tm = "init"
    /\ r \in sent
    /\ known' = known \cup {r}
    /\ UNCHANGED << rm, tm, sent, commit, abort >>

RmPrepare(r) ==
    /\ rm[r] = "working"
    /\ rm' = [rm EXCEPT ![r] = "prepared"]
    /\ sent' = sent \cup {r}
    /\ UNCHANGED << tm, known, commit, abort >>

RmChooseToAbort(r) ==
    /\ rm[r] = "working"
    /\ rm' = [rm EXCEPT ![r] = "aborted"]
    /\ UNCHANGED << tm, known, sent, commit, abort >>

RmReceiveCommit(r) ==
    /\ commit
    /\ rm' = [rm EXCEPT ![r] = "committed"]
    /\ UNCHANGED << tm, known, sent, commit, abort >>

RmReceiveAbort(r) ==
    /\ abort
    /\ rm' = [rm EXCEPT ![r] = "aborted"]
    /\ UNCHANGED << tm, known, sent, commit, abort >>

Next ==
    \/ TmCommit
    \/ TmAbort
    \/ \E r \in Manager :
        \/ TmReceivePrepared(r)
        \/ RmPrepare(r)
        \/ RmChooseToAbort(r)
        \/ RmReceiveCommit(r)
        \/ RmReceiveAbort(r)

Spec == Init /\ [][Next]_vars

Holds == ~ (/\ \E r \in Manager : rm[r] = "committed"
            /\ \E r \in Manager : rm[r] = "aborted")
=============================================================================

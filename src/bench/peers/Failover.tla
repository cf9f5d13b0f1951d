------------------------------ MODULE Failover ------------------------------
\* The failover benchmark for TLC. The model of src/examples/failover.ts.
EXTENDS Naturals, Sequences

CONSTANTS MAXID, MAXSEQ, MAXFO

PERIOD == 2
NetCapacity == 3
SynchCapacity == 2

Sent == 0 .. MAXID - 1

VARIABLES
    active,     \* the active member, 0 or 1
    failovers,  \* failovers so far
    nextId,     \* of each member: the id of its next, or pending, own request
    lastSent,   \* of each member: the last sequence number it used
    waiting,    \* the active member waits for the response to its request
    expects,    \* the peer: the next request id
    highest,    \* the peer: the highest sequence number it accepted
    requests,   \* the network is a multiset: how often each message is in it ...
    responses,
    size,       \* ... and how many there are
    synch       \* the synch channel: 1 .. MAXID about IKE, the rest about ESP

member == << active, failovers, nextId, lastSent, waiting >>
peer == << expects, highest >>
net == << requests, responses, size >>
vars == << member, peer, net, synch >>

Max(a, b) == IF a > b THEN a ELSE b
standby == 1 - active
Push(update) == IF Len(synch) < SynchCapacity THEN Append(synch, update) ELSE synch

Init ==
    /\ active = 0
    /\ failovers = 0
    /\ nextId = [m \in 0 .. 1 |-> 0]
    /\ lastSent = [m \in 0 .. 1 |-> 0]
    /\ waiting = FALSE
    /\ expects = 0
    /\ highest = 0
    /\ requests = [i \in Sent |-> 0]
    /\ responses = [i \in Sent |-> 0]
    /\ size = 0
    /\ synch = << >>

PutRequest ==
    /\ size < NetCapacity
    /\ requests' = [requests EXCEPT ![nextId[active]] = @ + 1]
    /\ size' = size + 1
    /\ UNCHANGED << active, failovers, nextId, lastSent, peer, responses, synch >>

ClusterSendRequest ==
    /\ ~ waiting
    /\ nextId[active] < MAXID
    /\ waiting' = TRUE
    /\ PutRequest

ClusterRetransmit ==
    /\ waiting
    /\ UNCHANGED waiting
    /\ PutRequest

PeerReceiveRequest(i) ==
    /\ requests[i] > 0
    /\ requests' = [requests EXCEPT ![i] = @ - 1]
    /\ expects' = IF i = expects THEN expects + 1 ELSE expects
    /\ IF i + 1 = expects'
        THEN /\ responses' = [responses EXCEPT ![i] = @ + 1]
             /\ UNCHANGED size
        ELSE /\ size' = size - 1
             /\ UNCHANGED responses
    /\ UNCHANGED << member, highest, synch >>

ClusterReceiveResponse(i) ==
    /\ responses[i] > 0
    /\ responses' = [responses EXCEPT ![i] = @ - 1]
    /\ size' = size - 1
    /\ IF waiting /\ i = nextId[active]
        THEN /\ nextId' = [nextId EXCEPT ![active] = i + 1]
             /\ waiting' = FALSE
             /\ synch' = Push(i + 1)
        ELSE UNCHANGED << nextId, waiting, synch >>
    /\ UNCHANGED << active, failovers, lastSent, peer, requests >>

LoseRequest(i) ==
    /\ requests[i] > 0
    /\ requests' = [requests EXCEPT ![i] = @ - 1]
    /\ size' = size - 1
    /\ UNCHANGED << member, peer, responses, synch >>

LoseResponse(i) ==
    /\ responses[i] > 0
    /\ responses' = [responses EXCEPT ![i] = @ - 1]
    /\ size' = size - 1
    /\ UNCHANGED << member, peer, requests, synch >>

DuplicateRequest(i) ==
    /\ requests[i] > 0
    /\ size < NetCapacity
    /\ requests' = [requests EXCEPT ![i] = @ + 1]
    /\ size' = size + 1
    /\ UNCHANGED << member, peer, responses, synch >>

DuplicateResponse(i) ==
    /\ responses[i] > 0
    /\ size < NetCapacity
    /\ responses' = [responses EXCEPT ![i] = @ + 1]
    /\ size' = size + 1
    /\ UNCHANGED << member, peer, requests, synch >>

SendPacket ==
    LET number == lastSent[active] + 1 IN
    /\ number <= MAXSEQ
    /\ lastSent' = [lastSent EXCEPT ![active] = number]
    /\ synch' = IF number % PERIOD = 0 THEN Push(MAXID + number) ELSE synch
    /\ UNCHANGED << active, failovers, nextId, waiting, expects, net >>

PacketDelivered == SendPacket /\ highest' = Max(highest, lastSent[active] + 1)

PacketLost == SendPacket /\ UNCHANGED highest

ReceiveSynch ==
    /\ synch # << >>
    /\ LET update == Head(synch) IN
        IF update <= MAXID
        THEN /\ nextId' = [nextId EXCEPT ![standby] = Max(@, update)]
             /\ UNCHANGED lastSent
        ELSE /\ lastSent' = [lastSent EXCEPT ![standby] = Max(@, update - MAXID)]
             /\ UNCHANGED nextId
    /\ synch' = Tail(synch)
    /\ UNCHANGED << active, failovers, waiting, peer, net >>

LoseSynchHead ==
    /\ synch # << >>
    /\ synch' = Tail(synch)
    /\ UNCHANGED << member, peer, net >>

LoseSynchSecond ==
    /\ Len(synch) = 2
    /\ synch' = << Head(synch) >>
    /\ UNCHANGED << member, peer, net >>

TakeOver ==
    /\ failovers < MAXFO
    /\ failovers' = failovers + 1
    /\ active' = standby
    /\ nextId' = [nextId EXCEPT ![active] = 0]
    /\ lastSent' = [m \in 0 .. 1 |->
        IF m = active THEN 0
        ELSE IF lastSent[m] + PERIOD > MAXSEQ THEN MAXSEQ ELSE lastSent[m] + PERIOD]
    /\ waiting' = FALSE
    /\ synch' = << >>
    /\ UNCHANGED << peer, net >>

Next ==
    \/ ClusterSendRequest
    \/ ClusterRetransmit
    \/ \E i \in Sent :
        \/ PeerReceiveRequest(i)
        \/ ClusterReceiveResponse(i)
        \/ LoseRequest(i)
        \/ LoseResponse(i)
        \/ DuplicateRequest(i)
        \/ DuplicateResponse(i)
    \/ PacketDelivered
    \/ PacketLost
    \/ ReceiveSynch
    \/ LoseSynchHead
    \/ LoseSynchSecond
    \/ TakeOver

Spec == Init /\ [][Next]_vars

\* StandbyNeverAhead
Holds == nextId[standby] <= nextId[active] /\ lastSent[standby] <= lastSent[active]
=============================================================================

-- The failover benchmark for Rumur. The model of src/examples/failover.ts. The benchmark replaces the values of the
-- first three constants.
const
  MAXID: 4;
  MAXSEQ: 4;
  MAXFO: 2;
  PERIOD: 2;
  NET_CAPACITY: 3;

type
  Member: 0 .. 1;
  Id: 0 .. MAXID;
  Sequence: 0 .. MAXSEQ;
  Kind: enum { request, response };
  Sent: 0 .. MAXID - 1;
  -- 0 is no message, 1 .. MAXID are about IKE, the rest about ESP.
  Update: 0 .. MAXID + MAXSEQ;

var
  active: Member;
  failovers: 0 .. MAXFO;
  -- The id of the next, or pending, own request.
  nextId: array [Member] of Id;
  -- The last sequence number used.
  lastSent: array [Member] of Sequence;
  -- The active member waits for the response to its request.
  waiting: boolean;
  expects: Id;
  highest: Sequence;
  -- A multiset: how often each message is in the network, and how many there are.
  net: array [Kind] of array [Sent] of 0 .. NET_CAPACITY;
  size: 0 .. NET_CAPACITY;
  -- The synch channel: its head, and what follows.
  first: Update;
  second: Update;

procedure add(kind: Kind; id: Sent);
begin
  net[kind][id] := net[kind][id] + 1;
  size := size + 1;
end;

procedure remove(kind: Kind; id: Sent);
begin
  net[kind][id] := net[kind][id] - 1;
  size := size - 1;
end;

-- A synch message that finds the channel full is lost.
procedure push(update: Update);
begin
  if first = 0 then
    first := update;
  elsif second = 0 then
    second := update;
  end;
end;

procedure sendPacket();
begin
  lastSent[active] := lastSent[active] + 1;
  if lastSent[active] % PERIOD = 0 then
    push(MAXID + lastSent[active]);
  end;
end;

startstate "Init"
begin
  active := 0;
  failovers := 0;
  for m: Member do
    nextId[m] := 0;
    lastSent[m] := 0;
  end;
  waiting := false;
  expects := 0;
  highest := 0;
  for k: Kind do
    for i: Sent do
      net[k][i] := 0;
    end;
  end;
  size := 0;
  first := 0;
  second := 0;
end;

rule "ClusterSendRequest"
  !waiting & nextId[active] < MAXID & size < NET_CAPACITY
==>
begin
  waiting := true;
  add(request, nextId[active]);
end;

rule "ClusterRetransmit"
  waiting & size < NET_CAPACITY
==>
begin
  add(request, nextId[active]);
end;

ruleset i: Sent do
  rule "PeerReceiveRequest"
    net[request][i] > 0
  ==>
  begin
    remove(request, i);
    if i = expects then
      expects := expects + 1;
      add(response, i);
    elsif i + 1 = expects then
      add(response, i);
    end;
  end;

  rule "ClusterReceiveResponse"
    net[response][i] > 0
  ==>
  begin
    remove(response, i);
    if waiting & i = nextId[active] then
      nextId[active] := i + 1;
      waiting := false;
      push(i + 1);
    end;
  end;
end;

ruleset k: Kind; i: Sent do
  rule "Lose"
    net[k][i] > 0
  ==>
  begin
    remove(k, i);
  end;

  rule "Duplicate"
    net[k][i] > 0 & size < NET_CAPACITY
  ==>
  begin
    add(k, i);
  end;
end;

rule "SendPacket, delivered"
  lastSent[active] < MAXSEQ
==>
begin
  sendPacket();
  if lastSent[active] > highest then
    highest := lastSent[active];
  end;
end;

rule "SendPacket, lost"
  lastSent[active] < MAXSEQ
==>
begin
  sendPacket();
end;

rule "ReceiveSynch"
  first != 0
==>
begin
  if first <= MAXID then
    if first > nextId[1 - active] then
      nextId[1 - active] := first;
    end;
  elsif first - MAXID > lastSent[1 - active] then
    lastSent[1 - active] := first - MAXID;
  end;
  first := second;
  second := 0;
end;

rule "LoseSynch, the head"
  first != 0
==>
begin
  first := second;
  second := 0;
end;

rule "LoseSynch, what follows"
  second != 0
==>
begin
  second := 0;
end;

rule "TakeOver"
  failovers < MAXFO
==>
begin
  failovers := failovers + 1;
  nextId[active] := 0;
  lastSent[active] := 0;
  waiting := false;
  first := 0;
  second := 0;
  active := 1 - active;
  lastSent[active] := lastSent[active] + PERIOD > MAXSEQ ? MAXSEQ : lastSent[active] + PERIOD;
end;

invariant "StandbyNeverAhead"
  nextId[1 - active] <= nextId[active] & lastSent[1 - active] <= lastSent[active];

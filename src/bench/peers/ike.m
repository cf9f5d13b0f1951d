-- The IKE part of the cluster model for Rumur, as it stands in `model/`: a hot standby of two members and its peer, one
-- IKE SA, windows of 1, child SAs that are created and none that go. The values of all constants down to the blank line
-- come from a scheme and a scope: `ike.ts` replaces them.
const
  -- Policies: yes is 1.
  SYNCH_SAS: 1;
  SYNCH_IKE: 3;
  APART: 0;
  CARRIES_ANSWER: 1;
  CARRIES_REQUEST: 1;
  REORDERS: 0;
  LATEST: 0;
  RESYNCH_ON_RETURN: 1;
  CHILDREN_COPIED: 1;
  FUTURE_IDS: 0;
  BY_CONTENT: 0;
  -- Bounds: how often each side may start an exchange.
  CLUSTER_CREATES: 2;
  CLUSTER_PROBES: 5;
  PEER_CREATES: 0;
  PEER_PROBES: 0;
  -- Sizes: child SAs that each side can ask for, message IDs and tasks, and what `Scope` calls by these names.
  CLUSTER_CHILDREN: 2;
  PEER_CHILDREN: 0;
  IDS: 7;
  TASKS: 5;
  CRASHES: 1;
  RETURNS: 1;
  SYNCH_LOSSES: 1;
  RETRANSMISSIONS: 1;
  NETWORK: 3;
  SYNCH: 2;

  NEVER: 0; AFTERWARDS: 1; BEFORE: 2; ACKNOWLEDGED: 3;
  NOBODY: 0; A: 1; B: 2; P: 3;
  CLUSTER: 0; PEER: 1;
  NONE: 0; CREATE_CHILD: 1; LIVENESS_CHECK: 2;
  NOTHING: 0; REQUEST: 1; ANSWER: 2;
  SAS: 1; EXCHANGE: 2; GONE: 3;
  BOTH: 0; NEXT_SEND: 1; EXPECTS: 2;
  UNUSED: 0; SENT: 1; ANSWERED: 2;
  CHILDREN: 1 + CLUSTER_CHILDREN + 2 * PEER_CHILDREN;

type
  Party: NOBODY .. P;
  IkeEnd: A .. P;
  Member: A .. B;
  Side: CLUSTER .. PEER;
  Id: 0 .. IDS - 1;
  Counter: 0 .. IDS;
  Exchange: NONE .. LIVENESS_CHECK;
  Started: CREATE_CHILD .. LIVENESS_CHECK;
  Task: 0 .. TASKS;
  -- 0: none; 1: the first; then those that the cluster asked for; then the peer's, one for each member that may execute.
  Child: 0 .. CHILDREN;
  Rank: 0 .. 3 * 2 * IDS * 3 * (TASKS + 1) * 4;
  -- What tells one request from another.
  Content: record
    exchange: Exchange;
    task: Task;
  end;
  -- What tells one answer from another.
  Answer: record
    content: Content;
    executor: Party;
  end;
  IkeSa: record
    sa: boolean;
    nextSend: Counter;
    expects: Counter;
    request: Content;
    requestHeld: boolean;
    retransmitted: 0 .. RETRANSMISSIONS;
    answer: Answer;
    answerHeld: boolean;
    children: array [Child] of boolean;
  end;
  Message: record
    kind: NOTHING .. ANSWER;
    side: Side;
    id: Id;
    answer: Answer;
  end;
  Told: record
    about: NOTHING .. GONE;
    counters: BOTH .. EXPECTS;
    nextSend: Counter;
    expects: Counter;
    child: Child;
    request: Content;
    answer: Answer;
  end;
  Slot: 0 .. NETWORK - 1;
  Place: 0 .. SYNCH - 1;

var
  up: array [Member] of boolean;
  acts: array [Member] of boolean;
  ike: array [IkeEnd] of IkeSa;
  -- A set: the messages in the order of their ranks, and then nothing.
  net: array [Slot] of Message;
  -- What a member told the other, in the order of sending, and then nothing.
  synch: array [Member] of array [Place] of Told;
  probe: array [Side] of UNUSED .. ANSWERED;
  gaveUp: boolean;
  -- Which answers to the peer have been on the wire.
  answered: array [Member] of array [Id] of boolean;
  spent: array [Side] of array [Started] of Task;
  crashes: 0 .. CRASHES;
  returns: 0 .. RETURNS;
  synchLosses: 0 .. SYNCH_LOSSES;
  -- What the properties remember.
  first: array [Side] of array [Id] of Content;
  latest: array [Side] of array [Id] of Content;
  firstAnswer: array [Side] of array [Id] of Answer;
  executed: array [Side] of array [Id] of boolean;
  done: array [Side] of array [Task] of boolean;
  sentByB: boolean;
  tookOver: boolean;

-- The network.

function rank(m: Message): Rank;
begin
  return (((((m.kind * 2 + m.side) * IDS + m.id) * 3 + m.answer.content.exchange) * (TASKS + 1)
    + m.answer.content.task) * 4) + m.answer.executor;
end;

function isIn(m: Message): boolean;
begin
  for s: Slot do
    if net[s] = m then return true; end;
  end;
  return false;
end;

function hasRoom(): boolean;
begin
  return net[NETWORK - 1].kind = NOTHING;
end;

procedure add(m: Message);
var moved: Message;
var next: Message;
begin
  if !isIn(m) then
    moved := m;
    for s: Slot do
      if net[s].kind = NOTHING | rank(moved) < rank(net[s]) then
        next := net[s];
        net[s] := moved;
        moved := next;
      end;
    end;
  end;
end;

procedure remove(slot: Slot);
begin
  for s: Slot do
    if s > slot then
      net[s - 1] := net[s];
    end;
  end;
  clear net[NETWORK - 1];
end;

-- The properties that look at messages.

procedure transmit(m: Message; sender: IkeEnd);
begin
  add(m);
  if sender = B then
    sentByB := true;
  end;
  if m.kind = REQUEST then
    cover "MID-1 arose" sender = B;
    cover "MID-1 violated" first[m.side][m.id].exchange != NONE & first[m.side][m.id] != m.answer.content;
    if sender != P then
      cover "TRN-1c arose" tookOver | sender = B;
      cover "TRN-1c violated" first[m.side][m.id].exchange = NONE
        ? (m.id > 0 & first[m.side][m.id = 0 ? 0 : m.id - 1].exchange = NONE)
        : first[m.side][m.id] != m.answer.content;
    end;
    if first[m.side][m.id].exchange = NONE then
      first[m.side][m.id] := m.answer.content;
    end;
    latest[m.side][m.id] := m.answer.content;
  else
    cover "MID-2 arose" firstAnswer[m.side][m.id].executor != NOBODY & sender = B;
    cover "MID-2 violated" firstAnswer[m.side][m.id].executor != NOBODY & firstAnswer[m.side][m.id] != m.answer;
    if sender != P then
      cover "TRN-1c arose" tookOver | sender = B;
      cover "TRN-1c violated" firstAnswer[m.side][m.id].executor != NOBODY & firstAnswer[m.side][m.id] != m.answer;
    end;
    if firstAnswer[m.side][m.id].executor = NOBODY then
      firstAnswer[m.side][m.id] := m.answer;
    end;
  end;
end;

procedure received(m: Message; receiver: IkeEnd);
begin
  cover "MID-3 arose" m.kind = REQUEST & executed[m.side][m.id] & receiver = B;
end;

procedure executes(m: Message; executor: Party);
begin
  cover "MID-3 violated" executed[m.side][m.id] | latest[m.side][m.id] != m.answer.content;
  cover "MID-5 arose" m.id > 0 & (sentByB | executor = B);
  cover "MID-5 violated" exists i: Id do i < m.id & !executed[m.side][i] end;
  if m.answer.content.exchange = CREATE_CHILD then
    cover "MID-7 violated" done[m.side][m.answer.content.task];
    cover "MID-7 arose" sentByB | executor = B;
    done[m.side][m.answer.content.task] := true;
  end;
  executed[m.side][m.id] := true;
end;

-- One end of the IKE SA.

function other(m: Member): Member;
begin
  return A + B - m;
end;

function starts(side: Side; exchange: Started): Task;
begin
  if side = CLUSTER then
    return exchange = LIVENESS_CHECK ? CLUSTER_PROBES : CLUSTER_CREATES;
  end;
  return exchange = LIVENESS_CHECK ? PEER_PROBES : PEER_CREATES;
end;

function mayAsk(at: IkeEnd; side: Side; exchange: Started): boolean;
begin
  return probe[side] = UNUSED & spent[side][exchange] < starts(side, exchange)
    & ike[at].sa & ike[at].request.exchange = NONE;
end;

procedure prepareRequest(at: IkeEnd; side: Side; exchange: Started);
begin
  spent[side][exchange] := spent[side][exchange] + 1;
  if exchange = LIVENESS_CHECK then
    probe[side] := SENT;
  end;
  ike[at].request.exchange := exchange;
  ike[at].request.task := spent[side][exchange];
  ike[at].nextSend := ike[at].nextSend + 1;
end;

function requestOf(at: IkeEnd; side: Side): Message;
var m: Message;
begin
  m.kind := REQUEST;
  m.side := side;
  m.id := ike[at].nextSend - 1;
  m.answer.content := ike[at].request;
  m.answer.executor := NOBODY;
  return m;
end;

-- The cached answer to a request of `side`.
function answerOf(at: IkeEnd; side: Side): Message;
var m: Message;
begin
  m.kind := ANSWER;
  m.side := side;
  m.id := ike[at].expects - 1;
  m.answer := ike[at].answer;
  return m;
end;

function isRequestIn(at: IkeEnd; side: Side): boolean;
var m: Message;
begin
  m := requestOf(at, side);
  return isIn(m);
end;

function isAnswerIn(at: IkeEnd; side: Side): boolean;
var m: Message;
begin
  m := answerOf(at, side);
  return isIn(m);
end;

procedure sendRequest(at: IkeEnd; side: Side);
var m: Message;
begin
  m := requestOf(at, side);
  transmit(m, at);
end;

function isAnswer(at: IkeEnd; side: Side; m: Message): boolean;
begin
  return m.kind = ANSWER & m.side = side & ike[at].sa & m.id + 1 = ike[at].nextSend & ike[at].request.exchange != NONE;
end;

function isNew(at: IkeEnd; from: Side; m: Message): boolean;
begin
  return m.kind = REQUEST & m.side = from & ike[at].sa
    & (m.id = ike[at].expects | (at = P & FUTURE_IDS = 1 & m.id > ike[at].expects));
end;

function isRepeated(at: IkeEnd; from: Side; m: Message): boolean;
begin
  return m.kind = REQUEST & m.side = from & ike[at].sa & m.id + 1 = ike[at].expects
    & ike[at].answer.content.exchange != NONE
    & (at != P | BY_CONTENT = 0 | ike[at].answer.content = m.answer.content);
end;

function childOf(side: Side; task: Task; executor: Party): Child;
begin
  return side = CLUSTER ? 1 + task : 1 + CLUSTER_CHILDREN + 2 * (task - 1) + executor;
end;

-- Executes a request. Returns the child SA that came of it.
function execute(at: IkeEnd; m: Message): Child;
var child: Child;
begin
  child := 0;
  if m.answer.content.exchange = CREATE_CHILD then
    child := childOf(m.side, m.answer.content.task, at);
    ike[at].children[child] := true;
  end;
  ike[at].answer.content := m.answer.content;
  ike[at].answer.executor := at;
  ike[at].expects := m.id + 1;
  return child;
end;

procedure forgetRequest(at: IkeEnd);
begin
  clear ike[at].request;
  ike[at].retransmitted := 0;
  ike[at].requestHeld := false;
end;

-- Takes an answer for that to the outstanding request. Returns the child SA that came of it.
function complete(at: IkeEnd; m: Message): Child;
var child: Child;
var truly: boolean;
begin
  child := 0;
  truly := ike[at].request = m.answer.content;
  if ike[at].request.exchange = CREATE_CHILD & m.answer.content.exchange = CREATE_CHILD then
    child := childOf(m.side, ike[at].request.task, m.answer.executor);
    ike[at].children[child] := true;
  end;
  cover "MID-4 arose" at = B;
  cover "MID-4 violated" !truly;
  if ike[at].request.exchange = LIVENESS_CHECK then
    probe[m.side] := truly ? ANSWERED : UNUSED;
  end;
  forgetRequest(at);
  return child;
end;

function isBusy(at: IkeEnd): boolean;
begin
  return ike[at].request.exchange != NONE | ike[at].requestHeld | ike[at].answerHeld;
end;

-- What members tell each other.

function lengthOf(from: Member): 0 .. SYNCH;
begin
  for p: Place do
    if synch[from][p].about = NOTHING then return p; end;
  end;
  return SYNCH;
end;

function hasSynchRoom(from: Member; messages: 1 .. 2): boolean;
begin
  return !up[other(from)] | lengthOf(from) = 0 | lengthOf(from) + messages <= SYNCH;
end;

procedure tell(from: Member; m: Told);
begin
  if up[other(from)] then
    synch[from][lengthOf(from)] := m;
  end;
end;

procedure unqueue(from: Member; place: Place);
begin
  for p: Place do
    if p > place then
      synch[from][p - 1] := synch[from][p];
    end;
  end;
  clear synch[from][SYNCH - 1];
end;

procedure tellCounters(from: Member; child: Child; moved: NEXT_SEND .. EXPECTS);
var m: Told;
begin
  clear m;
  m.about := EXCHANGE;
  m.child := child;
  if APART = 1 then
    m.counters := moved;
  end;
  if m.counters != EXPECTS then
    m.nextSend := ike[from].nextSend;
    if CARRIES_REQUEST = 1 then
      m.request := ike[from].request;
    end;
  end;
  if m.counters != NEXT_SEND then
    m.expects := ike[from].expects;
    if CARRIES_ANSWER = 1 then
      m.answer := ike[from].answer;
    end;
  end;
  tell(from, m);
end;

procedure tellOfExchange(from: Member; child: Child; moved: NEXT_SEND .. EXPECTS);
var m: Told;
begin
  if SYNCH_IKE = AFTERWARDS | SYNCH_IKE = ACKNOWLEDGED then
    tellCounters(from, child, moved);
  elsif SYNCH_SAS = 1 & child != 0 then
    clear m;
    m.about := SAS;
    m.child := child;
    tell(from, m);
  end;
end;

function holds(at: Member): boolean;
begin
  return (SYNCH_IKE = ACKNOWLEDGED | SYNCH_IKE = BEFORE) & up[other(at)];
end;

function mayRelease(at: Member): boolean;
begin
  return acts[at] & (SYNCH_IKE != ACKNOWLEDGED | lengthOf(at) = 0) & hasRoom();
end;

procedure merge(reader: Member; m: Told);
var level: boolean;
var requests: boolean;
var answers: boolean;
begin
  level := !acts[reader];
  requests := m.counters != EXPECTS
    & (LATEST = 1 | m.nextSend > ike[reader].nextSend
      | (level & CARRIES_REQUEST = 1 & m.nextSend = ike[reader].nextSend));
  answers := m.counters != NEXT_SEND
    & (LATEST = 1 | m.expects > ike[reader].expects | (level & CARRIES_ANSWER = 1 & m.expects = ike[reader].expects));
  if requests then
    ike[reader].nextSend := m.nextSend;
    forgetRequest(reader);
    ike[reader].request := m.request;
  end;
  if answers then
    ike[reader].expects := m.expects;
    ike[reader].answer := m.answer;
    ike[reader].answerHeld := false;
  end;
end;

function isProbing(m: Member): boolean;
begin
  return ike[m].request.exchange = LIVENESS_CHECK;
end;

procedure takeIn(reader: Member; m: Told);
begin
  if ike[reader].sa then
    if m.about = GONE then
      clear ike[reader];
    else
      if m.about = EXCHANGE then
        merge(reader, m);
      end;
      if m.child != 0 then
        ike[reader].children[m.child] := true;
      end;
      if m.about = EXCHANGE & acts[reader] & probe[CLUSTER] = SENT & !isProbing(reader)
        & !(acts[other(reader)] & isProbing(other(reader))) then
        probe[CLUSTER] := UNUSED;
      end;
    end;
  end;
end;

-- Sends the cached answer; with the first that goes out the execution can be seen outside.
procedure sendAnswer(at: Member);
var m: Message;
begin
  m := answerOf(at, PEER);
  if m.answer.executor <= B & m.answer.executor >= A then
    if !answered[m.answer.executor][m.id] then
      executes(m, m.answer.executor);
      answered[m.answer.executor][m.id] := true;
    end;
  end;
  transmit(m, at);
end;

startstate "Established"
begin
  clear up; clear acts; clear ike; clear net; clear synch; clear probe; clear gaveUp; clear answered; clear spent;
  clear crashes; clear returns; clear synchLosses;
  clear first; clear latest; clear firstAnswer; clear executed; clear done; clear sentByB; clear tookOver;
  acts[A] := true;
  for m: Member do
    up[m] := true;
  end;
  for e: IkeEnd do
    if e != B | SYNCH_SAS = 1 then
      ike[e].sa := true;
      ike[e].children[1] := true;
    end;
  end;
end;

-- The members.

ruleset at: Member do
  ruleset exchange: Started do
    rule "ClusterAsks"
      acts[at] & mayAsk(at, CLUSTER, exchange) & hasRoom() & hasSynchRoom(at, 1)
    ==>
    begin
      prepareRequest(at, CLUSTER, exchange);
      if holds(at) then
        ike[at].requestHeld := true;
        tellCounters(at, 0, NEXT_SEND);
      else
        sendRequest(at, CLUSTER);
      end;
    end;
  end;

  rule "ClusterReleasesRequest"
    ike[at].requestHeld & mayRelease(at)
  ==>
  begin
    ike[at].requestHeld := false;
    sendRequest(at, CLUSTER);
  end;

  rule "ClusterRetransmits"
    ike[at].request.exchange != NONE & !ike[at].requestHeld & acts[at]
    & (hasRoom()
      ? ike[at].retransmitted < RETRANSMISSIONS | !isRequestIn(at, CLUSTER)
      : ike[at].retransmitted < RETRANSMISSIONS & isRequestIn(at, CLUSTER))
  ==>
  begin
    if ike[at].retransmitted < RETRANSMISSIONS then
      ike[at].retransmitted := ike[at].retransmitted + 1;
    end;
    sendRequest(at, CLUSTER);
  end;

  rule "ClusterGivesUp"
    ike[at].request.exchange != NONE & !ike[at].requestHeld & acts[at]
    & ike[at].retransmitted = RETRANSMISSIONS & hasSynchRoom(at, 1)
  ==>
  var m: Told;
  begin
    gaveUp := true;
    clear ike[at];
    if SYNCH_SAS = 1 then
      clear m;
      m.about := GONE;
      tell(at, m);
    end;
  end;

  rule "ClusterReleasesAnswer"
    ike[at].answerHeld & mayRelease(at)
  ==>
  begin
    ike[at].answerHeld := false;
    sendAnswer(at);
  end;

  ruleset s: Slot do
    rule "ClusterReceivesAnswer"
      acts[at] & isAnswer(at, CLUSTER, net[s]) & !ike[at].requestHeld & hasSynchRoom(at, 1)
    ==>
    begin
      tellOfExchange(at, complete(at, net[s]), NEXT_SEND);
    end;

    rule "ClusterReceivesRequest"
      acts[at] & isNew(at, PEER, net[s]) & !ike[at].answerHeld & hasRoom()
      & hasSynchRoom(at, SYNCH_IKE = BEFORE ? 2 : 1)
    ==>
    var m: Message;
    var child: Child;
    begin
      m := net[s];
      received(m, at);
      child := execute(at, m);
      answered[at][m.id] := false;
      if SYNCH_IKE = BEFORE then
        tellCounters(at, 0, EXPECTS);
      end;
      if holds(at) then
        ike[at].answerHeld := true;
      else
        sendAnswer(at);
      end;
      tellOfExchange(at, child, EXPECTS);
    end;

    rule "ClusterAnswersAgain"
      acts[at] & isRepeated(at, PEER, net[s]) & !ike[at].answerHeld & hasRoom() & !isAnswerIn(at, PEER)
    ==>
    begin
      received(net[s], at);
      sendAnswer(at);
    end;
  end;
end;

-- The peer.

ruleset exchange: Started do
  rule "PeerAsks"
    mayAsk(P, PEER, exchange) & hasRoom()
  ==>
  begin
    prepareRequest(P, PEER, exchange);
    sendRequest(P, PEER);
  end;
end;

rule "PeerRetransmits"
  ike[P].request.exchange != NONE
  & (hasRoom()
    ? ike[P].retransmitted < RETRANSMISSIONS | !isRequestIn(P, PEER)
    : ike[P].retransmitted < RETRANSMISSIONS & isRequestIn(P, PEER))
==>
begin
  if ike[P].retransmitted < RETRANSMISSIONS then
    ike[P].retransmitted := ike[P].retransmitted + 1;
  end;
  sendRequest(P, PEER);
end;

rule "PeerGivesUp"
  ike[P].request.exchange != NONE & ike[P].retransmitted = RETRANSMISSIONS
==>
begin
  gaveUp := true;
  clear ike[P];
end;

ruleset s: Slot do
  rule "PeerReceivesAnswer"
    isAnswer(P, PEER, net[s])
  ==>
  var child: Child;
  begin
    child := complete(P, net[s]);
  end;

  rule "PeerReceivesRequest"
    isNew(P, CLUSTER, net[s]) & hasRoom()
  ==>
  var m: Message;
  var child: Child;
  begin
    m := net[s];
    received(m, P);
    child := execute(P, m);
    executes(m, P);
    m := answerOf(P, CLUSTER);
    transmit(m, P);
  end;

  rule "PeerAnswersAgain"
    isRepeated(P, CLUSTER, net[s]) & hasRoom() & !isAnswerIn(P, CLUSTER)
  ==>
  var m: Message;
  begin
    received(net[s], P);
    m := answerOf(P, CLUSTER);
    transmit(m, P);
  end;

  -- What goes wrong.

  rule "NetworkLoses"
    net[s].kind != NOTHING
  ==>
  begin
    remove(s);
  end;
end;

ruleset from: Member do
  ruleset p: Place do
    rule "ReceivesSynch"
      synch[from][p].about != NOTHING & (p = 0 | REORDERS = 1)
    ==>
    begin
      takeIn(other(from), synch[from][p]);
      unqueue(from, p);
    end;
  end;

  rule "SynchChannelLoses"
    synch[from][0].about != NOTHING & synchLosses < SYNCH_LOSSES & SYNCH_IKE != ACKNOWLEDGED
  ==>
  begin
    unqueue(from, 0);
    synchLosses := synchLosses + 1;
  end;
end;

ruleset m: Member do
  rule "Crashes"
    up[m] & up[other(m)] & crashes < CRASHES
  ==>
  begin
    crashes := crashes + 1;
    clear ike[m];
    up[m] := false;
    acts[m] := false;
    clear synch[other(m)];
  end;

  rule "TakesOver"
    up[m] & !acts[m] & !up[other(m)]
  ==>
  begin
    clear synch[other(m)];
    tookOver := true;
    acts[m] := true;
    if probe[PEER] = ANSWERED then
      probe[PEER] := UNUSED;
    end;
    if probe[CLUSTER] != UNUSED then
      probe[CLUSTER] := isProbing(m) ? SENT : UNUSED;
    end;
  end;

  rule "Returns"
    !up[m] & acts[other(m)] & returns < RETURNS
  ==>
  begin
    returns := returns + 1;
    up[m] := true;
    if RESYNCH_ON_RETURN = 1 & ike[other(m)].sa then
      ike[m].sa := true;
      if SYNCH_IKE != NEVER then
        ike[m].nextSend := ike[other(m)].nextSend;
        ike[m].expects := ike[other(m)].expects;
      end;
      if CARRIES_REQUEST = 1 then
        ike[m].request := ike[other(m)].request;
      end;
      if CARRIES_ANSWER = 1 then
        ike[m].answer := ike[other(m)].answer;
      end;
      if CHILDREN_COPIED = 1 then
        ike[m].children := ike[other(m)].children;
      end;
    end;
  end;
end;

-- The properties that look at states.

function agree(asks: IkeEnd; answers: IkeEnd): boolean;
begin
  return ike[answers].expects <= ike[asks].nextSend
    & ike[asks].nextSend - ike[answers].expects <= (ike[asks].request.exchange = NONE ? 0 : 1);
end;

function judged(m: Member): boolean;
begin
  return !gaveUp & acts[m] & ike[m].sa;
end;

function isAtRest(): boolean;
begin
  return !gaveUp & net[0].kind = NOTHING & !isBusy(P)
    & forall m: Member do synch[m][0].about = NOTHING & (!acts[m] | !isBusy(m)) end;
end;

cover "MID-6 arose" ike[P].nextSend + ike[P].expects > 0 & judged(B);
cover "MID-6 violated"
  exists m: Member do judged(m) & ike[P].sa & !(agree(m, P) & agree(P, m)) end;
cover "CHD-1 arose"
  isAtRest() & (acts[A] | acts[B]) & exists c: Child do c > 0 & (c = 1) != ike[P].children[c] end;
cover "CHD-1 violated"
  isAtRest() & exists m: Member do acts[m] & exists c: Child do ike[m].children[c] != ike[P].children[c] end end;

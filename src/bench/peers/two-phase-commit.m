-- Two-phase commit with N managers for Rumur. The model of src/examples/two-phase-commit.ts, where the set of messages
-- sent is the whole network and Prepare requests are left out. The benchmark replaces the value of N.
const
  N: 8;

type
  Manager: 1 .. N;

var
  rm: array [Manager] of enum { working, prepared, committed, aborted };
  tm: enum { init, tmCommitted, tmAborted };
  -- Managers that the transaction manager knows to be prepared.
  known: array [Manager] of boolean;
  -- Managers that have sent Prepared, and the messages of the transaction manager.
  sent: array [Manager] of boolean;
  commit: boolean;
  abort: boolean;

startstate "Init"
begin
  for r: Manager do
    rm[r] := working;
    known[r] := false;
    sent[r] := false;
  end;
  tm := init;
  commit := false;
  abort := false;
end;

rule "TmCommit"
  tm = init & forall r: Manager do known[r] end
==>
begin
  tm := tmCommitted;
  commit := true;
end;

rule "TmAbort"
  tm = init
==>
begin
  tm := tmAborted;
  abort := true;
end;

ruleset r: Manager do
  rule "TmReceivePrepared"
    tm = init & sent[r]
  ==>
  begin
    known[r] := true;
  end;

  rule "RmPrepare"
    rm[r] = working
  ==>
  begin
    rm[r] := prepared;
    sent[r] := true;
  end;

  rule "RmChooseToAbort"
    rm[r] = working
  ==>
  begin
    rm[r] := aborted;
  end;

  rule "RmReceiveCommit"
    commit
  ==>
  begin
    rm[r] := committed;
  end;

  rule "RmReceiveAbort"
    abort
  ==>
  begin
    rm[r] := aborted;
  end;
end;

invariant "Consistent"
  !((exists r: Manager do rm[r] = committed end) & (exists r: Manager do rm[r] = aborted end));

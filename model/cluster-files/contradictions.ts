/** Policies that cannot go together, each in one sentence that says what could. */
import { type Scheme, sharesLoad } from '../constants/scheme.ts'
import type { ClusterFile } from './cluster-file.ts'

/** The first thing that contradicts another; undefined where nothing does. A sentence without a full stop. */
export const contradictionIn = (
  scheme: Scheme,
  { kind, members, failures = {} }: ClusterFile,
): string | undefined => {
  const { esp } = scheme
  const shares = sharesLoad(scheme)
  const tellsNothingElse = scheme.synchIke === 'never' || scheme.synchIke === 'before'
  const rules: readonly (readonly [boolean, string])[] = [
    [
      kind === 'hot-standby' && scheme.ikeBy !== 'one',
      `kind is hot-standby and policies.ikeBy is ${scheme.ikeBy}; in a hot standby one member acts: ikeBy one, or kind load-sharing`,
    ],
    [
      kind === 'hot-standby' && esp.sharing !== 'one',
      `kind is hot-standby and esp.sharing is ${esp.sharing}; in a hot standby one member sends: sharing one, or kind load-sharing`,
    ],
    [
      kind === 'load-sharing' && !shares && !scheme.drains && failures.handovers === 0,
      'kind is load-sharing, one member acts on everything, and failures.handovers is 0; a load that is shared has ikeBy all or lock, esp.sharing other, all or ownSa, or handovers',
    ],
    [
      kind === 'single-gateway' && members !== undefined,
      `kind is single-gateway and members is ${members}; a single gateway has no members`,
    ],
    [
      kind === 'single-gateway' && (scheme.synchSas || scheme.synchIke !== 'never' || esp.period > 0),
      `kind is single-gateway and policies.synchSas is ${scheme.synchSas}, policies.synchIke ${scheme.synchIke}, esp.told ${esp.period > 0 ? 'set' : 'never'}; a single gateway has nobody to tell: basis single-gateway, or kind hot-standby`,
    ],
    [
      scheme.carriesAnswer && tellsNothingElse,
      `policies.carriesAnswer is true and policies.synchIke is ${scheme.synchIke}; answers are carried by messages about IKE counters that are sent when there is one: synchIke afterwards or acknowledged`,
    ],
    [
      scheme.carriesRequest && tellsNothingElse,
      `policies.carriesRequest is true and policies.synchIke is ${scheme.synchIke}; requests are carried by messages about IKE counters that tell more than the counter: synchIke afterwards or acknowledged`,
    ],
    [
      scheme.synchCounters === 'apart' && scheme.synchIke === 'never',
      'policies.synchCounters is apart and policies.synchIke is never; there are no messages about IKE counters: synchIke before, afterwards or acknowledged, or synchCounters together',
    ],
    [
      scheme.childrenOnReturn === 'rekeyed' && !scheme.resynchOnReturn,
      'policies.childrenOnReturn is rekeyed and policies.resynchOnReturn is false; nothing is rekeyed for a member that is not brought up to date: resynchOnReturn true, or childrenOnReturn copied',
    ],
    [
      scheme.synchIke !== 'never' && !scheme.synchSas,
      `policies.synchIke is ${scheme.synchIke} and policies.synchSas is false; counters mean nothing to a member that does not hold the SA: synchSas true, or synchIke never`,
    ],
    [
      scheme.cluster && !scheme.synchSas && esp.period > 0,
      'esp.told is set and policies.synchSas is false; counters mean nothing to a member that does not hold the SA: synchSas true, or told never',
    ],
    [
      esp.toldBy === 'clock' && esp.period === 0,
      'esp.toldBy is clock and ESP counters are never told; a clock needs something to tell: set esp.told, or toldBy count',
    ],
    [
      esp.jump !== 0 && esp.period === 0,
      `esp.jump is ${esp.jump} and ESP counters are never told; a member skips from what it was told: set esp.told, or jump 0`,
    ],
    [
      esp.raise !== 0 && esp.period === 0,
      `esp.raise is ${esp.raise} and ESP counters are never told; a window is raised from what was told: set esp.told, or raise 0`,
    ],
    [esp.tellsJump && esp.jump === 0, 'esp.tellsJump is true and esp.jump is 0; there is no jump to tell of'],
    [
      esp.learns && esp.raise !== 0,
      `esp.learns is true and esp.raise is ${esp.raise}; a member either learns its window from the first packet or raises it`,
    ],
    [
      scheme.ikeBy === 'lock' && scheme.synchIke === 'never',
      'policies.ikeBy is lock and policies.synchIke is never; the lock is passed on with the counters: synchIke afterwards or acknowledged',
    ],
    [
      scheme.retells && scheme.synchIke === 'never',
      'policies.retells is true and policies.synchIke is never; a member that is told nothing has nothing to tell again',
    ],
    [
      scheme.redirects && !scheme.addressing.startsWith('loose'),
      `policies.redirects is true and policies.addressing is ${scheme.addressing}; only members with addresses of their own can send a peer to each other: loose, loose-resolves or loose-stays`,
    ],
    [
      (failures.returns ?? 0) > 0 && failures.crashes === 0,
      `failures.returns is ${failures.returns} and failures.crashes is 0; only a member that crashed returns`,
    ],
    [
      (failures.heals ?? 0) > 0 && failures.splits === false,
      `failures.heals is ${failures.heals} and failures.splits is false; only a channel that was cut works again`,
    ],
  ]
  return rules.find(([isSo]) => isSo)?.[1]
}

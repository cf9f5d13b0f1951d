/**
 * `npm run growth [seconds]`: how states, time and memory grow with members, peers, exchanges, packets and failovers,
 * each varied alone, up to tens of millions of states. A search that takes longer than `seconds` is cut and said to be.
 */
import { cluster } from '../../model/cluster.ts'
import type { Scope } from '../../model/constants/constants.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import type { FocusName } from '../../model/schemes/named-scheme.ts'
import { scopeOf } from '../../properties/focuses/focus.ts'
import { PLANS } from '../../properties/focuses/plans.ts'
import { check, NO_LIMITS } from '../search/breadth-first.ts'

interface Row {
  readonly what: string
  readonly scheme: string
  readonly focus: FocusName
  readonly scope: Partial<Scope>
}

const asks = (cluster: number, peer = 0): Partial<Scope> => ({
  requests: {
    cluster: cluster > 0 ? { createChild: cluster } : {},
    peer: peer > 0 ? { createChild: peer } : {},
  },
})
const packets = (outbound: number): Partial<Scope> => ({
  esp: { ...PLANS.get('outbound')!.scope.esp, outbound },
})
const row =
  (scheme: string, focus: FocusName) =>
  (what: string, scope: Partial<Scope>): Row => ({ what, scheme, focus, scope })

const own = row('acked-everything', 'own-requests')
const unsynched = row('synch-ike', 'own-requests')
const trio = row('acked-three-retold', 'three-members')
const out = row('acked-everything', 'outbound')
const spis = row('spi-shared', 'spis')

const ROWS: readonly Row[] = [
  ...[1, 2, 3, 4].map((n) => own(`${n} exchanges of the cluster`, asks(n))),
  ...[1, 2].map((n) => own(`1 exchange of the cluster, ${n} of the peer`, asks(1, n))),
  ...[1, 2, 3].map((n) => own(`2 exchanges, ${n} crashes and returns`, { crashes: n, returns: n })),
  ...([2, 3] as const).map((members) => trio(`1 exchange, ${members} members, 2 crashes`, { members })),
  ...[8, 16, 32].map((n) => out(`${n} packets`, packets(n))),
  ...([1, 2] as const).map((peers) =>
    spis(`SPIs of ${peers} peers`, { spi: { values: 3, allocations: 2, peers } }),
  ),
  ...[1, 2, 3].map((n) => unsynched(`${n} exchanges, not acknowledged`, asks(n))),
  unsynched('3 exchanges, not acknowledged, 4 messages', { ...asks(3), network: 4 }),
  unsynched('3 exchanges, not acknowledged, 4 messages, 2 crashes', {
    ...asks(3),
    network: 4,
    crashes: 2,
    returns: 2,
  }),
]

const seconds = Number(process.argv[2] ?? 600)
const cells = (values: readonly (string | number)[]): void => {
  const [what, ...numbers] = values.map(String)
  process.stdout.write(`${what!.padEnd(56)}${numbers.map((text) => text.padStart(14)).join('')}\n`)
}

cells(['', 'states', 'generated', 'depth', 'seconds', 'bytes/state'])
for (const { what, scheme, focus, scope } of ROWS) {
  const plan = PLANS.get(focus)!
  const policies = SCHEMES.find(({ name }) => name === scheme)!.scheme
  const constants = {
    scheme: plan.relevant(policies),
    scope: { ...scopeOf(plan, 'default', policies), ...scope },
  }
  const { distinct, generated, depth, complete, bytes, elapsedSeconds } = await check(
    cluster(`${scheme}, ${focus}`, constants, plan.properties(constants)),
    { limits: { ...NO_LIMITS, seconds } },
  )
  cells([
    complete ? what : `${what} (cut)`,
    distinct.toLocaleString('en'),
    generated.toLocaleString('en'),
    depth,
    elapsedSeconds.toFixed(1),
    (bytes / distinct).toFixed(0),
  ])
}

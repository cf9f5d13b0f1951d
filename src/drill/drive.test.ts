/** Driving with a wire and a driver that do nothing: what is seen of packets, and what is not. */
import { describe, expect, it } from 'vitest'
import { CannotDrive, type DriveOptions, type DriverSide, drive } from './drive.ts'
import type { Plan } from './plan.ts'
import type { Wire } from './wire.ts'

const packets = { do: 'packets', from: 'A', to: 'P', count: 1, fate: 'pass', accepted: true } as const
const plan: Plan = {
  operations: [
    { step: 1, operation: { do: 'start' } },
    { step: 2, operation: packets },
  ],
  gaps: [],
  members: 2,
  told: [],
  ends: { acting: 'A', up: ['A'], onlyPeer: 0, onlyMember: 0, member: undefined, peer: undefined },
}

/** The peer sends a packet whenever it is looked. */
const wire = (): Wire => {
  let sent = 0
  const nothing = async (): Promise<void> => {}
  return {
    ...{ classify: nothing, close: nothing, open: nothing, cut: nothing, holdEsp: nothing, plug: nothing },
    ...{ drop: nothing, pass: async () => true, synch: async () => 0, copy: async () => true },
    await: async () => ({ found: false, instead: [] }),
    sentPackets: async () => ({ P: sent++ }),
    sa: async () => ({ spis: '1..2', initiator: 'A', next: { initiator: 2, responder: 0 } }),
    log: async () => [],
  }
}
const driver = (silent?: readonly string[]): DriverSide => ({
  start: async () => ({ gateways: 'none', synch: [], ...(silent && { silent }) }),
  ask: async () => ({ answered: 0, up: true, ike: [], children: [] }),
})
const driven = (watchesPackets: boolean, silent?: readonly string[]) =>
  drive(plan, wire(), driver(silent), {
    start: { members: ['A'], scheme: 'none', lab: { kind: 'netns', parties: {}, folder: '' } },
    ...{ protocol: 1, watchesLast: false, watchesPackets, probes: [], patience: 1, givesUp: 1 },
    ...{ signal: new AbortController().signal, sleep: async () => {}, now: () => 0 },
  } satisfies DriveOptions)

describe('packets', () => {
  it('are accepted by a party that answers them', async () => {
    const { accepted, notes } = await driven(true)
    expect({ accepted, notes }).toEqual({
      accepted: [{ step: 2, expected: true, observed: true }],
      notes: [],
    })
  })

  it('to a party that answers none show nothing', async () => {
    const { accepted, notes } = await driven(false, ['P'])
    expect(accepted).toEqual([])
    expect(notes).toEqual([
      'step 2, packets 1 from member A to the peer, accepted: the peer answers no packets, so which it accepts is not seen',
    ])
  })

  it('to such a party cannot be driven where it has to be seen', async () => {
    await expect(driven(true, ['P'])).rejects.toThrow(
      new CannotDrive('The peer answers no packets, so which it accepts is not seen.'),
    )
    await expect(driven(true, ['A'])).resolves.toMatchObject({ notes: [] })
  })
})

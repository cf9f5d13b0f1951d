/** The switch: what it holds, and that each message is known by what it is. */
import { describe, expect, it } from 'vitest'
import type { Bytes } from '../capture/formats/bytes.ts'
import { addressIn, frameKind } from './frames.ts'
import { espFrame, type FrameWords, ikeFrame, udpFrame } from './made-frames.ts'
import type { MessageName } from './operations.ts'
import { Switch } from './switch.ts'

const SPIS = '1111111111111111' + '2222222222222222'
const MAC: Readonly<Record<string, string>> = { P: '02000000010b', A: '0200000001a1', B: '0200000001a2' }
const words = (from: string, to: string): FrameWords => ({
  from: MAC[from]!,
  to: MAC[to]!,
  source: from === 'P' ? '192.168.0.2' : '192.168.0.1',
  target: to === 'P' ? '192.168.0.2' : '192.168.0.1',
})
const ike = (
  from: string,
  to: string,
  messageId: number,
  content: string,
  {
    response = false,
    exchange = 'CREATE_CHILD_SA' as const,
    spis = SPIS,
  }: { response?: boolean; exchange?: 'CREATE_CHILD_SA' | 'IKE_SA_INIT' | 'IKE_AUTH'; spis?: string } = {},
): Bytes =>
  ikeFrame(words(from, to), { spis, exchange, fromInitiator: from !== 'P', response, messageId, content })

const request = (task: number): MessageName => ({
  type: 'request',
  initiator: 'cluster',
  messageId: 0,
  exchange: 'createChild',
  task,
  by: 'none',
})

/** A switch over which A has set an IKE SA up with P. */
const connected = (told: readonly string[] = []) => {
  const sent: [segment: string, party: string, frame: Bytes][] = []
  const recorded: Record<string, number> = {}
  let now = 0
  const wire = new Switch(
    {
      send: (segment, party, frame) => void sent.push([segment, party, frame]),
      record: (capture) => {
        recorded[capture] = (recorded[capture] ?? 0) + 1
      },
    },
    () => now++,
  )
  wire.classify([{ udpPort: 4510, byte: 1, kinds: { 1: 'sas', 3: 'next-request' } }], false)
  wire.take(
    'net',
    'A',
    ike('A', 'P', 0, 'init', { exchange: 'IKE_SA_INIT', spis: `${SPIS.slice(0, 16)}${'0'.repeat(16)}` }),
  )
  wire.take('net', 'P', ike('P', 'A', 0, 'init', { exchange: 'IKE_SA_INIT', response: true }))
  wire.take('net', 'A', ike('A', 'P', 1, 'auth', { exchange: 'IKE_AUTH' }))
  wire.take('net', 'P', ike('P', 'A', 1, 'auth', { exchange: 'IKE_AUTH', response: true }))
  wire.close(told)
  return {
    wire,
    sent,
    recorded,
    since: (mark: number) => sent.slice(mark).map(([segment, party]) => `${segment} ${party}`),
  }
}

describe('the switch', () => {
  it('forwards while it is open, and learns who set the IKE SA up and which message IDs are next', () => {
    const { wire, since } = connected()
    expect(wire.sa).toEqual({ spis: SPIS, initiator: 'A', next: { initiator: 2, responder: 0 } })
    // Of the first frame nobody knows yet where its receiver is.
    expect(since(0)).toEqual(['net P', 'net B', 'net C', 'net A', 'net P', 'net A'])
  })

  it('holds a message until it is passed, any number of times, to whoever it is meant for', async () => {
    const { wire, sent, since } = connected()
    wire.take('net', 'B', ike('B', 'P', 9, 'so that B has an address'))
    const mark = sent.length
    wire.take('net', 'A', ike('A', 'P', 2, 'c1'))
    expect(since(mark)).toEqual([])
    expect(wire.pass(request(1), 'P')).toBe(false)
    expect(await wire.await(request(1), 'A', 10)).toEqual({ found: true, instead: [] })
    expect(wire.pass(request(1), 'P')).toBe(true)
    expect(wire.pass(request(1), 'P')).toBe(true)
    expect(since(mark)).toEqual(['net P', 'net P'])
    const answer: MessageName = { ...request(1), type: 'response', by: 'P' }
    wire.take('net', 'P', ike('P', 'A', 2, 'answer', { response: true }))
    expect((await wire.await(answer, 'P', 10)).found).toBe(true)
    wire.pass(answer, 'B')
    const [, party, frame] = sent.at(-1)!
    expect(party).toBe('B')
    expect(addressIn(frame, 'to')).toBe(MAC.B)
  })

  it('waits for a message that is still to come, and says what came instead', async () => {
    const { wire } = connected()
    const coming = wire.await(request(1), 'A', 1000)
    wire.take('net', 'A', ike('A', 'P', 2, 'c1'))
    expect((await coming).found).toBe(true)
    wire.take('net', 'B', ike('B', 'P', 3, 'c2'))
    expect(await wire.await(request(2), 'B', 1)).toEqual({
      found: false,
      instead: [{ from: 'B', text: 'CREATE_CHILD_SA request 3 of the original initiator' }],
    })
  })

  it('takes equal bytes for one message, and other bytes under the same number for another', async () => {
    const { wire } = connected()
    wire.take('net', 'A', ike('A', 'P', 2, 'c1'))
    expect((await wire.await(request(1), 'A', 1)).found).toBe(true)
    // Sent again: the same message, and no other.
    wire.take('net', 'A', ike('A', 'P', 2, 'c1'))
    expect((await wire.await(request(2), 'A', 1)).found).toBe(false)
    expect((await wire.await(request(1), 'A', 1)).found).toBe(true)
    wire.take('net', 'A', ike('A', 'P', 2, 'c2'))
    expect((await wire.await(request(1), 'A', 1)).found).toBe(false)
    expect((await wire.await(request(2), 'A', 1)).found).toBe(true)
  })

  it('holds the synch messages that a scheme has, drops others of a kind, and forwards what has none', () => {
    const { wire, sent, since } = connected(['next-request'])
    const synch = (kind: number, text: string): Bytes =>
      udpFrame(words('A', 'B'), 4510, Buffer.from([5, kind, ...Buffer.from(text)]))
    const mark = sent.length
    wire.take('synch', 'A', synch(9, 'heartbeat'))
    expect(new Set(since(mark))).toEqual(new Set(['synch P', 'synch B', 'synch C']))
    const held = sent.length
    wire.take('synch', 'A', synch(1, 'child'))
    wire.take('synch', 'A', synch(3, 'one'))
    wire.take('synch', 'A', synch(3, 'two'))
    expect(since(held)).toEqual([])
    const only = { place: 0, all: true }
    expect(wire.synch('pass', 'A', 'B', ['sas'], only)).toBe(0)
    expect(wire.synch('pass', 'A', 'B', ['next-request'], { place: 1, all: false })).toBe(1)
    expect(Buffer.from(sent.at(-1)![2]).toString('latin1')).toContain('two')
    expect(wire.synch('drop', 'A', 'B', ['next-request'], only)).toBe(1)
    expect(wire.synch('pass', 'A', 'B', ['next-request'], only)).toBe(0)
    wire.cut()
    const before = sent.length
    wire.take('synch', 'A', synch(9, 'heartbeat'))
    expect(since(before)).toEqual([])
  })

  it('lets packets through unless they are to be held, and copies them by number', () => {
    const { wire, sent, since } = connected()
    const mark = sent.length
    wire.take('net', 'P', espFrame(words('P', 'A'), 7, 1, 'one'))
    wire.holdEsp(true)
    wire.take('net', 'P', espFrame(words('P', 'A'), 7, 2, 'two'))
    expect(since(mark)).toEqual(['net A'])
    expect(wire.copy('P', 'B', 2)).toBe(true)
    expect(wire.copy('P', 'B', 3)).toBe(false)
    expect(since(mark)).toEqual(['net A', 'net B'])
    expect(wire.sentPackets()).toEqual({ P: 2 })
  })

  it('gives nothing to a party that is down, and records what was sent and what came to the peer', () => {
    const { wire, sent, recorded, since } = connected()
    const [senders, peer] = [recorded.senders!, recorded.peer!]
    wire.plug('A', false)
    const mark = sent.length
    wire.take('net', 'A', ike('A', 'P', 2, 'c1'))
    wire.take('net', 'P', espFrame(words('P', 'A'), 7, 1, 'one'))
    expect(since(mark)).toEqual([])
    expect(recorded).toMatchObject({ senders: senders + 1, peer: peer + 1 })
  })

  it('is open again for what comes, and forgets what it held', async () => {
    const { wire, sent, since } = connected()
    wire.take('net', 'A', ike('A', 'P', 2, 'c1'))
    wire.open()
    const mark = sent.length
    wire.take('net', 'A', ike('A', 'P', 2, 'c2'))
    expect(since(mark)).toEqual(['net P'])
    expect((await wire.await(request(1), 'A', 1)).found).toBe(false)
    // Message IDs are still counted from where the trace began.
    expect(wire.sa?.next).toEqual({ initiator: 2, responder: 0 })
  })
})

describe('a frame', () => {
  it('is what its ports and headers say, and nothing when it is cut short', () => {
    const frame = espFrame(words('P', 'A'), 0x1234, 77, 'content')
    expect(frameKind(frame, [])).toEqual({ kind: 'esp', spi: 0x1234, number: 77 })
    const message = ike('A', 'P', 5, 'x')
    expect(frameKind(message, [])).toMatchObject({
      kind: 'ike',
      asker: 'initiator',
      messageId: 5,
      setUp: false,
    })
    for (let length = 0; length < message.length; length++)
      expect(() => frameKind(message.subarray(0, length), [])).not.toThrow()
    expect(frameKind(udpFrame(words('A', 'B'), 4510, Buffer.from([5])), [{ udpPort: 4510 }])).toEqual({
      kind: 'synch',
      about: 'other',
    })
  })
})

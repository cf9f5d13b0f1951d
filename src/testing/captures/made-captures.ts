/**
 * For tests: captures that are made message by message, each with what is true of it. A cluster at 192.168.0.1, whose
 * members A and B have Ethernet addresses of their own, and a peer at 192.168.0.2.
 */
import {
  ah,
  contentOf,
  esp,
  ethernet,
  type IkeWords,
  ike,
  ipv4,
  marked,
  pcapHeader,
  pcapRecord,
  udp,
} from '../../bench/packet-writer.ts'

export const A = '02:00:00:00:00:a1'
export const B = '02:00:00:00:00:a2'
export const P = '02:00:00:00:00:0b'
export const CLUSTER = '192.168.0.1'
export const PEER = '192.168.0.2'
const NONE = '0000000000000000'

/** How a packet of a child SA is sent; all with a default. */
export interface EspWords {
  readonly mac?: string
  readonly source?: string
  readonly target?: string
  readonly spi?: number
  /** High and low half of what the IV is the number XOR. */
  readonly mask?: readonly [high: number, low: number]
  /** The IV, whatever the number. */
  readonly iv?: readonly [number, number]
  /** The high half of the number, which only the IV shows. */
  readonly half?: number
  /** Decides the content; the same makes a copy. */
  readonly seed?: number
  readonly ports?: readonly [number, number]
  readonly vlan?: number
  readonly ttl?: number
  readonly length?: number
  /** Seconds to the next packet. */
  readonly gap?: number
  readonly protocol?: 'ESP' | 'AH'
}

/** An IKE message; `from` is the original initiator or responder of the IKE SA. */
export interface MessageWords extends Partial<Omit<IkeWords, 'spis' | 'fromInitiator'>> {
  readonly id: number
  readonly from?: 'initiator' | 'responder'
  readonly ike?: string
  readonly mac?: string
  readonly source?: string
  readonly target?: string
  readonly bytes?: number
  /** UDP ports of the one that asks and of the other. */
  readonly ports?: readonly [number, number]
}

export interface Making {
  readonly frames: { readonly time: number; readonly frame: Uint8Array }[]
  now: number
  wait(seconds: number): void
  esp(from: number, to: number, words?: EspWords): void
  /** A request of one end, and the answer of the other unless it is said that there is none. */
  asks(words: MessageWords): void
  answers(words: MessageWords): void
  exchange(words: MessageWords): void
  /** IKE_SA_INIT and IKE_AUTH, asked for by the cluster. */
  setUp(words?: { readonly ike?: string; readonly mac?: string; readonly from?: 'cluster' | 'peer' }): void
  arp(mac: string, address?: string): void
  frame(frame: Uint8Array): void
  /** A capture of it; `snap`: bytes of each frame that are kept. */
  pcap(snap?: number): Uint8Array
}

export const spisOf = (ike: string): readonly [string, string] => [ike.repeat(8), `${ike.repeat(7)}99`]

export const making = (): Making => {
  const frames: Making['frames'] = []
  let seed = 1000
  const push = (frame: Uint8Array): void => {
    frames.push({ time: made.now, frame })
    made.now += 0.01
  }
  const message = (words: MessageWords, response: boolean): void => {
    const { id, from: end = 'initiator', exchange = 37, mac, ports = [500, 500], bytes = 60 } = words
    const byCluster = (words.source ?? (end === 'initiator' ? CLUSTER : PEER)) !== PEER
    const asker = byCluster
      ? [words.source ?? CLUSTER, words.target ?? PEER]
      : [PEER, words.target ?? CLUSTER]
    const [source, target] = response ? [asker[1]!, asker[0]!] : [asker[0]!, asker[1]!]
    const station = mac ?? A
    const isFromPeer = source === PEER
    const body = ike({
      spis: exchange === 34 && !response ? [spisOf(words.ike ?? '11')[0], NONE] : spisOf(words.ike ?? '11'),
      exchange,
      messageId: id,
      fromInitiator: (end === 'initiator') !== response,
      response,
      seed: words.seed ?? seed++,
      body: contentOf(words.seed ?? seed++, bytes),
      ...(words.fragment && { fragment: words.fragment }),
    })
    const [from, to] = response ? [ports[1], ports[0]] : ports
    const datagram = udp(from, to, ports[0] === 500 ? body : marked(body))
    push(ethernet(isFromPeer ? P : station, isFromPeer ? station : P, ipv4(source, target, 17, datagram)))
  }
  const made: Making = {
    frames,
    now: 1000,
    wait(seconds) {
      made.now += seconds
    },
    esp(from, to, words = {}) {
      const { source = CLUSTER, target = PEER, spi = 0x1001, mask = [0xabcd, 0x5555], half = 0 } = words
      for (let number = from; number <= to; number++) {
        const iv = words.iv ?? [(mask[0] ^ half) >>> 0, (mask[1] ^ number) >>> 0]
        const content = words.seed === undefined ? seed++ : words.seed + number
        const body =
          words.protocol === 'AH'
            ? ah(spi, number, content)
            : esp(spi, number, [...iv], content, words.length)
        const mac = words.mac ?? (source === PEER ? P : A)
        const packet = words.ports
          ? ipv4(source, target, 17, udp(words.ports[0], words.ports[1], body), { ttl: words.ttl ?? 64 })
          : ipv4(source, target, words.protocol === 'AH' ? 51 : 50, body, { ttl: words.ttl ?? 64 })
        push(ethernet(mac, source === PEER ? A : P, packet, words.vlan === undefined ? [] : [words.vlan]))
        if (words.gap !== undefined) made.now += words.gap
      }
    },
    asks: (words) => message(words, false),
    answers: (words) => message(words, true),
    exchange(words) {
      message(words, false)
      message(words, true)
    },
    setUp({ ike = '11', mac = A, from = 'cluster' } = {}) {
      const source = from === 'cluster' ? CLUSTER : PEER
      made.exchange({ id: 0, exchange: 34, ike, mac, source })
      made.exchange({ id: 1, exchange: 35, ike, mac, source })
    },
    arp(mac, address = CLUSTER) {
      const bytes = new Uint8Array(42)
      const digits = (text: string) => text.split(':').map((part) => Number.parseInt(part, 16))
      bytes.set([255, 255, 255, 255, 255, 255, ...digits(mac), 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, ...digits(mac)])
      bytes.set(address.split('.').map(Number), 28)
      bytes.set(address.split('.').map(Number), 38)
      push(bytes)
    },
    frame: push,
    pcap: (snap = 65_535) => pcapOf(frames, snap),
  }
  return made
}

/** A capture of frames at their times. */
export const pcapOf = (
  frames: readonly { readonly time: number; readonly frame: Uint8Array }[],
  snap = 65_535,
): Uint8Array =>
  Buffer.concat([
    pcapHeader(1),
    ...frames.map(({ time, frame }) => pcapRecord(time, frame.subarray(0, snap), frame.length)),
  ])

/** The takeover of B with a gratuitous ARP, after a silence. */
export const takeover = (made: Making, mac = B, seconds = 2): void => {
  made.wait(seconds)
  made.arp(mac)
}

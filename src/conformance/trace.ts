/**
 * What of one IKE SA in a capture the model can produce too: who sends which request or answer, under which message
 * ID, with which content. Message IDs are counted from where the model starts, after IKE_AUTH, and exchanges that
 * nothing depends on any more are folded away, so that the model stays small.
 */

/** A message as the capture shows it. */
export interface SeenMessage {
  readonly frame: number
  /** Seconds since 1970. */
  readonly time: number
  /** Sent by the original initiator of the IKE SA. */
  readonly fromInitiator: boolean
  readonly response: boolean
  readonly messageId: number
  readonly exchange: string
  /** Equal for equal bytes. */
  readonly content: string
  /** The Ethernet address of the sender; negative where the link has none. */
  readonly mac: number
}

/** An IKE SA with the messages after its set-up, in order. */
export interface SeenSa {
  readonly name: string
  readonly initiator: string
  readonly responder: string
  readonly messages: readonly SeenMessage[]
  /** The lowest message ID that the initiator has left for after IKE_AUTH; undefined: not in the capture. */
  readonly start: number | undefined
  /** Ethernet addresses that set it up; absent where the capture does not have that. */
  readonly setUpBy: { readonly [end in End]?: number }
}

/** The original initiator or responder. */
export type End = 'initiator' | 'responder'
/** The same ends, by what they are. */
export type Side = 'cluster' | 'peer'

/** One event of the trace, in the numbers of the model. */
export interface Observed {
  readonly sender: Side
  /** Which member sends: equal for equal Ethernet addresses; undefined where the capture does not tell. */
  readonly station: string | undefined
  readonly type: 'request' | 'response'
  /** Who asked. */
  readonly initiator: Side
  /** Counted from 0; negative or too high where the model has no such number. */
  readonly messageId: number
  readonly content: string
  /** What was seen; undefined for what must have happened before the capture began. */
  readonly seen: SeenMessage | undefined
}

/** The trace of an IKE SA, if that end is the cluster. */
export interface Trace {
  readonly cluster: End
  readonly events: readonly Observed[]
  /** Complete exchanges that were folded away. */
  readonly folded: number
  /** Times that another Ethernet address takes its turn at the cluster. */
  readonly changes: number
  /** Ethernet addresses of the cluster; 0 where the capture does not tell members apart. */
  readonly stations: number
  /** Who set the IKE SA up, where the capture tells. */
  readonly first: string | undefined
  /** Whether the capture has the set-up of the IKE SA. */
  readonly complete: boolean
  /** A request was sent before the one before it was answered. */
  readonly overlapping: boolean
  /** The message ID on the wire of one in the model. */
  idOnWire(asker: Side, messageId: number): number
}

const ENDS: readonly End[] = ['initiator', 'responder']
const other = (end: End): End => (end === 'initiator' ? 'responder' : 'initiator')
const senderOf = ({ fromInitiator }: SeenMessage): End => (fromInitiator ? 'initiator' : 'responder')
const askerOf = (m: SeenMessage): End => (m.response ? other(senderOf(m)) : senderOf(m))

/** Ethernet addresses tell members apart only where there is more than one: a virtual one is shared by all. */
const stationsOf = ({ messages, setUpBy }: SeenSa, end: End): readonly number[] => {
  const sent = messages.filter((m) => senderOf(m) === end).map(({ mac }) => mac)
  const turns = [setUpBy[end] ?? -1, ...sent].filter((mac) => mac >= 0)
  return turns.filter((mac, i) => mac !== turns[i - 1])
}

/** How often each end of an IKE SA is seen to change its Ethernet address. */
export const changesAt = (sa: SeenSa, end: End): number => Math.max(0, stationsOf(sa, end).length - 1)

/** An exchange that is folded away, or that must have taken place before the capture began. */
interface Numbering {
  readonly start: number
  /** IDs from `start` on that the model is not given. */
  readonly skipped: Set<number>
}

/** Makes the trace, taking one end for the cluster. */
export const traceOf = (sa: SeenSa, cluster: End): Trace => {
  const { messages } = sa
  const turns = stationsOf(sa, cluster)
  const stations = new Set(turns).size
  const side = (end: End): Side => (end === cluster ? 'cluster' : 'peer')
  const before = ENDS.map((end) => beforeCapture(sa, end))
  const numbering = new Map(ENDS.map((end, i) => [end, before[i]!.numbering]))
  const change = messages.findIndex(
    (m) => turns.length > 1 && senderOf(m) === cluster && m.mac >= 0 && m.mac !== turns[0],
  )
  const early = change < 0 ? messages : messages.slice(0, change)
  let folded = 0
  const gone = new Set<SeenMessage>()
  for (const end of ENDS)
    for (const exchange of foldable(
      messages,
      early,
      end,
      numbering.get(end)!,
      before[+(end === 'responder')]!.unseen,
    )) {
      for (const message of exchange) gone.add(message)
      numbering.get(end)!.skipped.add(exchange[0]!.messageId)
      folded += 1
    }

  const idOf = (asker: End, messageId: number): number => {
    const { start, skipped } = numbering.get(asker)!
    return messageId - start - [...skipped].filter((id) => id < messageId).length
  }
  const eventOf = (m: Omit<SeenMessage, 'mac'> & { readonly mac?: number }, seen?: SeenMessage): Observed => {
    const sender = m.fromInitiator ? 'initiator' : 'responder'
    const asker = m.response ? other(sender) : sender
    return {
      sender: side(sender),
      station: seen && sender === cluster && stations > 1 && seen.mac >= 0 ? String(seen.mac) : undefined,
      type: m.response ? 'response' : 'request',
      initiator: side(asker),
      messageId: idOf(asker, m.messageId),
      content: m.content,
      seen,
    }
  }
  return {
    cluster,
    events: [
      ...before.flatMap(({ unseen }) => unseen.map((m) => eventOf(m))),
      ...messages.filter((m) => !gone.has(m)).map((m) => eventOf(m, m)),
    ],
    folded,
    changes: Math.max(0, turns.length - 1),
    stations: stations > 1 ? stations : 0,
    first: stations > 1 && sa.setUpBy[cluster] !== undefined ? String(sa.setUpBy[cluster]) : undefined,
    complete: sa.start !== undefined,
    overlapping: ENDS.some((end) => overlaps(messages, end)),
    idOnWire(asker, messageId) {
      const end = asker === 'cluster' ? cluster : other(cluster)
      const { start, skipped } = numbering.get(end)!
      let id = start + messageId
      for (const one of [...skipped].sort((a, b) => a - b)) if (one <= id) id += 1
      return id
    },
  }
}

/**
 * Where the count begins, and what an IKE SA that is older than the capture must have seen: the exchanges with lower
 * IDs that come up again later, each completed, and the request that the first response answers.
 */
const beforeCapture = (
  { messages, start }: SeenSa,
  end: End,
): { readonly numbering: Numbering; readonly unseen: readonly SeenMessage[] } => {
  if (start !== undefined)
    return { numbering: { start: end === 'initiator' ? start : 0, skipped: new Set() }, unseen: [] }
  const own = messages.filter((m) => askerOf(m) === end)
  const first = own[0]
  if (!first) return { numbering: { start: 0, skipped: new Set() }, unseen: [] }
  const ids = new Set(own.map(({ messageId }) => messageId))
  const lowest = Math.min(...ids)
  const lower = [...ids].filter((id) => id < first.messageId).sort((a, b) => a - b)
  // Only the number of IDs that nobody uses again is left out: the next after the lower ones is the first seen.
  const skipped = new Set<number>()
  for (let id = lowest; lower.length > 0 && id < first.messageId && skipped.size < MOST_SKIPPED; id++)
    if (!ids.has(id)) skipped.add(id)
  const message = (messageId: number, response: boolean): SeenMessage => ({
    frame: 0,
    time: 0,
    fromInitiator: (end === 'initiator') !== response,
    response,
    messageId,
    exchange: '',
    content: `unseen ${end} ${messageId} ${response}`,
    mac: -1,
  })
  return {
    numbering: { start: lowest, skipped },
    unseen: [
      ...lower.flatMap((id) => [message(id, false), message(id, true)]),
      ...(first.response ? [message(first.messageId, false)] : []),
    ],
  }
}

/** IDs that are left out one by one; with more of them the trace is not explained. */
const MOST_SKIPPED = 100_000

/**
 * The exchanges from the first on that went by the book, one after the other, before another member was seen, and
 * whose ID is not on the wire again. After them both ends are where they started but for their counters; whatever a
 * standby missed of them, it shows only by sending something under one of these IDs.
 */
const foldable = (
  messages: readonly SeenMessage[],
  early: readonly SeenMessage[],
  end: End,
  { start }: Numbering,
  unseen: readonly SeenMessage[],
): readonly (readonly SeenMessage[])[] => {
  if (unseen.length > 0) return []
  const place = new Map(messages.map((m, i) => [m, i]))
  const byId = new Map<number, SeenMessage[]>()
  for (const m of messages)
    if (askerOf(m) === end) byId.set(m.messageId, [...(byId.get(m.messageId) ?? []), m])
  const folded: SeenMessage[][] = []
  let free = 0
  for (let id = start; ; id++) {
    const exchange = byId.get(id)
    if (!exchange) return folded
    const asked = exchange.filter(({ response }) => !response)
    const answers = exchange.filter(({ response }) => response)
    const plain =
      !exchange[0]!.response &&
      answers.length > 0 &&
      new Set(asked.map(({ content }) => content)).size === 1 &&
      new Set(answers.map(({ content }) => content)).size === 1 &&
      place.get(exchange[0]!)! >= free &&
      place.get(exchange.at(-1)!)! < early.length
    if (!plain) return folded
    folded.push(exchange)
    free = place.get(exchange.at(-1)!)!
  }
}

const overlaps = (messages: readonly SeenMessage[], end: End): boolean => {
  const waiting = new Set<number>()
  for (const m of messages) {
    if (askerOf(m) !== end) continue
    if (m.response) waiting.delete(m.messageId)
    else if ([...waiting].some((id) => id !== m.messageId)) return true
    else waiting.add(m.messageId)
  }
  return false
}

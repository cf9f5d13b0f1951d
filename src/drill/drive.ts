/** Carries a plan out: one operation after the other on the wire and the driver, until the gateways do something else. */
import type { Side } from '../../model/constants/parties.ts'
import { type MessageName, type Operation, operationText, partyText } from './operations.ts'
import type { Plan } from './plan.ts'
import type { DriverRequest, Sas, Started, StartRequest } from './protocol.ts'
import { type FollowedSa, ikeText, type Seen } from './switch.ts'
import type { Wire } from './wire.ts'

/** What a driver is asked through. */
export interface DriverSide {
  start(request: StartRequest): Promise<Started>
  ask(request: Exclude<DriverRequest, StartRequest>): Promise<Readonly<Record<string, unknown>>>
}

/** These gateways can never do what was asked. */
export class CannotDrive extends Error {}

/** Why a drill ended early, in a sentence. */
export class DrillFault extends Error {}

/** What became of an operation. */
export interface Done {
  readonly step: number
  readonly operation: Operation
  readonly text: string
  /** Seconds since the drill began, when it was over. */
  readonly at: number
  readonly outcome: 'done' | 'otherwise'
  /** Lines of the log of the wire by then. */
  readonly log: number
  /** What else there is to say, such as what came instead. */
  readonly note?: string
}

/** Whether packets were accepted, as far as their receiver answered. */
export interface Accepted {
  readonly step: number
  readonly expected: boolean
  readonly observed: boolean
}

/** What came of asking an end once more after the trace. */
export interface Probe {
  readonly side: 'cluster' | 'peer'
  /** Under which message ID it asked, counted as the model does; undefined: it did not ask on this IKE SA. */
  readonly messageId: number | undefined
  readonly answered: boolean
  readonly requests: number
  readonly note?: string
}

export interface Driven {
  readonly gateways: string
  readonly done: readonly Done[]
  /** Where the gateways first did something else, as a sentence; undefined: every operation went as planned. */
  readonly deviation?: string
  readonly notes: readonly string[]
  readonly accepted: readonly Accepted[]
  /** The SAs at the end of the trace, before anything was probed. */
  readonly sas: Readonly<Record<string, Sas>>
  readonly probes: readonly Probe[]
  /** The answer that came last, and how often its receiver asked again under that message ID; where that was watched. */
  readonly last?: { readonly message: MessageName; readonly to: string; readonly again: number }
  readonly sa: FollowedSa | undefined
  readonly log: readonly Seen[]
}

export interface DriveOptions {
  readonly start: Omit<StartRequest, 'verb' | 'protocol' | 'standbyKnows'>
  readonly protocol: number
  /** Whether to watch what becomes of the last message. */
  readonly watchesLast: boolean
  /** Whether it has to be seen which packets are accepted. */
  readonly watchesPackets: boolean
  /** Which ends to ask once more. */
  readonly probes: readonly ('cluster' | 'peer')[]
  /** Milliseconds that a message may take to come. */
  readonly patience: number
  /** Milliseconds in which an end gives up. */
  readonly givesUp: number
  /** Stops between two operations. */
  readonly signal: AbortSignal
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
}

/** Milliseconds for a daemon to act on a message. */
const SETTLE = 150
/** Milliseconds in which a gateway begins with what it was asked for. */
const BEGINS = 1500
/** Milliseconds in which a packet is answered. */
const ANSWERS = 500

/** Drives. Throws `CannotDrive`, `DrillFault`, and what the wire and the driver throw. */
export const drive = async (
  plan: Plan,
  wire: Wire,
  driver: DriverSide,
  options: DriveOptions,
): Promise<Driven> => {
  const { patience, givesUp, signal, sleep, now } = options
  const began = now()
  const done: Done[] = []
  const notes: string[] = []
  const accepted: Accepted[] = []
  const down = new Set<string>()
  const tells = plan.told.includes('sas')
  let gateways = ''
  let silent: readonly string[] = []
  let deviation: string | undefined

  const start = async (): Promise<void> => {
    await wire.classify([], !tells)
    const started = await driver.start({
      verb: 'start',
      protocol: options.protocol,
      standbyKnows: tells,
      ...options.start,
    })
    if (typeof started.gateways !== 'string' || !Array.isArray(started.synch))
      throw new DrillFault("The driver's answer to 'start' lacks the text 'gateways' or the list 'synch'.")
    gateways = started.gateways
    silent = started.silent ?? []
    await wire.classify(started.synch, !tells)
    await sleep(SETTLE)
    await wire.close(plan.told)
    if (!(await wire.sa()))
      throw new DrillFault(
        'The driver says that the gateways are up, and no IKE SA was set up over the wire.',
      )
  }

  /** Whether it can be seen which packets a party accepts. Throws `CannotDrive` where it has to be. */
  const isSeen = (party: string, note: (text: string) => void): boolean => {
    if (!silent.includes(party)) return true
    const sentence = `${partyText(party)} answers no packets, so which it accepts is not seen`
    if (options.watchesPackets) throw new CannotDrive(`${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`)
    note(sentence)
    return false
  }

  /** Whether a party answers packets that reach it while `send` runs. */
  const answers = async (party: string, send: () => Promise<unknown>): Promise<boolean> => {
    const before = (await wire.sentPackets())[party] ?? 0
    await send()
    for (let waited = 0; ; waited += 25) {
      if (((await wire.sentPackets())[party] ?? 0) > before) return true
      if (waited >= ANSWERS) return false
      await sleep(25)
    }
  }

  /** Waits until a party that was asked does something: it sends its request, or tells of it first. */
  const begun = async (party: string, from: number): Promise<void> => {
    for (let waited = 0; waited < BEGINS; waited += 25) {
      const seen = await wire.log(from)
      if (seen.some(({ from: sender, what }) => sender === party && what.kind !== 'other')) break
      await sleep(25)
    }
    await sleep(SETTLE / 3)
  }

  /** What is otherwise than planned, or undefined; notes go to `note`. */
  const perform = async (
    step: number,
    o: Operation,
    note: (text: string) => void,
  ): Promise<string | undefined> => {
    switch (o.do) {
      case 'start':
        await start()
        return undefined
      case 'ask': {
        const from = (await wire.log(0)).length
        const { as } = await driver.ask({ verb: 'ask', at: o.at, exchange: o.exchange })
        await begun(o.at, from)
        if (typeof as === 'string' && as !== o.exchange) note(`asked as ${as}`)
        return undefined
      }
      case 'await': {
        const { found, instead } = await wire.await(o.message, o.from, patience)
        if (found) return undefined
        const came = instead.map(({ from, text }) => `${text} from ${partyText(from)}`)
        return `it was not sent within ${patience / 1000} s; ${came.length === 0 ? 'nothing else came' : `instead there came ${came.join(', ')}`}`
      }
      case 'pass': {
        const passed = await wire.pass(o.message, o.to)
        await sleep(SETTLE)
        return passed ? undefined : 'it was never on the wire'
      }
      case 'drop':
        await wire.drop(o.message)
        return undefined
      case 'synch': {
        // What a daemon tells may come a little after what it tells of.
        let count = 0
        for (let waited = 0; count === 0 && waited <= 500; waited += 50) {
          count = await wire.synch(o.fate, o.from, o.to, o.kinds, o)
          if (count === 0) await sleep(50)
        }
        await sleep(SETTLE)
        if (count === 0) note('nothing of this kind was told')
        return undefined
      }
      case 'cut':
        await wire.cut()
        return undefined
      case 'packets': {
        await wire.holdEsp(o.fate === 'hold')
        const observed = await answers(o.to, () =>
          driver.ask({ verb: 'packets', from: o.from, count: o.count }),
        )
        await wire.holdEsp(false)
        if (o.accepted === undefined || !isSeen(o.to, note)) return undefined
        accepted.push({ step, expected: o.accepted, observed })
        if (o.accepted !== observed) note(observed ? 'they were answered' : 'they were not answered')
        return undefined
      }
      case 'copy': {
        let there = false
        const observed = await answers(o.to, async () => {
          there = await wire.copy(o.from, o.to, o.number)
        })
        if (!there) return `no packet ${o.number} of ${partyText(o.from)} was on the wire`
        if (!isSeen(o.to, note)) return undefined
        accepted.push({ step, expected: o.accepted, observed })
        if (o.accepted !== observed) note(observed ? 'it was answered' : 'it was not answered')
        return undefined
      }
      case 'crash':
        await driver.ask({ verb: 'crash', member: o.member })
        await wire.plug(o.member, false)
        down.add(o.member)
        return undefined
      case 'takeover':
        await driver.ask({ verb: 'takeover', member: o.member })
        await sleep(SETTLE)
        return undefined
      case 'handover':
        await driver.ask({ verb: 'handover', member: o.member, to: o.to })
        await sleep(SETTLE)
        return undefined
      case 'return':
        await wire.plug(o.member, true)
        await driver.ask({ verb: 'return', member: o.member })
        down.delete(o.member)
        return undefined
      case 'gone':
        for (let waited = 0; waited < givesUp; waited += 500) {
          const sas = await sasOf(o.at)
          if (sas.ike.length === 0) return undefined
          await sleep(500)
        }
        return `it still has the IKE SA after ${givesUp / 1000} s`
    }
  }

  const sasOf = async (at: string): Promise<Sas> => {
    if (down.has(at)) return { up: false, ike: [], children: [] }
    const { up, ike, children } = await driver.ask({ verb: 'sas', at })
    if (!Array.isArray(ike) || !Array.isArray(children))
      throw new DrillFault(
        `The driver's answer to 'sas' lacks the list '${Array.isArray(ike) ? 'children' : 'ike'}'.`,
      )
    return { up: up === true, ike, children }
  }

  /** Whether the receiver of the last answer still waits for one. */
  const watched = async (): Promise<Driven['last']> => {
    const end = plan.operations.at(-1)?.operation
    const sa = await wire.sa()
    if (end?.do !== 'pass' || end.message.type !== 'response' || !sa) return undefined
    const { message, to } = end
    const asker = askerOf(message.initiator, sa)
    const from = (await wire.log(0)).length
    await sleep(givesUp / 4)
    const again = (await wire.log(from)).filter(
      ({ what, from: sender }) =>
        sender === to &&
        what.kind === 'ike' &&
        what.asker === asker &&
        !what.response &&
        what.messageId === message.messageId + sa.next[asker],
    ).length
    return { message, to, again }
  }

  for (const { step, operation } of plan.operations) {
    if (signal.aborted) throw new DrillFault('The drill took longer than it may.')
    const said: string[] = []
    const otherwise = await perform(step, operation, (text) => said.push(text))
    const note = otherwise ?? said.join('; ')
    const text = operationText(operation)
    done.push({
      step,
      operation,
      text,
      at: now() - began,
      log: (await wire.log(0)).length,
      outcome: otherwise === undefined ? 'done' : 'otherwise',
      ...(note !== '' && { note }),
    })
    for (const one of said) notes.push(`step ${step}, ${text.replace(/ +/, ' ')}: ${one}`)
    if (otherwise !== undefined) {
      deviation = `At step ${step}, ${text.replace(/ +/, ' ')}: ${otherwise}.`
      break
    }
  }
  const last = options.watchesLast && deviation === undefined ? await watched() : undefined
  await sleep(2 * SETTLE)
  const parties = ['P', ...options.start.members]
  const sas: Record<string, Sas> = {}
  for (const party of parties) sas[party] = await sasOf(party)

  const probe = async (side: 'cluster' | 'peer'): Promise<Probe> => {
    const up = options.start.members.filter((member) => !down.has(member))
    const at = side === 'peer' ? 'P' : (plan.ends.acting ?? up[0]!)
    const from = (await wire.log(0)).length
    let note: string | undefined
    try {
      await driver.ask({ verb: 'ask', at, exchange: 'createChild' })
    } catch (error) {
      if (!(error instanceof CannotDrive)) throw error
      note = error.message
    }
    const sa = (await wire.sa())!
    const asker = askerOf(side, sa)
    let requests: readonly number[] = []
    let answered = false
    for (let waited = 0; waited < givesUp && !answered; waited += 250) {
      await sleep(250)
      const messages = (await wire.log(from)).flatMap(({ what, from: sender, fate }) =>
        what.kind === 'ike' && what.spis === sa.spis && what.asker === asker && fate !== 'dropped'
          ? [{ ...what, sender }]
          : [],
      )
      requests = messages.filter((m) => !m.response && m.sender === at).map(({ messageId }) => messageId)
      answered = messages.some((m) => m.response && requests.includes(m.messageId))
      // An end that sends nothing on this IKE SA for a while has none.
      if (requests.length === 0 && waited >= 2000) break
    }
    const [first] = requests
    return {
      side,
      messageId: first === undefined ? undefined : first - sa.next[asker],
      answered,
      requests: requests.length,
      ...(note !== undefined && { note }),
    }
  }

  const probes: Probe[] = []
  if (options.probes.length > 0 && deviation === undefined) {
    await wire.open()
    const up = options.start.members.filter((member) => !down.has(member))
    if (plan.ends.acting === undefined && up[0] !== undefined)
      await driver.ask({ verb: 'takeover', member: up[0] })
    for (const side of options.probes) probes.push(await probe(side))
  }
  return {
    gateways,
    done,
    ...(deviation !== undefined && { deviation }),
    notes,
    accepted,
    sas,
    probes,
    ...(last && { last }),
    sa: await wire.sa(),
    log: await wire.log(0),
  }
}

/** The end of the IKE SA that asks. */
const askerOf = (side: Side, { initiator }: FollowedSa): 'initiator' | 'responder' =>
  (side === 'peer') === (initiator === 'P') ? 'initiator' : 'responder'

/** A line of the log in words. */
export const seenText = ({ from, to, what, fate }: Seen): string => {
  const words =
    what.kind === 'ike'
      ? ikeText(what)
      : what.kind === 'esp'
        ? `ESP seq ${what.number}`
        : what.kind === 'synch'
          ? `synch: ${what.about}`
          : 'other'
  return `${from}${to === undefined ? '' : ` -> ${to}`}: ${words}, ${fate}`
}

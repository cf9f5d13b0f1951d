/** One drill from end to end: a lab, a wire and a driver; the plan carried out; captures and SAs judged. */
import { createSocket } from 'node:dgram'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import { CannotDrive, DrillFault, type Driven, type DriveOptions, drive } from '../../drill/drive.ts'
import {
  type CaptureWord,
  type Explained,
  isJudged,
  judge,
  probesFor,
  watchesLast,
  watchesPackets,
} from '../../drill/judge.ts'
import type { Plan } from '../../drill/plan.ts'
import { PROTOCOL, type Started } from '../../drill/protocol.ts'
import { CAPTURES } from '../../drill/switch.ts'
import { attachmentsOf, VXLAN_PORT } from '../../drill/vxlan.ts'
import { printable } from '../../modelling/printable.ts'
import type { Drilled } from '../../report/drill/drilled.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { UsageError } from '../process/errors.ts'
import type { Lab } from './lab.ts'
import { LineError, Lines } from './lines.ts'
import { inLab, netnsLab, vxlanLab } from './netns-lab.ts'
import type { PlannedToken } from './planned.ts'
import { remoteWire } from './remote-wire.ts'

/** Drivers that come along, each with the lab that it needs. */
export const DRIVERS = {
  'strongswan-ha': {
    about: 'two strongSwan gateways with the ha plugin, and a third as their peer',
    lab: 'netns',
  },
  model: { about: 'gateways that are the model of the scheme; no privileges', lab: 'loopback' },
} as const
type Shipped = keyof typeof DRIVERS

/** How drills are to be run. */
export interface DrillSettings {
  /** The name of a driver, or a command. */
  readonly driver: string
  readonly lab: LabChoice
  /** Seconds for one drill. */
  readonly seconds: number
  /** Where the captures are kept; absent: nowhere. */
  readonly keep?: string
  readonly log?: (line: string) => void
}

export type LabChoice =
  | { readonly kind: 'netns' | 'loopback' }
  | { readonly kind: 'vxlan'; readonly address: string }

/** What is known of a drill once it is over. */
export interface DrillResult extends Omit<Drilled, 'trace' | 'caption' | 'sentence' | 'plan'> {
  readonly planned: PlannedToken
}

export const isShipped = (driver: string): driver is Shipped => Object.hasOwn(DRIVERS, driver)

/** What takes everything away that a drill made; called at any exit. */
const cleanups = new Set<() => void>()
const cleanUp = (): void => {
  for (const clean of cleanups) clean()
  cleanups.clear()
}
process.on('exit', cleanUp)

const driverLines = ({ driver, log }: DrillSettings): Lines => {
  const [program, ...args] = driver.split(' ')
  if (!isShipped(program!))
    return new Lines({ name: 'The driver', command: driver, shell: true, ...(log && { log }) })
  const path = fileURLToPath(new URL(`./drivers/${program}.js`, import.meta.url))
  return new Lines({
    name: 'The driver',
    command: process.execPath,
    args: [path, ...args],
    ...(log && { log }),
  })
}

/** Why a plan is not driven at all; undefined where it can be tried. */
export const undrivable = ({ plan, caption }: PlannedToken): readonly string[] => [
  ...plan.gaps.map(({ step, action, reason }) => `Step ${step}, ${printable(action)}: ${reason}.`),
  ...(isJudged(caption.label) ? [] : [`Nothing that can be seen from outside decides ${caption.label}.`]),
]

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject).bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })

const labOf = async (choice: LabChoice, members: readonly string[], folder: string): Promise<Lab> => {
  switch (choice.kind) {
    case 'netns':
      return netnsLab(members, folder)
    case 'vxlan':
      return vxlanLab(members, folder, { address: choice.address, port: VXLAN_PORT, remote: choice.address })
    case 'loopback':
      return vxlanLab(members, folder, { address: '127.0.0.1', port: await freePort(), remote: '127.0.0.2' })
  }
}

/** Milliseconds for a verb of a driver; setting gateways up takes longer. */
const VERB = 15_000
const START = 60_000

/** Runs one drill. `name`: of its files. Throws `UsageError` for what the user can mend. */
export const runDrill = async (
  planned: PlannedToken,
  settings: DrillSettings,
  name: string,
): Promise<DrillResult> => {
  const began = Date.now()
  const reasons = undrivable(planned)
  if (reasons.length > 0) return undriven(planned, reasons, began)
  try {
    return await driven(planned, settings, name, began)
  } catch (error) {
    if (error instanceof CannotDrive) return undriven(planned, [error.message], began)
    throw error
  }
}

const undriven = (planned: PlannedToken, because: readonly string[], began: number): DrillResult => ({
  planned,
  judgement: { verdict: 'not drivable', because },
  words: [],
  captures: {},
  seconds: (Date.now() - began) / 1000,
})

const driven = (
  planned: PlannedToken,
  settings: DrillSettings,
  name: string,
  began: number,
): Promise<DrillResult> => {
  const { plan, caption } = planned
  const asked = {
    scheme: caption.scheme,
    watchesLast: watchesLast(caption.label),
    watchesPackets: watchesPackets(caption.label),
    probes: probesFor(caption.label, plan),
  }
  return withGateways(plan, asked, settings, async (result, captures) => {
    const words = await wordsOf(captures)
    const explained = await explainedBy(await schemeOf(caption.scheme), captures.senders)
    return {
      planned,
      judgement: judge({ label: caption.label, plan, driven: result, words, explained }),
      driven: result,
      words,
      ...(explained && { explained }),
      captures: kept(captures, settings.keep, name),
      seconds: (Date.now() - began) / 1000,
    }
  })
}

/** Milliseconds in which an end that is asked once more is answered, or gives up. */
const GIVES_UP = 9000

/** Somebody asked the program to end; everything that was made is removed. */
export class Interrupted extends Error {}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** By name, the files in a lab. */
export type CaptureFiles = Readonly<Record<(typeof CAPTURES)[number], string>>

/** What of a drill depends on what it is for. */
export type Asked = Pick<DriveOptions, 'watchesLast' | 'watchesPackets' | 'probes'> & {
  readonly scheme: string
}

/**
 * Carries a plan out in a lab of its own, and takes the lab away once `judged` has looked at the captures. Throws
 * `UsageError`, `CannotDrive`.
 */
export const withGateways = async <T>(
  plan: Plan,
  { scheme, ...asked }: Asked,
  settings: DrillSettings,
  judged: (driven: Driven, captures: CaptureFiles) => Promise<T>,
): Promise<T> => {
  const members = ['A', 'B', 'C'].slice(0, plan.members)
  const folder = temporaryFolder()
  const lab = await labOf(settings.lab, members, folder)
  cleanups.add(lab.down)
  let lines: Lines | undefined
  let stopWire: (() => Promise<void>) | undefined
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort()
    lines?.kill()
  }, settings.seconds * 1000)
  let interrupted = false
  const interrupt = (): void => {
    interrupted = true
    lines?.kill()
    void stopWire?.()
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  try {
    const captures = Object.fromEntries(
      CAPTURES.map((one) => [one, inLab(lab, `${one}.pcap`)]),
    ) as CaptureFiles
    const { address, port, remote, within } = lab
    const { wire, end } = await remoteWire(
      { address, port, remote, attachments: attachmentsOf(members), captures },
      within,
    )
    stopWire = end
    const driver = driverLines(settings)
    lines = driver
    cleanups.add(() => driver.kill())
    const ask = async (request: { readonly verb: string }, ms: number) => {
      const reply = await driver.ask(request, `'${request.verb}'`, ms)
      if (reply.ok) return reply
      const said = `The driver refused '${request.verb}': ${printable(String(reply.error))}`
      throw reply.cannot === true ? new CannotDrive(said) : new UsageError({ problem: said })
    }
    const result = await drive(
      plan,
      wire,
      {
        start: async (request) => (await ask(request, START)) as unknown as Started,
        ask: (request) => ask(request, VERB),
      },
      {
        start: { members, lab: lab.facts, scheme },
        protocol: PROTOCOL,
        ...asked,
        patience: 3000,
        givesUp: GIVES_UP,
        signal: late.signal,
        sleep: (ms) => sleep(ms),
        now: () => performance.now() / 1000,
      },
    )
    await ask({ verb: 'stop' }, VERB).catch(() => {})
    await driver.end()
    await end()
    return await judged(result, captures)
  } catch (error) {
    if (interrupted) throw new Interrupted()
    if (late.signal.aborted)
      throw new UsageError({
        problem: `The drill took longer than ${settings.seconds} s and was ended.`,
        hint: 'allow more with --seconds',
      })
    if (error instanceof LineError || error instanceof DrillFault)
      throw new UsageError({ problem: error.message })
    throw error
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
    clearTimeout(timer)
    lines?.kill()
    await stopWire?.().catch(() => {})
    cleanUp()
  }
}

/** Copies the captures to where they are kept. */
const kept = (
  captures: Readonly<Record<string, string>>,
  folder: string | undefined,
  name: string,
): Readonly<Record<string, string>> => {
  if (folder === undefined) return {}
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    Object.entries(captures).map(([capture, path]) => {
      const to = join(folder, `${name}-${capture}.pcap`)
      copyFileSync(path, to)
      return [capture, to]
    }),
  )
}

/** What the captures at the senders and at the peer say of each property. */
const wordsOf = async (captures: Readonly<Record<string, string>>): Promise<readonly CaptureWord[]> => {
  const { judged } = await import('../results/judge-capture.ts')
  const { findingText } = await import('../../report/captures/capture-text.ts')
  const words: CaptureWord[] = []
  for (const capture of ['senders', 'peer'] as const) {
    const { verdicts } = await judged(captures[capture]!, { ikePorts: [], window: 64, keys: new Map() })
    for (const { label, verdict, findings } of verdicts)
      words.push({ capture, label, verdict, text: findings[0] ? findingText(findings[0]) : '' })
  }
  return words
}

/** The scheme of a target; undefined for one that is built otherwise. */
const schemeOf = async (target: string): Promise<NamedScheme | undefined> => {
  const { namedScheme } = await import('../results/conformance.ts')
  try {
    return await namedScheme(target)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/** How far a scheme explains what was sent; undefined without one. */
export const explainedBy = async (
  scheme: NamedScheme | undefined,
  capture: string,
): Promise<Explained | undefined> => {
  if (!scheme) return undefined
  const { conformanceOf, STATES } = await import('../results/conformance.ts')
  const { collector } = await import('../../conformance/collector.ts')
  const { judged } = await import('../results/judge-capture.ts')
  const { conformanceJson } = await import('../../report/captures/conformance-text.ts')
  const seen = collector()
  const result = await judged(capture, { ikePorts: [], window: 64, keys: new Map(), observe: seen.take })
  const conformance = await conformanceOf(scheme, seen, result, STATES)
  const { verdict, ikeSas } = conformanceJson('', conformance)
  const first = ikeSas.find(({ firstUnexplained }) => firstUnexplained)?.firstUnexplained?.text
  return {
    scheme: scheme.name,
    verdict,
    explained: ikeSas.reduce((sum, { explained }) => sum + explained, 0),
    messages: ikeSas.reduce((sum, { messages }) => sum + messages, 0),
    ...(first !== undefined && { first }),
  }
}

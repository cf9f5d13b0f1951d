/**
 * A lab of network namespaces: one for each party, one for the wire, and one in which the VXLAN sockets of their
 * interfaces are. Nothing outside these namespaces is touched, and nothing inside is used that was not made here.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from '../../drill/protocol.ts'
import { attachmentsOf, VXLAN_PORT } from '../../drill/vxlan.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import type { Lab } from './lab.ts'

const PREFIX = 'cc-drill-'
/** Where namespaces have names. */
const NAMED = '/run/netns'
/** Who made the present namespaces; only root writes there. */
const OWNER = '/run/clustercheck-drill.json'
/** Addresses of the two ends between the wire and the VXLAN sockets, in namespaces of their own. */
const WIRE = '169.254.77.2'
const SOCKETS = '169.254.77.1'

const CAP_NET_ADMIN = 12n
const CAP_SYS_ADMIN = 21n

const ip = (...args: readonly string[]): string => {
  try {
    return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string }
    throw new UsageError({
      problem: `'ip ${args.join(' ')}' failed: ${(stderr ?? '').trim() || messageOf(error)}`,
    })
  }
}

/** Why namespaces cannot be made; undefined where they can. */
export const netnsProblem = (): string | undefined => {
  if (process.platform !== 'linux')
    return `The lab netns needs network namespaces, which Linux has; this is ${process.platform}.`
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const has = (capability: bigint): boolean => ((BigInt(`0x${effective}`) >> capability) & 1n) === 1n
  if (!has(CAP_NET_ADMIN) || !has(CAP_SYS_ADMIN))
    return 'The lab netns makes network namespaces, which needs root, or CAP_NET_ADMIN and CAP_SYS_ADMIN; --plan needs neither.'
  try {
    execFileSync('ip', ['-V'], { stdio: 'ignore' })
  } catch {
    return 'The lab netns needs the command ip, of the package iproute2.'
  }
  return undefined
}

interface Owner {
  readonly pid: number
  /** When that process started, in ticks since the machine did, so that a number that is used again is told apart. */
  readonly started: string
  readonly folder: string
}

const startOf = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]
  } catch {
    return undefined
  }
}

const ownerOf = (): Owner | undefined => {
  try {
    return JSON.parse(readFileSync(OWNER, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

const namespaces = (): readonly string[] =>
  existsSync(NAMED) ? readdirSync(NAMED).filter((name) => name.startsWith(PREFIX)) : []

/** Ends what runs in the namespaces, and removes them with their interfaces. */
const remove = (names: readonly string[]): void => {
  for (const name of names) {
    for (const pid of ip('netns', 'pids', name).split('\n').filter(Boolean))
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    ip('netns', 'del', name)
  }
}

/** Removes what a drill left that was killed. Throws `UsageError` where the namespaces are not such leftovers. */
const clearLeftovers = (): void => {
  const found = namespaces()
  const owner = ownerOf()
  if (owner && startOf(owner.pid) === owner.started && owner.pid !== process.pid)
    throw new UsageError({
      problem: `A drill runs already, as process ${owner.pid}; only one can.`,
      hint: 'wait for it, or end it',
    })
  if (found.length > 0 && !owner)
    throw new UsageError({
      problem: `The network namespace ${found[0]} exists and was made by no drill, so it is left alone.`,
      hint: `remove it with: ip netns del ${found[0]}`,
    })
  remove(found)
  if (owner?.folder) rmSync(owner.folder, { recursive: true, force: true })
  rmSync(OWNER, { force: true })
}

const MAC = (number: number): string => `02:00:00:00:01:${number.toString(16).padStart(2, '0')}`

/** Makes the lab for the peer and these members. `folder`: for files; it is removed with the lab. Throws `UsageError`. */
export const netnsLab = (members: readonly string[], folder: string): Lab => {
  const problem = netnsProblem()
  if (problem !== undefined) throw new UsageError({ problem })
  clearLeftovers()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(OWNER, JSON.stringify({ pid: process.pid, started: startOf(process.pid), folder }), {
    mode: 0o600,
  })
  let isUp = true
  const down = (): void => {
    if (!isUp) return
    isUp = false
    remove(namespaces())
    rmSync(folder, { recursive: true, force: true })
    rmSync(OWNER, { force: true })
  }
  const named = (party: string): string => `${PREFIX}${party.toLowerCase()}`
  const wire = named('wire')
  const sockets = named('vxlan')
  try {
    const all = [wire, sockets, named('P'), ...members.map(named)]
    for (const name of all) {
      ip('netns', 'add', name)
      ip('-n', name, 'link', 'set', 'lo', 'up')
    }
    ip(
      '-n',
      wire,
      'link',
      'add',
      'up0',
      'mtu',
      '9000',
      'type',
      'veth',
      'peer',
      'name',
      'up0',
      'netns',
      sockets,
    )
    for (const [name, address] of [
      [wire, WIRE],
      [sockets, SOCKETS],
    ] as const) {
      ip('-n', name, 'addr', 'add', `${address}/30`, 'dev', 'up0')
      ip('-n', name, 'link', 'set', 'up0', 'mtu', '9000', 'up')
    }
    for (const { segment, party, network } of attachmentsOf(members)) {
      const device = `vx${network}`
      const own = segment === 'net' ? 'eth0' : 'ha0'
      ip(
        ...[
          '-n',
          sockets,
          'link',
          'add',
          device,
          'address',
          MAC(network),
          'type',
          'vxlan',
          'id',
          String(network),
        ],
        ...['local', SOCKETS, 'remote', WIRE, 'dstport', String(VXLAN_PORT), 'nolearning'],
      )
      ip('-n', sockets, 'link', 'set', device, 'netns', named(party), 'name', own)
      ip('-n', named(party), 'link', 'set', own, 'addrgenmode', 'none')
      ip('-n', named(party), 'link', 'set', own, 'mtu', '1500', 'up')
    }
  } catch (error) {
    down()
    throw error
  }
  const place = (party: string): Place => ({
    namespace: named(party),
    net: 'eth0',
    ...(party !== 'P' && { synch: 'ha0' }),
  })
  return {
    facts: {
      kind: 'netns',
      parties: Object.fromEntries(['P', ...members].map((party) => [party, place(party)])),
      folder,
    },
    address: WIRE,
    port: VXLAN_PORT,
    remote: SOCKETS,
    within: ['ip', 'netns', 'exec', wire],
    down,
  }
}

/** Where the gateways attach themselves by VXLAN: nothing is made. `remote`: where those are that say nothing first. */
export const vxlanLab = (
  members: readonly string[],
  folder: string,
  { address, port, remote }: { readonly address: string; readonly port: number; readonly remote: string },
): Lab => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const networks = Object.fromEntries(
    attachmentsOf(members).map(({ segment, party, network }) => [`${segment} ${party}`, network]),
  )
  return {
    facts: { kind: 'vxlan', address, port, networks, folder },
    address,
    port,
    remote,
    within: [],
    down: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A file in the folder of a lab. */
export const inLab = ({ facts }: Lab, name: string): string => join(facts.folder, name)

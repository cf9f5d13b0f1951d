/**
 * Drives two strongSwan gateways that share their SAs by the `ha` plugin, and a peer, in a lab of network namespaces. The
 * peer is a third strongSwan, or with the argument `libreswan` or `libreswan=FOLDER` another implementation. ESP of
 * strongSwan is done in user space (kernel-libipsec), in UDP: not every kernel has ESP.
 */

import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DriverRequest, Sas, Started, StartRequest } from '../../../drill/protocol.ts'
import {
  CLUSTER,
  daemons,
  endDaemon,
  folderOf,
  inside,
  ip,
  launch,
  needCommands,
  PEER,
  placeOf,
  places,
  run,
  SPARE,
  usePlaces,
} from './daemons.ts'
import { libreswanAt, type OtherPeer } from './libreswan.ts'
import { DriverFault, serve } from './serve.ts'

const OWN: Readonly<Record<string, string>> = { A: '192.168.0.11', B: '192.168.0.12' }
const SYNCH: Readonly<Record<string, string>> = { A: '172.16.0.1', B: '172.16.0.2' }

/** The second byte of a message of the plugin says what it is about. */
const HA_PORT = 4510
const HA_KINDS = {
  1: 'sas',
  2: 'sas',
  3: 'next-request',
  4: 'expected-request',
  5: 'sas',
  6: 'sas',
  7: 'sas',
  8: 'other',
  9: 'other',
  10: 'other',
  11: 'other',
  12: 'sas',
}

const charonConf = (folder: string, member: string | undefined): string => `charon-systemd {
  load = random nonce openssl kdf ${member ? 'ha ' : ''}kernel-libipsec kernel-netlink socket-default vici
  install_routes = no
  retransmit_timeout = 0.5
  retransmit_base = 1.5
  retransmit_tries = 5
  half_open_timeout = 30
  plugins {
    vici { socket = unix://${folder}/vici }
${
  member
    ? `    ha {
      local = ${SYNCH[member]}
      remote = ${SYNCH[member === 'A' ? 'B' : 'A']}
      segment_count = 1
      fifo_interface = yes
      monitor = no
      resync = no
    }
`
    : ''
}  }
  filelog { f { path = ${folder}/log
      default = 1
      ike = 2
      cfg = 1
      time_format = %T
      time_add_ms = yes
      flush_line = yes } }
}
`

/** `mobike = no`, or the daemon spends message IDs of its own. */
const swanctlConf = (isPeer: boolean): string => {
  const [local, remote] = isPeer ? [PEER, CLUSTER] : [CLUSTER, PEER]
  const [ours, theirs] = isPeer ? ['10.2', '10.1'] : ['10.1', '10.2']
  const child = (name: string, net: number): string => `${name} { local_ts = ${ours}.${net}.0/24
      remote_ts = ${theirs}.${net}.0/24
      rekey_time = 0
      esp_proposals = aes128gcm16 }`
  return `connections { gw { version = 2
  local_addrs = ${local}
  remote_addrs = ${remote}
  proposals = aes128gcm16-prfsha256-x25519
  mobike = no
  dpd_delay = 0
  local { auth = psk
    id = ${isPeer ? 'peer' : 'cluster'} }
  remote { auth = psk
    id = ${isPeer ? 'cluster' : 'peer'} }
  children { ${child('net', 0)}
${Array.from({ length: SPARE }, (_, i) => child(`x${i + 1}`, i + 1)).join('\n')} } } }
secrets { ike { id1 = cluster
  id2 = peer
  secret = throw-away } }
`
}

/** By party: child SAs that it was asked for. */
const asked = new Map<string, number>()
/** The peer, where it is not strongSwan. */
let other: OtherPeer | undefined

const swanctl = (party: string, args: readonly string[], ms?: number): Promise<string> =>
  run('swanctl', [...args, '--uri', `unix://${folderOf(party)}/vici`], ms)

/** Starts a daemon and gives it its connections. */
const startDaemon = async (party: string): Promise<void> => {
  if (party === 'P' && other) return other.start()
  const own = folderOf(party)
  await launch(party, {
    name: 'charon-systemd',
    files: {
      'strongswan.conf': charonConf(own, party === 'P' ? undefined : party),
      'swanctl.conf': swanctlConf(party === 'P'),
    },
    script: 'exec charon-systemd',
    env: { STRONGSWAN_CONF: join(own, 'strongswan.conf') },
    ready: 'vici',
  })
  const conf = ['--file', join(own, 'swanctl.conf')]
  await swanctl(party, ['--load-creds', ...conf])
  const loaded = await swanctl(party, ['--load-conns', ...conf])
  if (!/successfully loaded 1 connections/.test(loaded))
    throw new DriverFault(
      `The connections of ${party} cannot be loaded: ${loaded.trim().split('\n').at(-1)}.`,
    )
  const [route, source] = party === 'P' ? ['10.1.0.0/16', '10.2.0.1'] : ['10.2.0.0/16', '10.1.0.1']
  ip(party, 'route', 'replace', route, 'dev', 'ipsec0', 'src', source)
}

const haveAddress = async (member: string): Promise<void> => {
  ip(member, 'addr', 'replace', `${CLUSTER}/24`, 'dev', placeOf(member).net)
  // It waits a second for answers that nobody gives.
  void run('ip', inside(member, 'arping', '-q', '-U', '-c', '1', '-I', placeOf(member).net, CLUSTER))
  await sleep(50)
}

const loseAddress = (member: string): void => {
  try {
    ip(member, 'addr', 'del', `${CLUSTER}/24`, 'dev', placeOf(member).net)
  } catch {
    // It has not got it.
  }
}

/** `+1` or `-1`: the member serves the one segment that there is, or serves it no more. */
const segment = async (member: string, order: string): Promise<void> => {
  const pipe = join(folderOf(member), 'run/charon.ha')
  // Between two orders the daemon does not read.
  for (let i = 0; i < 100; i++) {
    try {
      const fd = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
      writeSync(fd, `${order}\n`)
      closeSync(fd)
      return
    } catch {
      await sleep(20)
    }
  }
  throw new DriverFault(`Member ${member} takes no order of the ha plugin: nobody reads ${pipe}.`)
}

const sasOf = async (party: string): Promise<Sas> => {
  if (!daemons.has(party)) return { up: false, ike: [], children: [] }
  if (party === 'P' && other) return other.sas()
  const text = await swanctl(party, ['--list-sas'], 4000)
  const ike = [...text.matchAll(/^gw: #\d+, (\w+), IKEv2, ([0-9a-f]{16})_i\*? ([0-9a-f]{16})_r/gm)]
  const spis = [...text.matchAll(/^ +(in|out) +([0-9a-f]{8})/gm)]
  const children: { in: string; out: string }[] = []
  for (let i = 0; i + 1 < spis.length; i += 2) children.push({ in: spis[i]![2]!, out: spis[i + 1]![2]! })
  return { up: true, ike: ike.map(([, , initiator, responder]) => `${initiator}..${responder}`), children }
}

const start = async ({ lab, members, standbyKnows }: StartRequest): Promise<Started> => {
  if (lab.kind !== 'netns') throw new DriverFault('This pair runs in the lab netns only.', true)
  if (members.length > 2)
    throw new DriverFault(`The ha plugin knows two members, and the trace has ${members.length}.`, true)
  await needCommands({
    swanctl: 'strongswan-swanctl',
    'charon-systemd': 'charon-systemd',
    arping: 'iputils-arping',
    ping: 'iputils-ping',
  })
  usePlaces(lab)
  const [wanted, ...more] = process.argv.slice(2)
  if (more.length > 0 || (wanted !== undefined && !/^libreswan(=|$)/.test(wanted)))
    throw new DriverFault(
      `The driver strongswan-ha takes libreswan or libreswan=FOLDER, which say who the peer is; it was given '${process.argv.slice(2).join(' ')}'.`,
    )
  other = wanted === undefined ? undefined : await libreswanAt(wanted.slice('libreswan='.length) || '/')
  ip('P', 'addr', 'add', `${PEER}/24`, 'dev', placeOf('P').net)
  for (const member of members) {
    ip(member, 'addr', 'add', `${OWN[member]}/24`, 'dev', placeOf(member).net)
    ip(member, 'addr', 'add', `${SYNCH[member]}/30`, 'dev', placeOf(member).synch!)
  }
  for (const party of places.keys())
    for (let net = 0; net <= SPARE; net++)
      ip(party, 'addr', 'add', `10.${party === 'P' ? 2 : 1}.${net}.1/24`, 'dev', 'lo')
  await haveAddress('A')
  await Promise.all([...places.keys()].map(startDaemon))
  await segment('A', '+1')
  const said = await swanctl('A', ['--initiate', '--child', 'net', '--timeout', '5'])
  if (!/initiate completed successfully/.test(said))
    throw new DriverFault(`The IKE SA cannot be set up: ${said.trim().split('\n').at(-1)}.`)
  const waits = standbyKnows ? members : []
  for (let i = 0; ; i++) {
    const known = await Promise.all(waits.map(sasOf))
    if (known.every(({ children }) => children.length > 0)) break
    if (i > 40) throw new DriverFault('The standby has not been told of the SAs within 4 s.')
    await sleep(100)
  }
  const version = /strongSwan [\w.-]+/.exec(await run('swanctl', ['--version']))?.[0] ?? 'strongSwan'
  return {
    gateways: `${version}, two gateways with the ha plugin, and ${other ? `as their peer ${other.about}` : 'a third as their peer'}`,
    synch: [{ udpPort: HA_PORT, byte: 1, kinds: HA_KINDS }],
    ...(other?.withEsp === false && { silent: ['P'] }),
  }
}

/**
 * The next child SA that a party is asked for. Members begin with the same: what an answer to one of them selects is then
 * what the other asked for as well. The peer begins in the middle.
 */
const nextChild = (at: string): string => {
  const count = (asked.get(at) ?? 0) + 1
  const most = SPARE / 2
  if (count > most) throw new DriverFault(`${at} has ${most} child SAs to ask for, and all were.`)
  asked.set(at, count)
  return `x${at === 'P' ? most + count : count}`
}

/** What is done for an exchange; liveness checks come by a timer only. */
const ask = async (at: string, exchange: string): Promise<object> => {
  const orders: Readonly<Record<string, readonly string[]>> = {
    rekeyChild: ['--rekey', '--child', 'net'],
    deleteChild: ['--terminate', '--child', 'net', '--timeout', '20'],
    rekeyIke: ['--rekey', '--ike', 'gw'],
    deleteIke: ['--terminate', '--ike', 'gw', '--timeout', '20'],
  }
  if (at === 'P' && other) return other.ask(exchange, () => nextChild(at))
  const isCreated = exchange === 'createChild' || exchange === 'liveness'
  const order = isCreated ? ['--initiate', '--child', nextChild(at), '--timeout', '20'] : orders[exchange]
  if (!order) throw new DriverFault(`This pair does not start the exchange ${exchange} when asked.`, true)
  void swanctl(at, order, 25_000)
  return exchange === 'liveness' ? { as: 'createChild' } : {}
}

const packets = async (from: string, count: number): Promise<object> => {
  if (from === 'P' && other?.withEsp === false)
    throw new DriverFault('The peer needs ESP of the kernel, and this one has no ESP with AES-GCM.', true)
  const [source, target] = from === 'P' ? ['10.2.0.1', '10.1.0.1'] : ['10.1.0.1', '10.2.0.1']
  const said = await run(
    'ip',
    inside(from, 'ping', '-q', '-i', '0.05', '-W', '1', '-c', String(count), '-I', source, target),
  )
  return { answered: Number(/(\d+) received/.exec(said)?.[1] ?? 0) }
}

const verbs = async (request: Exclude<DriverRequest, StartRequest>): Promise<object | undefined> => {
  switch (request.verb) {
    case 'ask':
      return ask(request.at, request.exchange)
    case 'packets':
      return packets(request.from, request.count)
    case 'crash':
      endDaemon(request.member)
      loseAddress(request.member)
      return {}
    case 'takeover':
      await haveAddress(request.member)
      await segment(request.member, '+1')
      await sleep(100)
      return {}
    case 'handover':
      await segment(request.member, '-1')
      loseAddress(request.member)
      await haveAddress(request.to)
      await segment(request.to, '+1')
      await sleep(100)
      return {}
    case 'return':
      await startDaemon(request.member)
      return {}
    case 'sas':
      return sasOf(request.at)
  }
}

serve({
  start,
  serve: verbs,
  end() {
    for (const party of [...daemons.keys()]) endDaemon(party)
  },
})

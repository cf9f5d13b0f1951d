/** libreswan as the peer: another implementation's reading of RFC 7296. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sas } from '../../../drill/protocol.ts'
import { CLUSTER, folderOf, ip, launch, needCommands, PEER, placeOf, run, SPARE } from './daemons.ts'
import { DriverFault } from './serve.ts'

/** A peer that is no strongSwan. */
export interface OtherPeer {
  /** In a few words. */
  readonly about: string
  /** Whether it sends and receives packets. */
  readonly withEsp: boolean
  start(): Promise<void>
  /** `nextChild` chooses a child SA. */
  ask(exchange: string, nextChild: () => string): Promise<object>
  sas(): Promise<Sas>
}

/** Where the daemon looks for its other programs. */
const PROGRAMS = 'usr/libexec/ipsec'

/** `mobike=no` and `dpddelay=0`, or the daemon spends message IDs of its own. */
const ipsecConf = `config setup
  listen=${PEER}
  uniqueids=no

conn base
  left=${PEER}
  leftid=@peer
  right=${CLUSTER}
  rightid=@cluster
  authby=secret
  ikev2=insist
  ike=aes_gcm128-sha2_256;dh31
  esp=aes_gcm128
  esn=no
  pfs=no
  encapsulation=yes
  nat-keepalive=no
  mobike=no
  dpddelay=0
  rekey=no
  keyingtries=1
  retransmit-interval=500
  retransmit-timeout=8s
  leftupdown=/bin/true
${Array.from(
  { length: SPARE + 1 },
  (_, net) => `
conn ${net === 0 ? 'net' : `x${net}`}
  also=base
  leftsubnet=10.2.${net}.0/24
  rightsubnet=10.1.${net}.0/24
  auto=add
`,
).join('')}`

/**
 * Some kernels have no ESP, and this daemon does none itself. It is then told by this library that its SAs are in the
 * kernel: a request to add, change or delete one becomes one that does nothing. IKE goes on as it is.
 */
const WITHOUT_ESP = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size) {
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  int domain = -1, protocol = -1;
  socklen_t one = sizeof domain, two = sizeof protocol;
  char copy[65536];
  if (size < sizeof(struct nlmsghdr) || size > sizeof copy ||
      getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &one) != 0 || domain != AF_NETLINK ||
      getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &two) != 0 || protocol != NETLINK_XFRM)
    return real(fd, data, size);
  memcpy(copy, data, size);
  struct nlmsghdr *header = (struct nlmsghdr *)copy;
  if (header->nlmsg_type == XFRM_MSG_NEWSA || header->nlmsg_type == XFRM_MSG_UPDSA ||
      header->nlmsg_type == XFRM_MSG_DELSA)
    header->nlmsg_type = NLMSG_NOOP;
  return real(fd, copy, size);
}
`

/** Whether the kernel does ESP as it is configured here. */
const hasEsp = (): boolean => {
  const sa = ['src', PEER, 'dst', CLUSTER, 'proto', 'esp', 'spi', '0x100']
  const key = `0x${'01'.repeat(20)}`
  try {
    ip('P', 'xfrm', 'state', 'add', ...sa, 'mode', 'tunnel', 'aead', 'rfc4106(gcm(aes))', key, '128')
    ip('P', 'xfrm', 'state', 'delete', ...sa)
    return true
  } catch {
    return false
  }
}

/** The states of the daemon, as it lists them: `1` is an IKE SA, `2` a child SA. */
const CHILD = /^(?:000 )?#(\d+): "(\w+)".*? esp\.([0-9a-f]+)@[\d.]+ esp\.([0-9a-f]+)@/gm
const IKE = /^(?:000 )?#(\d+): "\w+".*?ESTABLISHED_IKE_SA/gm

/** The daemon leaves zeros at the beginning out. */
const spi = (digits = ''): string => digits.padStart(8, '0')

/** libreswan of a folder in which its package is unpacked, or of `/`. Throws `DriverFault`. */
export const libreswanAt = async (root: string): Promise<OtherPeer> => {
  const programs = join(root, PROGRAMS)
  if (!existsSync(join(programs, 'pluto')))
    throw new DriverFault(
      `There is no libreswan: ${join(programs, 'pluto')} is missing. Debian has it in the package libreswan.`,
    )
  const withEsp = hasEsp()
  await needCommands({ certutil: 'libnss3-tools', ...(!withEsp && { cc: 'gcc' }) })
  const own = folderOf('P')
  const whack = (...args: readonly string[]): Promise<string> =>
    run(join(programs, 'whack'), ['--ctlsocket', join(own, 'pluto.ctl'), ...args])
  const states = (): Promise<string> => whack('--showstates')
  /** The number of the first IKE SA or child SA. */
  const first = async (kind: RegExp): Promise<string> => {
    const number = [...(await states()).matchAll(kind)][0]?.[1]
    if (number === undefined) throw new DriverFault('The peer has no such SA any more.')
    return number
  }
  const version =
    /Libreswan [\w.]+/.exec(await run(join(programs, 'pluto'), ['--version']))?.[0] ?? 'Libreswan'
  return {
    about: `${version}${withEsp ? '' : ', without ESP, which this kernel does not have'}`,
    withEsp,
    async start() {
      // Its programs are found at one place only, which a mount of its own makes.
      const programsThere =
        root === '/'
          ? ''
          : `mount -t tmpfs none /usr/libexec && mkdir /${PROGRAMS} && mount --bind "${programs}" /${PROGRAMS} && `
      const preload = withEsp ? '' : 'cc -shared -fPIC -o "$1/without-esp.so" "$1/without-esp.c" && '
      await launch('P', {
        name: 'pluto',
        files: {
          'ipsec.conf': ipsecConf,
          secrets: '@cluster @peer : PSK "throw-away"\n',
          'without-esp.c': WITHOUT_ESP,
        },
        script: `${preload}${programsThere}mkdir "$1/nss" && certutil -N -d "sql:$1/nss" --empty-password && ${
          withEsp ? '' : 'export LD_PRELOAD="$1/without-esp.so" && '
        }exec /${PROGRAMS}/pluto --nofork --config "$1/ipsec.conf" --rundir "$1" --nssdir "$1/nss" --secretsfile "$1/secrets" --logfile "$1/log" --no-dnssec`,
        ready: 'pluto.ctl',
      })
      for (let i = 0; !(await whack('--status')).includes(`loaded ${SPARE + 1}`); i++) {
        if (i > 100) throw new DriverFault(`The peer has not loaded its connections; its log is ${own}/log.`)
        await sleep(50)
      }
      ip('P', 'route', 'replace', '10.1.0.0/16', 'via', CLUSTER, 'dev', placeOf('P').net, 'src', '10.2.0.1')
    },
    async ask(exchange, nextChild) {
      switch (exchange) {
        case 'createChild':
          void whack('--initiate', '--asynchronous', '--name', nextChild())
          return {}
        case 'liveness':
          void whack('--impair', `initiate-v2-liveness:${await first(IKE)}`)
          return {}
        case 'rekeyChild':
        case 'rekeyIke':
          void whack(
            exchange === 'rekeyIke' ? '--rekey-ike' : '--rekey-ipsec',
            '--asynchronous',
            '--name',
            'net',
          )
          return {}
        case 'deleteChild':
        case 'deleteIke':
          void whack('--deletestate', await first(exchange === 'deleteIke' ? IKE : CHILD))
          return {}
        default:
          throw new DriverFault(`libreswan does not start the exchange ${exchange} when asked.`, true)
      }
    },
    async sas() {
      const text = await states()
      return {
        up: true,
        ike: [...text.matchAll(IKE)].map(([, number]) => `#${number}`),
        // Each is listed as the daemon sends, then as it receives.
        children: [...text.matchAll(CHILD)].map(([, , , out, into]) => ({ in: spi(into), out: spi(out) })),
      }
    },
  }
}

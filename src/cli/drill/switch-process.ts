/**
 * The wire as a process of its own, since in a lab it runs in a network namespace: frames come and go in VXLAN, orders
 * over standard input and output. It ends with its standard input.
 */
import { createSocket } from 'node:dgram'
import { appendFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pcapFrame, pcapHead } from '../../drill/pcap.ts'
import { CAPTURES, Switch } from '../../drill/switch.ts'
import { type Attachment, decapsulated, encapsulated } from '../../drill/vxlan.ts'
import { called } from '../../drill/wire.ts'

/** The one argument, as JSON. */
export interface SwitchSettings {
  readonly address: string
  readonly port: number
  /** Where an attachment is sent to before anything came from it. */
  readonly remote: string
  readonly attachments: readonly Attachment[]
  /** By capture: the file. */
  readonly captures: Readonly<Record<(typeof CAPTURES)[number], string>>
}

const settings = JSON.parse(process.argv[2] ?? '{}') as SwitchSettings
const { attachments, captures, address, port, remote } = settings
const now = (): number => (performance.timeOrigin + performance.now()) / 1000
const reached = new Map<number, string>()
const socket = createSocket('udp4')
for (const name of CAPTURES) writeFileSync(captures[name], pcapHead())

const wire = new Switch(
  {
    send(segment, party, frame) {
      const found = attachments.find((one) => one.segment === segment && one.party === party)
      if (!found) return
      socket.send(encapsulated(found.network, frame), port, reached.get(found.network) ?? remote)
    },
    record: (capture, frame) => appendFileSync(captures[capture], pcapFrame(now(), frame)),
  },
  now,
)

socket.on('message', (datagram, from) => {
  const inner = decapsulated(datagram)
  const found = attachments.find(({ network }) => network === inner?.network)
  if (!inner || !found) return
  reached.set(found.network, from.address)
  wire.take(found.segment, found.party, inner.frame)
})

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
socket.on('error', (error) => {
  say({ id: 0, error: error.message })
  process.exit(1)
})
socket.bind(port, address, () => say({ id: 0, ok: true }))

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const { id, method, args } = JSON.parse(line) as { id: number; method: string; args: unknown[] }
    try {
      say({ id, ok: true, value: (await called(wire, method, args)) ?? null })
    } catch (error) {
      say({ id, ok: false, error: (error as Error).message })
    }
  })
  .on('close', () => process.exit(0))

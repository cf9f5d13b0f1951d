/**
 * How fast a capture is judged: makes one of so many packets (a million unless the command line says otherwise) on
 * four child SAs, or on so many as it says next, and times `clustercheck capture` on it.
 * `npm run bench:capture -- 1000000 10000`.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contentOf, esp, ethernet, ipv4, pcapHeader, pcapRecord } from './packet-writer.ts'
import { observe } from './peers/measure.ts'

/** Records that are written at once. */
const BATCH = 4096

/** Writes a capture of `packets` frames of 154 bytes, in which a member takes over in the middle with a good jump. */
const write = (path: string, packets: number, sas: number): number => {
  const file = openSync(path, 'w')
  let bytes = writeSync(file, pcapHeader(1))
  let batch: Uint8Array[] = []
  // One record is made; its counters are written over for each frame.
  const content = contentOf(1, 112 - 16)
  for (let i = 0; i < packets; i++) {
    const sa = i % sas
    const late = i >= packets / 2
    const number = Math.floor(i / sas) + 1 + (late ? 10_000 : 0)
    content[0] = i
    content[1] = i >> 8
    content[2] = i >> 16
    const packet = esp(0x10000 + sa, number, [late ? 0x9876 : 0x1234, (number ^ 0x5555) >>> 0], 0, 0)
    const body = new Uint8Array(packet.length + content.length)
    body.set(packet)
    body.set(content, packet.length)
    const mac = late ? '02:00:00:00:00:a2' : '02:00:00:00:00:a1'
    const frame = ethernet(mac, '02:00:00:00:00:0b', ipv4('192.168.0.1', '192.168.0.2', 50, body))
    batch.push(pcapRecord(1_000_000 + i / 10_000, frame))
    if (batch.length === BATCH || i === packets - 1) {
      bytes += writeSync(file, Buffer.concat(batch))
      batch = []
    }
  }
  closeSync(file)
  return bytes
}

const packets = Number(process.argv[2] ?? 1_000_000)
const sas = Number(process.argv[3] ?? 4)
if (![packets, sas].every((count) => Number.isSafeInteger(count) && count >= 1)) {
  console.error(
    `A capture has a whole number of packets and of SAs, at least 1; it was given '${process.argv.slice(2).join(' ')}'.`,
  )
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'clustercheck-capture-'))
try {
  const path = join(folder, 'made.pcap')
  const bytes = write(path, packets, sas)
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url))
  const { output, seconds, cpuSeconds, peakBytes } = await observe(
    process.execPath,
    [main, 'capture', path, '--json'],
    folder,
  )
  const { frames } = JSON.parse(output) as { readonly frames: number }
  const rate = Math.round(frames / seconds).toLocaleString('en')
  console.log(
    `${frames.toLocaleString('en')} packets on ${sas.toLocaleString('en')} SAs, ${Math.round(bytes / 1e6)} MB: ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU), ${rate} packets/s, ${Math.round(peakBytes / 1e6)} MB at the most`,
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** `clustercheck capture`: exit codes, forms of the result, and what is said of input that is no capture. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, folderWith, MAIN } from './under-test.ts'

const FIXTURES = join(import.meta.dirname, '../capture/fixtures')
const pathOf = (name: string): string => join(FIXTURES, name)
let folder: ReturnType<typeof folderWith>
beforeAll(() => {
  folder = folderWith({ 'empty.pcap': '', 'text.pcap': 'hello, world' })
})
afterAll(() => folder.remove())

describe('clustercheck capture', () => {
  it('finds a stale member, tells the story and exits with 1', async () => {
    const { code, stdout, stderr } = await cli(['capture', pathOf('b2-naive-ha.pcap')])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('91 frames in 17.7 s: 74 ESP and AH, 6 IKE, 11 ARP, 0 other')
    expect(stdout).toContain('Takeover at 192.168.0.1 from A to B')
    expect(stdout).toContain('outage 8.150 s')
    expect(stdout).toContain('ESP 0xcfe9d777 to 192.168.0.2: 18 times, first: sequence number 1 of frame 7')
    expect(stdout).toContain('> 9  frame 50, 8.913 s   192.168.0.1 B => 192.168.0.2: ESP 0xcfe9d777 seq 1')
  })

  it.each([
    'a-normal.pcap',
    'a-normal.pcap.gz',
    'a-normal.pcapng',
    'a-normal.nsec.pcap',
    'v4-any-duplicates.pcap',
  ])('exits with 0 for %s, where nothing is wrong', async (name) => {
    const { code, stdout } = await cli(['capture', pathOf(name), '--json'])
    expect(code).toBe(0)
    const { schemaVersion, verdicts } = JSON.parse(stdout)
    expect(schemaVersion).toBe(1)
    expect(
      verdicts.filter(({ verdict }: { verdict: string }) => !['clean', 'vacuous'].includes(verdict)),
    ).toEqual([])
  })

  it('says from which frame on a capture is no behaviour of a scheme, and what would have been', async () => {
    const file = pathOf('d2-doomed-mid-reuse.pcap')
    const explained = await cli(['capture', file, '--scheme', 'synch-sas'])
    expect(explained.code).toBe(0)
    expect(explained.stdout).toContain('7 of 7 messages explained')
    const { code, stdout } = await cli(['capture', file, '--scheme', 'acked-everything', '--json'])
    expect(code).toBe(1)
    const { verdict, ikeSas } = JSON.parse(stdout)
    expect(verdict).toBe('not explained')
    expect(ikeSas[0]).toMatchObject({ explained: 2, firstUnexplained: { frame: 26 } })
    expect(ikeSas[0].allowed[0]).toBe('another member sends request 3 with content of its own')
    expect((await cli(['capture', file, '--scheme', 'acked-everything', '--states', '3'])).code).toBe(4)
  })

  it.each([
    [['--scheme', 'synch-sa'], "No scheme is called 'synch-sa'. Did you mean 'synch-sas'"],
    [['--scheme', 'synch-sas', '--junit', 'x.xml'], '--junit is about violations'],
    [['--states', '5'], '--states needs --scheme'],
  ])('takes %j for wrong usage', async (options, sentence) => {
    const { code, stderr } = await cli(['capture', pathOf('d2-doomed-mid-reuse.pcap'), ...options])
    expect(code).toBe(2)
    expect(stderr).toContain(sentence)
  })

  it.each(['b2-naive-ha.pcap', 'a-normal.pcap.gz'])('reads %s from standard input', async (name) => {
    const input = readFileSync(pathOf(name))
    const { stdout } = spawnSync(process.execPath, [MAIN, 'capture', '-'], { input, encoding: 'utf8' })
    const { stdout: fromFile } = await cli(['capture', pathOf(name)])
    expect(
      stdout
        .replaceAll('capture -', `capture ${pathOf(name)}`)
        .split('\n')
        .slice(1, 20),
    ).toEqual(fromFile.split('\n').slice(1, 20))
  })

  it('counts violations from the failover on', async () => {
    const { code } = await cli(['capture', pathOf('b2-naive-ha.pcap'), '--since-failover', '12.5'])
    expect(code).toBe(0)
  })

  it('draws the first violation', async () => {
    const output = join(folder.path, 'violation.svg')
    const { code } = await cli(['capture', pathOf('d2-doomed-mid-reuse.pcap'), '--output', output])
    expect(code).toBe(1)
    expect(readFileSync(output, 'utf8')).toContain('RequestIdNotReused is violated in frame 26')
    const { stderr } = await cli(['capture', pathOf('a-normal.pcap'), '--output', output])
    expect(stderr).toBe('Nothing is violated, so nothing was drawn.\n')
  })

  it('exits with 4 when a clean capture could not be read to its end, and says so', async () => {
    const whole = readFileSync(pathOf('a-normal.pcap'))
    const cut = join(folder.path, 'cut.pcap')
    writeFileSync(cut, whole.subarray(0, 5000))
    const short = join(folder.path, 'short.pcap.gz')
    writeFileSync(short, readFileSync(pathOf('a-normal.pcap.gz')).subarray(0, 4000))
    for (const path of [cut, short]) {
      const { code, stdout } = await cli(['capture', path])
      expect(code).toBe(4)
      expect(stdout).toContain('NOT READ: 1 record')
    }
  })

  it.each([
    [['empty.pcap'], 'empty.pcap is empty.'],
    [
      ['text.pcap'],
      'text.pcap begins with 68656c6c, which is neither pcap (a1b2c3d4, a1b23c4d) nor pcapng (0a0d0d0a).',
    ],
    [['none.pcap'], 'none.pcap cannot be read: ENOENT: no such file or directory'],
    [['.'], '. cannot be read: EISDIR'],
    [
      ['empty.pcap', '--ike-port', '0'],
      "--ike-port takes UDP ports from 1 to 65535, such as 10500,14500; it was given '0'.",
    ],
    [
      ['empty.pcap', '--since-failover', 'noon'],
      '--since-failover takes seconds after the first frame or a date',
    ],
    [['empty.pcap', '--window', '0'], '--window takes a whole number of at least 1'],
    [['empty.pcap', '--output', 'x.gif'], '--output takes a .svg, .png, .dot or .txt file'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await cli(['capture', ...args], { cwd: folder.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

/** `clustercheck capture`: exit codes, forms of the result, and what is said of input that is no capture. */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf, ethernet, ipv4, pcap, udp } from '../../bench/packet-writer.ts'
import { cli, folderWith, MAIN } from '../testing/under-test.ts'

const FIXTURES = join(import.meta.dirname, '../../capture/fixtures')
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
    expect(stdout).toContain('Takeover at 192.168.0.1, the cluster, from A to B')
    expect(stdout).toContain('outage 8.150 s')
    expect(stdout).toContain('ESP 0xcfe9d777 to 192.168.0.2: 18 times, first: sequence number 1 of frame 7')
    expect(stdout).toContain(
      '> 9  frame 50, 8.913 s   cluster 192.168.0.1 B => peer 192.168.0.2: ESP 0xcfe9d777 seq 1',
    )
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
    expect(explained.stdout).toMatch(/\nexit 0: 1 IKE SA explained by synch-sas\n$/)
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
      expect(stdout).toMatch(/\nexit 4: nothing is violated; 1 record not read\n$/)
    }
  })

  it('follows what comes, and an interrupt gives the verdict on what was read', async () => {
    const bytes = readFileSync(pathOf('b2-naive-ha.pcap'))
    const child = spawn(process.execPath, [MAIN, 'capture', '-', '--follow'], {
      env: { ...process.env, COLUMNS: '80' },
    })
    let stdout = ''
    const told = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
        if (stdout.includes('frame 50  SEQ-1')) resolve()
      })
    })
    const closed = new Promise<number | null>((resolve) => void child.on('close', resolve))
    // All but the last records, and a part of one: the writer goes on, and then the reader is interrupted.
    child.stdin.write(bytes.subarray(0, bytes.length - 1000))
    await told
    child.kill('SIGINT')
    expect(await closed).toBe(1)
    const takeover =
      'frame 45  Takeover at 192.168.0.1, the cluster, from A to B; the address: silent from frame 42 to'
    expect(stdout.replaceAll(/\n {4}/g, ' ').split(takeover)).toHaveLength(2)
    expect(stdout).toContain('8.913 s  frame 50  SEQ-1 ESP 0xcfe9d777 to 192.168.0.2: sequence number 1 of')
    expect(stdout).toContain('interrupted: verdicts speak of what was read until then')
    expect(stdout).not.toContain('NOT READ')
    expect(stdout).toContain('SEQ-1   violated')
  })

  it('says of two captures of one event that their time stamps alone put them in order', async () => {
    const path = pathOf('b2-naive-ha.pcap')
    const { code, stdout } = await cli(['capture', path, path])
    const words = stdout.replaceAll(/\s+/g, ' ')
    expect(code).toBe(1)
    expect(words).toContain('in the order of their time stamps, and nothing aligns their clocks')
    expect(words).toContain('capture 2 shows the middle one 0.0 ms after capture 1')
  })

  it('follows with --json on standard error, so that the result is one document', async () => {
    const { code, stdout, stderr } = await cli(['capture', pathOf('b2-naive-ha.pcap'), '--follow', '--json'])
    expect(code).toBe(1)
    expect(stderr).toContain('frame 50  SEQ-1')
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: false, unopened: {} })
  })

  it('leaves out what is known, and says what is known no more', async () => {
    const file = pathOf('b2-naive-ha.pcap')
    const known = await cli(['capture', file, '--expect', 'SEQ-1@0xcfe9d777,MID-1'])
    expect(known).toMatchObject({ code: 0, stderr: 'MID-1 was expected, and was not found.\n' })
    expect(known.stdout).toContain('SEQ-1   as expected  expected: ESP 0xcfe9d777')
    expect(known.stdout).toMatch(/\n\nexit 0: 1 violated, as expected; 1 sign, no violation: SEQ-2o\n$/)
    expect((await cli(['capture', file, '--expect', 'SEQ-1@cfe9d777'])).code).toBe(0)
    expect((await cli(['capture', file, '--expect', 'SEQ-1'])).code).toBe(0)
    expect((await cli(['capture', file, '--expect', 'SEQ-1@0x1234'])).code).toBe(1)
    const ike = pathOf('d2-doomed-mid-reuse.pcap')
    const spi = JSON.parse((await cli(['capture', ike, '--json'])).stdout).ikeSas.at(-1).initiatorSpi
    expect((await cli(['capture', ike, '--expect', `MID-1@${spi},LIV-1c@0x${spi}`])).code).toBe(0)
  })

  it('says what to do, in lines that fit the terminal', async () => {
    for (const columns of [80, 120])
      for (const name of ['b2-naive-ha.pcap', 'd2-doomed-mid-reuse.pcap', 'e1-both-active-manual.pcap']) {
        const { stdout } = await cli(['capture', name], { cwd: FIXTURES, columns })
        expect(stdout.split('\n').filter(({ length }) => length > columns)).toEqual([])
        expect(stdout).toContain('What to do: ')
        expect(stdout.replaceAll('\n', ' ')).toMatch(
          / {2}exit 1: \d violated: .*; with `--expect [A-Z0-9c,-]+` this is 0 $/,
        )
        expect(stdout).not.toContain('No action is enabled')
      }
  })

  it('colours verdicts where that is asked for, and changes no word', async () => {
    const args = ['capture', pathOf('b2-naive-ha.pcap')]
    const { stdout } = await cli(args, { env: { FORCE_COLOR: '1' } })
    expect(stdout).toContain('\x1b[1;31mviolated\x1b[0m')
    expect(stdout).toContain('\n\x1b[1;31mexit 1\x1b[0m: ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken away.
    expect(stdout.replaceAll(/\x1b\[[\d;]*m/g, '')).toBe((await cli(args)).stdout)
  })

  it('exits with 4 where nothing could be judged since it could not be opened, and names that', async () => {
    const frame = ethernet(
      '02:00:00:00:00:a1',
      '02:00:00:00:00:0b',
      ipv4('10.0.0.1', '10.0.0.2', 17, udp(1, 1701, contentOf(1, 40))),
    )
    const sealed = join(folder.path, 'sealed.pcap')
    writeFileSync(sealed, pcap(1, [frame, frame]))
    expect(await cli(['capture', sealed])).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('NOT OPENED: 2 L2TP; IKE or ESP inside was not judged'),
    })
    const malformed = join(folder.path, 'malformed.pcap')
    writeFileSync(malformed, pcap(1, [frame.subarray(0, 20), frame.subarray(0, 9)]))
    expect(await cli(['capture', malformed])).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(
        /NOTHING JUDGED(.*\n)*exit 4: no IKE and no ESP was found, and something was not opened\n$/,
      ),
    })
    const plain = join(folder.path, 'plain.pcap')
    writeFileSync(
      plain,
      pcap(1, [
        ethernet('02:00:00:00:00:a1', '02:00:00:00:00:0b', ipv4('10.0.0.1', '10.0.0.2', 1, contentOf(1, 40))),
      ]),
    )
    expect(await cli(['capture', plain])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /NOTHING JUDGED(.*\n)*exit 0: no IKE and no ESP was found, so nothing was judged\n$/,
      ),
    })
  })

  it('reads gzip whatever stands behind it', async () => {
    const path = join(folder.path, 'behind.pcap.gz')
    writeFileSync(path, Buffer.concat([readFileSync(pathOf('a-normal.pcap.gz')), Buffer.from('behind')]))
    expect((await cli(['capture', path])).code).toBe(0)
  })

  it('takes a table of keys as it is, and warns of the lines that give none', async () => {
    const keys = join(folder.path, 'ikev2_decryption_table')
    writeFileSync(
      keys,
      '# This file is automatically generated, DO NOT MODIFY.\n0102,03,04,05,"x",06,07,"y"\n',
    )
    const { code, stderr } = await cli(['capture', pathOf('a-normal.pcap'), '--ikev2-keys', keys])
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${keys}: line 2 has an SPI of 2 octets; those of IKE have 8; it is left out.\n`,
    })
  })

  it('writes a page', async () => {
    const html = join(folder.path, 'page.html')
    expect((await cli(['capture', pathOf('b2-naive-ha.pcap'), '--html', html])).code).toBe(1)
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Sequence numbers over time/)
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
    [
      ['empty.pcap', '--expect', 'SEQ-1@spi'],
      "--expect takes labels of properties, each with an SPI or for every SA, such as SEQ-1@0xcfe9d777,MID-1; it was given 'SEQ-1@spi'.",
    ],
    [
      ['empty.pcap', '--config', 'x.json'],
      '--config lists what to judge, and empty.pcap says it too; only one can.',
    ],
    [['empty.pcap', '--ikev2-keys', 'none'], 'none cannot be read: ENOENT'],
    [[], 'capture was given no FILE, and there is no clustercheck.config.ts'],
    [['--follow'], '--follow is for one FILE, and none was named.'],
    [['empty.pcap', '--output', 'x.gif'], '--output takes a .svg, .png, .dot or .txt file'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await cli(['capture', ...args], { cwd: folder.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe('captures of a file of expectations', () => {
  const B2 = 'b2-naive-ha.pcap'
  const with_ = (captures: unknown, more = {}) => {
    const made = folderWith({ 'clustercheck.config.json': JSON.stringify({ captures, ...more }) })
    for (const name of [B2, 'a-normal.pcap']) writeFileSync(join(made.path, name), readFileSync(pathOf(name)))
    return made
  }
  const run = async (captures: unknown, args: readonly string[] = [], more = {}) => {
    const made = with_(captures, more)
    const finished = await cli(['capture', ...args], { cwd: made.path })
    made.remove()
    return finished
  }

  it('are as expected, with the reason', async () => {
    const known = { verdict: 'violated', reason: 'until the next version' }
    const { code, stdout } = await run([
      { capture: B2, expect: { 'SEQ-1@0xcfe9d777': known, 'MID-1': 'clean', 'SEQ-2o': 'sign' } },
      { capture: 'a-normal.pcap' },
    ])
    expect(code).toBe(0)
    expect(stdout).toContain('  SEQ-1@0xcfe9d777  violated, as declared: until the next version\n')
    expect(stdout).toMatch(/^exit 0: 3 verdicts on 2 captures, as expected$/m)
  })

  it.each<[string, object, string]>([
    ['a violation that nobody declares', {}, '* SEQ-1: violated, and nothing is declared of it'],
    ['one on another SA', { 'SEQ-1@0x1234': 'violated' }, '* SEQ-1@0x1234: clean, declared violated'],
    ['one that is gone', { 'SEQ-1': 'violated', 'MID-1': 'violated' }, '* MID-1: clean, declared violated'],
    ['one that should be gone', { 'SEQ-1@cfe9d777': 'clean' }, '* SEQ-1@cfe9d777: violated, declared clean'],
  ])('differ by %s', async (_, expected, line) => {
    const { code, stdout } = await run([{ capture: B2, expect: expected }])
    expect(code).toBe(1)
    expect(stdout).toContain(line)
    expect(stdout).toMatch(/\nexit 1: 1 of 1 capture not as expected\n$/)
    const json = JSON.parse((await run([{ capture: B2, expect: expected }], ['--json'])).stdout)
    expect(json).toMatchObject({
      command: 'capture',
      outcome: 'unexpected',
      captures: [{ file: B2, frames: 91 }],
    })
  })

  it('count from a failover on', async () => {
    expect((await run([{ capture: B2, sinceFailover: 12.5 }])).code).toBe(0)
  })

  it.each<[string, unknown, string]>([
    [
      'a property',
      [{ capture: B2, expect: { 'SEQ-9': 'clean' } }],
      "No property of b2-naive-ha.pcap is called 'SEQ-9'",
    ],
    [
      'a verdict',
      [{ capture: B2, expect: { 'SEQ-1': 'holds' } }],
      "is 'holds'; it must be one of violated, undecided, sign",
    ],
    ['a file', [{ capture: 'none.pcap' }], 'none.pcap cannot be read: ENOENT'],
    [
      'an SPI',
      [{ capture: B2, expect: { 'SEQ-1@x': 'clean' } }],
      "'SEQ-1@x' is no label of a property with an SPI",
    ],
  ])('are refused when they name %s that there is not', async (_, captures, sentence) => {
    const { code, stderr } = await run(captures)
    expect(code).toBe(2)
    expect(stderr).toContain(sentence)
  })

  it('are not what check judges', async () => {
    const made = with_([{ capture: B2 }])
    const { code, stderr } = await cli(['check'], { cwd: made.path })
    made.remove()
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lists captures only; clustercheck capture judges them'),
    })
  })
})

/**
 * Drills by the built program: plans, gateways that are a model, drivers that misbehave, and, where root and the packages
 * are there, a strongSwan pair. `CLUSTERCHECK_DRILL=all` drives every counterexample of three schemes on the model.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'
import { SCHEMAS } from './schema.ts'

/** Of the list of counterexamples, that of a scheme and a property. */
const tokenOf = (scheme: string, label: string): string => {
  const list = readFileSync(join(import.meta.dirname, '../../../counterexamples/README.md'), 'utf8')
  return list.match(new RegExp(`cc1:${scheme}:[^:]+:${label}:[^\`]+`))![0]
}
const MID_1 = tokenOf('told-before', 'MID-1')

const ajv = new Ajv({ strict: true, allErrors: true, strictRequired: false })
const isValid = (name: string, text: string): unknown => {
  const valid = ajv.compile(SCHEMAS[name]!)
  return valid(JSON.parse(text)) ? [] : valid.errors
}

const { path, remove } = folderWith({
  'silent.mjs': 'process.stdin.resume()',
  'talks.mjs': 'process.stdin.once("data", () => console.log("hello"))',
  'dies.mjs': 'console.error("no licence"); process.exit(3)',
  'refuses.mjs': `import { createInterface } from 'node:readline'
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id } = JSON.parse(line)
  console.log(JSON.stringify({ id, ok: false, cannot: process.argv[2] === 'cannot', error: 'These gateways are on holiday.' }))
})`,
  'other.mjs': 'process.stdin.once("data", () => console.log(JSON.stringify({ id: 77, ok: true })))',
  'counter.mjs': `import { actionsOn, always, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 1) })
export default model('Counter', { state, actions: [actionsOn()('Step', { guard: (s) => s.n < 1, effect: (d) => { d.n = 1 } })],
  properties: [always('Zero', { holds: (s) => s.n === 0 })] })`,
})
afterAll(remove)
const run = (...args: readonly string[]) => cli(['drill', ...args], { cwd: path, columns: 100 })

describe('a plan', () => {
  it('has one operation a line, and is JSON of its schema', async () => {
    const { code, stdout } = await run(MID_1, '--plan')
    expect(code).toBe(0)
    expect(stdout).toContain('told-before, MID-1: 8 operations, nothing is left out')
    expect(stdout).toMatch(/^ {2}1 {2}ask {6}member A starts createChild$/m)
    const json = await run(MID_1, '--plan', '--json')
    expect(isValid('plan', json.stdout)).toEqual([])
  })

  it('says what cannot be driven, with the reason and exit code 4', async () => {
    const { code, stdout } = await run(tokenOf('told-before', 'SPI-1'), '--plan')
    expect(code).toBe(4)
    expect(stdout).toContain('2 things cannot be driven')
    expect(stdout).toMatch(/step 1, SetsUpSa\(.*\): a gateway chooses its SPIs itself/)
  })

  it('has a table of many', async () => {
    const { code, stdout } = await run(MID_1, tokenOf('told-before', 'SPI-1'), '--plan')
    expect(code).toBe(4)
    expect(stdout).toContain('2 counterexamples, 1 of which can be driven')
  })

  it('is refused for a model of something else', async () => {
    const found = await cli(['check', 'counter.mjs', '--json'], { cwd: path })
    const { token } = JSON.parse(found.stdout).targets[0].verdicts[0].counterexample
    const { code, stderr } = await run(token, '--plan')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'Counter is no model of a cluster: its steps are nothing that gateways do.\n  hint   give the token of a scheme, a cluster file or an extension\n',
    })
  })
})

it('replay prints a trace as JSON of its schema', async () => {
  const { code, stdout } = await cli(['replay', MID_1, '--json'])
  expect(code).toBe(0)
  expect(isValid('replay', stdout)).toEqual([])
})

describe('gateways that are a model', () => {
  it('reproduce the counterexample of their scheme, with captures that say so', async () => {
    const { code, stdout } = await run(
      ...[
        MID_1,
        '--driver',
        'model',
        '--keep',
        'kept',
        '--json',
        '--junit',
        'drill.xml',
        '--html',
        'drill.html',
      ],
    )
    expect(code).toBe(1)
    expect(isValid('drill', stdout)).toEqual([])
    const [drill] = JSON.parse(stdout).drills
    expect(drill).toMatchObject({ verdict: 'reproduced', steady: true, label: 'MID-1' })
    expect(drill.runs[0].explained).toMatchObject({ verdict: 'explained' })
    expect(drill.runs[0].notes).toEqual(['step 5, ask member B starts liveness: asked as createChild'])
    const { senders } = drill.runs[0].captures
    const judged = await cli(['capture', senders, '--json'], { cwd: path })
    const verdicts = JSON.parse(judged.stdout).verdicts as { label: string; verdict: string }[]
    expect(verdicts.find(({ label }) => label === 'MID-1')!.verdict).toBe('violated')
    expect(readFileSync(join(path, 'drill.xml'), 'utf8')).toContain('<failure type="reproduced"')
    const page = readFileSync(join(path, 'drill.html'), 'utf8')
    expect(page).toContain('MID-1 of told-before: reproduced')
    expect(page).toContain('On the wire')
  })

  it('do something else when they are of another scheme, and it is said where', async () => {
    const { code, stdout } = await run(tokenOf('synch-sas', 'MID-1'), '--driver', 'model acked-everything')
    expect(code).toBe(0)
    expect(stdout).toContain('synch-sas, MID-1: not reproduced')
    expect(stdout).toMatch(/At step 1, await request 0 of the cluster .*: it was not sent within 3\s+s/)
  })

  it('are not driven where a step has no operation', async () => {
    const { code, stdout } = await run(tokenOf('told-before', 'SPI-1'), '--driver', 'model')
    expect(code).toBe(4)
    expect(stdout).toContain('told-before, SPI-1: not drivable')
  })

  it.each(['MID-4', 'RPL-1', 'SEQ-1'])('reproduce %s', async (label) => {
    expect((await run(tokenOf('synch-sas', label), '--driver', 'model')).stdout).toContain(
      `${label}: reproduced`,
    )
  })

  it('are explained on random walks of their scheme', async () => {
    const { code, stdout } = await run(
      ...['--walks', '2', '--scheme', 'told-before', '--driver', 'model', '--json'],
    )
    expect(code).toBe(0)
    expect(isValid('walks', stdout)).toEqual([])
    expect(JSON.parse(stdout).counts).toEqual({ explained: 2, 'not explained': 0, unknown: 0, vacuous: 0 })
  })

  it.runIf(process.env.CLUSTERCHECK_DRILL === 'all')(
    'reproduce every counterexample of their scheme that can be driven',
    async () => {
      const { stdout } = await run(
        ...['--all', '--scheme', 'told-before,synch-sas,synch-ike,no-synch', '--driver', 'model', '--json'],
      )
      const drills = JSON.parse(stdout).drills as { label: string; target: string; verdict: string }[]
      // Their ESP has IVs of its own.
      const others = drills.filter(({ verdict, label }) => verdict === 'not reproduced' && label !== 'IV-1')
      expect(others).toEqual([])
      expect(drills.length).toBeGreaterThan(40)
    },
    900_000,
  )
})

describe('a driver', () => {
  const node = (file: string): string => `${process.execPath} ${file}`

  it.each([
    ['talks.mjs', "The driver said 'hello', which is no JSON."],
    ['dies.mjs', 'The driver ended with exit code 3: no licence.'],
    ['other.mjs', 'The driver answered with the id 77, under which nothing was asked.'],
    ['refuses.mjs', "The driver refused 'start': These gateways are on holiday."],
  ])('%s: %s', async (file, sentence) => {
    const { code, stdout, stderr } = await run(MID_1, '--driver', node(file), '--lab', 'loopback')
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` })
  })

  it('that does not answer is ended in time', async () => {
    const { code, stderr } = await run(
      ...[MID_1, '--driver', node('silent.mjs'), '--lab', 'loopback', '--seconds', '1'],
    )
    expect(code).toBe(2)
    expect(stderr).toBe('The drill took longer than 1 s and was ended.\n  hint   allow more with --seconds\n')
  })

  it('that can never do it makes the trace one that is not drivable', async () => {
    const { code, stdout } = await run(
      MID_1,
      '--driver',
      `${node('refuses.mjs')} cannot`,
      '--lab',
      'loopback',
    )
    expect(code).toBe(4)
    expect(stdout).toContain('not drivable')
    expect(stdout).toContain('These gateways are on holiday.')
  })
})

it.each([
  [[MID_1], 'drill needs a driver of the gateways, or --plan.'],
  [['--plan'], 'drill needs the token of a counterexample, or --all.'],
  [[MID_1, '--all', '--plan'], `--all and ${MID_1} both say what to drill; only one can.`],
  [
    [MID_1, '--scheme', 'synch-sas', '--plan'],
    '--scheme says of what --all finds the counterexamples; --all is missing.',
  ],
  [
    [MID_1, '--plan', '--driver', 'model'],
    '--plan runs nothing, and --driver says what to run; only one can be given.',
  ],
  [
    [MID_1, '--driver', 'model', '--lab', 'vxlan=here'],
    "--lab takes netns, loopback, or vxlan= with an IPv4 address, such as vxlan=192.0.2.1; it was given 'vxlan=here'.",
  ],
  [['--walks', '2', '--driver', 'model'], '--walks needs the --scheme whose walks are driven.'],
  [
    ['--walks', '2', '--runs', '2', '--scheme', 'synch-sas', '--driver', 'model'],
    '--walks drives random walks, and --runs is about counterexamples; only one can be given.',
  ],
  [
    [MID_1, '--runs', '2', '--html', 'x.html', '--driver', 'model'],
    '--html shows one run of one counterexample; 2 runs were asked for.',
  ],
])('says what is wrong with %j', async (args, sentence) => {
  const { code, stderr } = await run(...args)
  expect({ code, first: stderr.split('\n')[0] }).toEqual({ code: 2, first: sentence })
})

/** Why no pair can be driven here; undefined where it can. */
const missing = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'a strongSwan pair in network namespaces needs root'
  for (const command of ['ip', 'swanctl', 'charon-systemd', 'arping', 'ping'])
    if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0)
      return `a strongSwan pair needs the command ${command}, which is not here`
  if (spawnSync('unshare', ['--net', 'true']).status !== 0)
    return 'a strongSwan pair needs network namespaces, and none can be made here'
  return existsSync('/dev/net/tun') ? undefined : 'a strongSwan pair needs /dev/net/tun, which is not here'
}
const why = missing()
if (why !== undefined) process.stderr.write(`Drills on a real pair are skipped: ${why}.\n`)

const namespaces = (): readonly string[] =>
  existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith('cc-drill-')) : []

// Daemons of others have timers of their own; what they do once they do again.
describe.skipIf(why !== undefined)('a strongSwan pair', { retry: 1 }, () => {
  it.each(['MID-1', 'MID-4', 'SEQ-1', 'LIV-1c'])('reproduces %s', async (label) => {
    const { code, stdout, stderr } = await run(tokenOf('told-before', label), '--driver', 'strongswan-ha')
    expect(stderr).toBe('')
    expect(stdout).toContain(`told-before, ${label}: reproduced`)
    expect(code).toBe(1)
    expect(namespaces()).toEqual([])
    expect(existsSync('/run/clustercheck-drill.json')).toBe(false)
  })

  it('leaves namespaces alone that no drill has made', async () => {
    execFileSync('ip', ['netns', 'add', 'cc-drill-p'])
    try {
      const { code, stderr } = await run(MID_1, '--driver', 'strongswan-ha')
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr:
          'The network namespace cc-drill-p exists and was made by no drill, so it is left alone.\n  hint   remove it with: ip netns del cc-drill-p\n',
      })
      expect(namespaces()).toEqual(['cc-drill-p'])
    } finally {
      execFileSync('ip', ['netns', 'del', 'cc-drill-p'])
    }
  })

  it('removes what a drill left that was killed', async () => {
    // As a drill that was killed leaves it: a process that is no more, and a namespace in which something runs.
    const gone = spawnSync('true').pid
    writeFileSync(
      '/run/clustercheck-drill.json',
      JSON.stringify({ pid: gone, started: '1', folder: join(path, 'left') }),
    )
    execFileSync('ip', ['netns', 'add', 'cc-drill-x'])
    execFileSync('sh', ['-c', 'ip netns exec cc-drill-x sleep 1000 > /dev/null 2>&1 &'])
    const { stdout } = await run(tokenOf('told-before', 'SEQ-2o'), '--driver', 'strongswan-ha')
    expect(stdout).toContain('SEQ-2o: reproduced')
    expect(namespaces()).toEqual([])
  })

  it('removes everything when it is interrupted', async () => {
    const { code } = await cli(['drill', tokenOf('told-before', 'LIV-1c'), '--driver', 'strongswan-ha'], {
      cwd: path,
      interruptAfter: [2500],
    })
    expect(code).not.toBe(0)
    expect(namespaces()).toEqual([])
    expect(existsSync('/run/clustercheck-drill.json')).toBe(false)
  })

  it.each([
    [
      'strongswan-ha openswan',
      "The driver refused 'start': The driver strongswan-ha takes libreswan or libreswan=FOLDER, which say who the peer is; it was given 'openswan'.",
    ],
    [
      'strongswan-ha libreswan=/nowhere',
      "The driver refused 'start': There is no libreswan: /nowhere/usr/libexec/ipsec/pluto is missing. Debian has it in the package libreswan.",
    ],
  ])('%s: %s', async (driver, sentence) => {
    const { code, stderr } = await run(MID_1, '--driver', driver)
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${sentence}\n` })
  })
})

/** A folder in which libreswan is unpacked: its package and that of charon exclude each other. */
const LIBRESWAN = process.env.CLUSTERCHECK_LIBRESWAN ?? '/'
const missingPeer = (): string | undefined => {
  if (why !== undefined) return why
  const pluto = join(LIBRESWAN, 'usr/libexec/ipsec/pluto')
  if (!existsSync(pluto)) return `there is no ${pluto}; CLUSTERCHECK_LIBRESWAN names another folder than /`
  for (const command of ['certutil', 'cc'])
    if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0)
      return `the command ${command} is not here`
  return undefined
}
const whyNoPeer = missingPeer()
if (whyNoPeer !== undefined)
  process.stderr.write(`Drills with libreswan as the peer are skipped: ${whyNoPeer}.\n`)

describe.skipIf(whyNoPeer !== undefined)('a strongSwan pair with libreswan as its peer', { retry: 1 }, () => {
  const driver = `strongswan-ha libreswan=${LIBRESWAN}`

  it('reproduces MID-4, and both ends list their child SAs', async () => {
    const { code, stdout } = await run(tokenOf('told-before', 'MID-4'), '--driver', driver, '--json')
    expect(code).toBe(1)
    const [drill] = JSON.parse(stdout).drills[0].runs
    expect(drill.gateways).toContain('Libreswan')
    const { P, B } = drill.sas
    // The child SA of the set-up, at both ends with the same SPIs.
    const mirrored = P.children.map((one: { in: string; out: string }) => ({ in: one.out, out: one.in }))
    expect(B.children).toContainEqual(mirrored[0])
  })

  // It executes a request beyond its window, so that a member that skipped a message ID is answered.
  it('does not reproduce LIV-1c', async () => {
    const { code, stdout } = await run(tokenOf('told-before', 'LIV-1c'), '--driver', driver)
    expect(code).toBe(0)
    expect(stdout).toContain('told-before, LIV-1c: not reproduced')
    expect(stdout).toMatch(/request 1, 1 time, answered/)
    expect(namespaces()).toEqual([])
  })
})

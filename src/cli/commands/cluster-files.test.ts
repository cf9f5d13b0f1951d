/** Cluster files on the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { UsageError } from '../process/errors.ts'
import { QUESTIONS } from '../targets/cluster-questions.ts'
import { targetOf } from '../targets/targets.ts'
import { cli } from '../testing/under-test.ts'
import { answersOf } from './init-cluster.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clustercheck-clusters-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const fileOf = (text: string, ending = 'yaml'): string => {
  count += 1
  const path = join(folder, `cluster-${count}.${ending}`)
  writeFileSync(path, text)
  return path
}

/** One sentence, without a stack trace, that names the file. */
const refusal = async (path: string): Promise<string> => {
  const error = await targetOf(path, undefined).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  const { problem, hint } = (error as UsageError).data
  expect(problem).toContain(path)
  expect(problem).toMatch(/[.?]$/)
  expect(problem).not.toMatch(/\n\s+at /)
  return hint === undefined ? problem : `${problem} (${hint})`
}

describe('wrong cluster files', () => {
  it.each<[string, RegExp]>([
    ['', /the whole is null|must be object/],
    ['just text', /the whole is 'just text'; it must be object/],
    ['- a\n- b', /the whole is a list of 2/],
    ['basis: [', /is no YAML/],
    [
      'about: A pair: two members',
      /is no YAML: Nested mappings.* \(a text that contains a colon stands between quotes\)/,
    ],
    ['basis: synch-ikee', /basis is 'synch-ikee'; it must be one of .*synch-ike/],
    ['bases: synch-ike', /has 'bases', but takes .*did you mean 'basis'/],
    ['basis: synch-ike\nbasis: no-synch', /is no YAML/],
    ['members: 4', /members is 4; it must be one of 2, 3/],
    ['members: two', /members is 'two'/],
    ['kind: active-active', /kind is 'active-active'; it must be one of/],
    ['policies: yes please', /policies is 'yes please'; it must be object/],
    ['policies: { ikeBy: both }', /policies\.ikeBy is 'both'; it must be one of one, all, lock/],
    ['policies: { carriesAnswers: true }', /did you mean 'carriesAnswer'/],
    ['policies: { synchSas: "yes" }', /policies\.synchSas is 'yes'; it must be one of true, false/],
    ['policies: { esp: {} }', /policies has 'esp'/],
    ['esp: { told: sometimes }', /esp\.told is 'sometimes'/],
    ['esp: { told: 10000 }', /esp\.told is 10000; it must be string/],
    ['esp: { told: 10k }', /esp\.told is '10k'; it reads '10000 packets', '0\.5 s'/],
    ['basis: synch-ike\nrequires: []', /requires is a list of 0/],
    ['kind: single-gateway\nbasis: synch-ike', /a single gateway has nobody to tell/],
    ['basis: synch-ike\n---\nbasis: no-synch', /multiple documents, and one is expected at/],
    ['basis: synch-sas\nesp: { told: 0.5 s }', /esp\.rate is absent/],
    ['basis: synch-sas\nesp: { told: 0 packets }', /must be from 1 to/],
    ['esp: { jump: -1 }', /esp\.jump is -1|jump/],
    ['esp: { jump: far }', /esp\.jump is 'far'; it must be integer, or (one of )?'?maximum'?/],
    ['esp: { window: 0 }', /esp\.window is 0/],
    ['esp: { period: 2 }', /esp has 'period'/],
    ['channel: { loses: 9 }', /channel\.loses is 9; it must be <= 4/],
    ['channel: { loses: 1.5 }', /channel\.loses is 1\.5; it must be integer/],
    ['failures: { crashes: 1, returns: 7 }', /failures\.returns is 7/],
    ['failures: { crashes: 0, returns: 1 }', /contradicts itself: .*only a member that crashed returns/],
    ['attacker: A3', /attacker is 'A3'; it must be one of A0, A1, A2/],
    ['peers: [loud]', /peers\.0 is 'loud'/],
    ['peers: []', /peers is a list of 0/],
    ['searches: [own-request]', /searches\.0 is 'own-request'/],
    ['basis: synch-ike\nrequires: [MID-99]', /No property of .* is called 'MID-99'/],
    ['basis: synch-ike\nwaives: { MID-1: "" }', /waives\.MID-1 is ''/],
    ['basis: synch-ike\nrequires: [MID-1]\nwaives: { MID-1: because }', /both required and waived/],
    ['kind: hot-standby\nbasis: share-ike-lock', /in a hot standby one member acts/],
    ['policies: { carriesAnswer: true }', /carriesAnswer is true and policies\.synchIke is never/],
  ])('%j', async (text, expected) => {
    expect(await refusal(fileOf(text))).toMatch(expected)
  })

  it('of JSON are refused like those of YAML, and files that are not there', async () => {
    expect(await refusal(fileOf('{ "members": 4 }', 'json'))).toMatch(/members is 4/)
    expect(await refusal(fileOf('{ "members": ', 'json'))).toMatch(/is no JSON/)
    expect(await refusal(fileOf('{ "members": 2,\n\t"members": 3 }', 'json'))).toMatch(
      /says something twice, in line 2/,
    )
    expect(await refusal(join(folder, 'absent.yaml'))).toMatch(/cannot be read/)
  })

  it('of TypeScript are refused like those of YAML', async () => {
    const source =
      "import { scheme } from 'clustercheck/model'\nexport default scheme({ members: 4 } as never)\n"
    const wrong = await cli(['check', fileOf(source, 'ts')])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/describes no cluster: members is 4/)
    const throws = await cli([
      'check',
      fileOf(
        "import { scheme } from 'clustercheck/model'\nexport default scheme({ get members() { throw new Error('no') } } as never)\n",
        'ts',
      ),
    ])
    expect(throws).toMatchObject({ code: 2, stdout: '' })
    expect(throws.stderr).toMatch(/describes no cluster: reading it threw no\.\n/)
    const plain = await cli(['check', fileOf('export default { members: 2 }', 'ts')])
    expect(plain).toMatchObject({ code: 2, stdout: '' })
    expect(plain.stderr).toMatch(/what model\(\.\.\.\), parameters\(\.\.\.\) or scheme\(\.\.\.\) returns/)
  })
})

describe('a cluster file', () => {
  it('means the same in YAML, JSON and TypeScript', async () => {
    const file = { basis: 'synch-sas', searches: ['spis'] }
    const states = async (text: string, ending: string) => {
      const run = await cli(['check', fileOf(text, ending), '--scope', 'small', '--no-advice', '--json'])
      return JSON.parse(run.stdout).targets[0].search.distinct
    }
    const json = await states(JSON.stringify(file), 'json')
    expect(json).toBeGreaterThan(0)
    expect(await states('basis: synch-sas\nsearches: [spis]\n', 'yaml')).toBe(json)
    const source = `import { scheme } from 'clustercheck/model'\nexport default scheme(${JSON.stringify(file)})\n`
    expect(await states(source, 'ts')).toBe(json)
    expect(await states(`\uFEFF${JSON.stringify(file)}`, 'json')).toBe(json)
  })

  it('has searches for each peer that it must work with', async () => {
    const path = fileOf(
      'basis: synch-ike\nsearches: [own-requests]\npeers: [by-the-book, compares-content]\n',
    )
    const { suite } = await targetOf(path, undefined)
    expect(suite.focuses.map(({ name }) => name)).toEqual(['own-requests', 'own-requests-compares-content'])
    expect(suite.focuses[0]!.key).not.toBe(suite.focuses[1]!.key)
  })

  it('is checked, replayed, explained by advice, and waives what it need not keep', async () => {
    const path = fileOf(
      'basis: acked-everything\nsearches: [own-requests]\npolicies: { carriesRequest: false }\nwaives: { CHD-1: we rekey after each failover }\n',
    )
    const run = await cli([
      'check',
      path,
      '--scope',
      'small',
      '--json',
      '--workers',
      '1',
      '--advice-changes',
      '1',
    ])
    expect(run.stderr).toBe('')
    expect(run.code).toBe(1)
    const result = JSON.parse(run.stdout)
    const verdict = (label: string) =>
      result.targets[0].verdicts.find((one: { label: string }) => one.label === label)
    expect(verdict('LIV-1c')).toMatchObject({ verdict: 'violated', asDeclared: false })
    expect(verdict('CHD-1')).toMatchObject({
      asDeclared: true,
      waived: true,
      reason: 'we rekey after each failover',
    })
    expect(result.findings.some(({ label }: { label: string }) => label === 'CHD-1')).toBe(false)
    const [best] = result.advised.advice
    expect(best.changes).toMatchObject([{ policy: 'policies.carriesRequest', from: 'false', to: 'true' }])
    expect(best.repairs).toContain('LIV-1c')
    expect(best.breaks).toEqual([])
    const replayed = await cli(['replay', verdict('LIV-1c').counterexample.token])
    expect(replayed.code, replayed.stderr).toBe(0)
  })

  it('is expected without what it waives, unless the file of expectations names that', async () => {
    const path = fileOf('basis: synch-sas\nsearches: [spis]\nwaives: { SPI-1: they share them }\n')
    const config = join(folder, 'waived.json')
    const written = await cli(['init', path, '--scope', 'small', '--output', config])
    expect(written).toMatchObject({ code: 0, stderr: '' })
    const read = () => JSON.parse(readFileSync(config, 'utf8'))
    expect(Object.keys(read().targets[0].expect)).not.toContain('SPI-1')
    const check = (spi: object) => {
      const [target] = read().targets
      writeFileSync(config, JSON.stringify({ targets: [{ ...target, expect: spi }] }))
      return cli(['check', '--config', config, '--quiet'])
    }
    expect((await check({})).code).toBe(0)
    expect((await check({ 'SPI-1': { verdict: 'violated', reason: 'shared' } })).code).toBe(0)
    const differs = await check({ 'SPI-1': 'holds' })
    expect(differs.code).toBe(1)
    expect(differs.stdout).toContain('SPI-1: violated')
  })

  it('is a row of the matrix, alone or beside schemes', async () => {
    const path = fileOf('basis: synch-sas\nsearches: [spis]\n')
    const alone = await cli(['matrix', path, '--schemes', 'none', '--scope', 'small', '--json'])
    const names = (text: string) => JSON.parse(text).targets.map(({ name }: { name: string }) => name)
    expect(names(alone.stdout)).toEqual([path])
    const beside = await cli(['matrix', path, '--schemes', 'spi-shared', '--scope', 'small', '--json'])
    expect(names(beside.stdout)).toEqual(['spi-shared', path])
  })
})

describe('a capture', () => {
  it('is explained by a cluster file or not', async () => {
    const capture = fileURLToPath(new URL('../../capture/fixtures/d2-doomed-mid-reuse.pcap', import.meta.url))
    const explained = await cli(['capture', capture, '--scheme', fileOf('basis: synch-ike\n')])
    expect(explained).toMatchObject({ code: 0 })
    expect(explained.stdout).toContain('7 of 7 messages explained')
    expect(await cli(['capture', capture, '--scheme', fileOf('basis: acked-counters\n')])).toMatchObject({
      code: 1,
    })
  })
})

describe('init --cluster', () => {
  it('writes what the answers say, with a comment on each, and checks it', async () => {
    const path = join(folder, 'asked.yaml')
    const answers = 'basis=no-synch,loses=0,crashes=0'
    const run = await cli(['init', '--cluster', path, '--answers', answers, '--workers', '1'])
    expect(run.stdout).toContain(`${path} is written. A first check of it, at the scope small:\n\n${path}: `)
    // The first check takes seconds: advice is for the whole one.
    expect(run.stdout).not.toContain('would repair it\n')
    expect(run.stdout.endsWith(`\n  clustercheck check ${path}\n`)).toBe(true)
    expect(run.code).toBe(1)
    expect(parse(readFileSync(path, 'utf8'))).toMatchObject({
      basis: 'no-synch',
      channel: { loses: 0 },
      failures: { crashes: 0, returns: 0 },
    })
    expect(readFileSync(path, 'utf8')).toMatch(
      /# How many failures in a row must it survive\? .*\n {2}crashes: 0/,
    )
    const again = await cli(['init', '--cluster', path])
    expect(again).toMatchObject({ code: 2 })
    expect(again.stderr).toMatch(/is there already; nothing was written/)
  })

  it('asks only what can be answered, and every answer fits the schema', async () => {
    for (const { id, choices, usual } of QUESTIONS) {
      expect(choices === undefined || Object.hasOwn(choices, usual), id).toBe(true)
      for (const answer of choices ? Object.keys(choices) : [usual])
        expect(answersOf('--answers', `${id}=${answer}`).get(id)).toBe(answer)
    }
    expect(() => answersOf('--answers', 'basics=x')).toThrow(/No question is called 'basics'/)
    expect(() => answersOf('--answers', 'members=5')).toThrow(/The answer to members is one of 2, 3/)
    expect(() => answersOf('--answers', 'members')).toThrow(/takes answers such as/)
  })
})

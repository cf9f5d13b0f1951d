/** `init --extension` and `validate` as their user meets them, in a folder outside the repository. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkerOf } from '../files/json.ts'
import { cli, folderWith } from '../testing/under-test.ts'
import { extensionTemplate } from './extension-template.ts'

/** The template with one of its parts replaced. */
const changed = (from: string, to: string): string => {
  const text = extensionTemplate('my-idea')
  expect(text).toContain(from)
  return text.replace(from, to)
}

const { path, remove } = folderWith({
  'hook.ts': changed('takesOver: (d', 'takeOver: (d'),
  'clash.ts': changed('announces: range(0, 1) }', 'up: range(0, 1), announces: range(0, 1) }'),
  'message.ts': changed(
    "announce: { to: 'peer'",
    "farewell: { to: 'peer', fields: {}, capacity: 1 }, announce: { to: 'peer'",
  ),
  'property.ts': changed("property: 'MID-5'", "property: 'MID-9'"),
  'scheme.ts': changed("schemes: ['synch-ike', 'acked-everything']", "schemes: ['synch-everything']"),
  'model.ts': 'export default { kind: 1 }\n',
  // What members have asked, in a variable of the file: no peer can know it.
  'hidden.ts': changed(
    'takesOver: (d',
    'asks: (_d, _at, { messageId }) => { last = Math.max(last, messageId) },\n          takesOver: (d',
  )
    .replace('hooks: {', 'hooks: {\n        peer: { mayReceive: (_s, _at, m) => m.messageId <= last },')
    .concat('let last = -1\n'),
})
afterAll(remove)

const run = (...args: readonly string[]) => cli(args, { cwd: path, columns: 80 })

describe('an extension in a folder outside the repository', () => {
  it('starts from a template that validates as it is', async () => {
    const written = await run('init', '--extension', 'my-idea')
    expect(written).toMatchObject({ code: 0, stderr: '' })
    const { code, stdout, stderr } = await run('validate', 'my-idea.ts')
    expect(stderr).toBe('')
    expect(stdout).toMatch(/confirmed +keeps ANN-1/)
    expect(stdout).toMatch(/\n\nexit 0: no claim is refuted, and nothing is newly violated\n$/)
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
    expect(code).toBe(0)
  })

  it('is not overwritten by another template', async () => {
    writeFileSync(join(path, 'mine.ts'), 'mine')
    const { code, stderr } = await run('init', '--extension', 'mine')
    expect(stderr).toContain('mine.ts is there already')
    expect(code).toBe(2)
    expect(readFileSync(join(path, 'mine.ts'), 'utf8')).toBe('mine')
  })

  it('is refuted with a trace that can be replayed', async () => {
    writeFileSync(join(path, 'idea.ts'), extensionTemplate('idea'))
    const { code, stdout } = await run('validate', 'idea.ts:checks=false', '--attacker', 'A1', '--json')
    expect(code).toBe(1)
    const { claims } = JSON.parse(stdout)
    const refuted = claims.find(({ property }: { property: string }) => property === 'ANN-1')
    expect(refuted).toMatchObject({ status: 'refuted', scheme: 'synch-ike' })
    const replayed = await run('replay', refuted.shown.with.replay)
    expect(replayed.stdout).toContain('VIOLATED ANN-1 AnnouncementNotedOnce')
    expect(replayed.code).toBe(0)
  })

  it('says what only an attacker violates', async () => {
    const { stdout } = await run('validate', 'idea.ts:checks=false')
    expect(stdout).toMatch(
      /Violated only with an attacker\n +ANN-1 +not judged -> violated \d+ +synch-ike, announced +A1 A2\n/,
    )
  })
})

describe('a mistake of an author is one sentence', () => {
  it.each([
    ['hook.ts', 3, "hooks 'takeOver' of the member, which is no hook"],
    ['clash.ts', 3, "adds 'up' to member, where there is a 'up' already"],
    ['message.ts', 3, "has the message 'farewell' and nothing under receives that handles it"],
    ['property.ts', 3, "claims something of 'MID-9'"],
    ['scheme.ts', 3, "speaks of the scheme 'synch-everything', which does not exist"],
    [
      'hidden.ts',
      3,
      'PeerReceivesRequest is not a function of the state: run twice on one state it gave true and false',
    ],
    ['model.ts', 2, 'expected what extension(...) returns'],
    ['--all', 2, 'validate --all takes no extension'],
    ['message-id-synch', 2, "No extension is called 'message-id-synch'. Did you mean 'message-id-sync'?"],
    ['message-id-sync:bump=9', 2, "Parameter bump of message-id-sync is one of 3, 1, 0; it was given '9'."],
  ])('%s', async (name, exit, sentence) => {
    const { code, stdout, stderr } = await run('validate', ...(name === '--all' ? ['mobike', name] : [name]))
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
    expect(stdout).toBe('')
    expect(code).toBe(exit)
  })
})

/** An extension by which one end asks nothing before the other has asked. */
const polite = (end: 'member' | 'peer', at: string): string => `
import { bool, extension, parts } from 'clustercheck/model'
export default extension({
  name: 'polite-${end}',
  about: 'Asks nothing before the other end has.',
  source: 'an idea',
  negotiation: 'members',
  parameters: {},
  schemes: ['synch-ike'],
  searches: [
    { name: 'polite', about: 'checks of each end', scope: { crashes: 0, probes: { cluster: true, peer: true }, network: 2 } },
  ],
  claims: [],
  define: () => parts({
    state: { ${end}: { heard: bool } },
    hooks: { ${end}: { mayAsk: (s, at) => s.${at}.heard, receives: (d, at) => { d.${at}.heard = true } } },
  }),
})
`

describe('extensions together', () => {
  it('are compared with each alone', async () => {
    const { code, stdout } = await run(
      'validate',
      'sender-id-ivs',
      'implicit-iv',
      '--scheme',
      'esp-told-jump',
      '--attacker',
      'A0',
      // RPL-1 speaks of copies, of which A0 makes none.
      '--vacuity',
      'warn',
    )
    expect(stdout).toMatch(/vacuous +keeps RPL-1 +vacuous -> vacuous/)
    expect(stdout).toContain('None: what holds with each alone holds with all together.')
    expect(stdout.replaceAll('\n', ' ')).toMatch(
      / {2}exit 0: no claim .*; warning: \d+ claims? never put to the test $/,
    )
    expect(code).toBe(0)
  })

  it('interact where one undoes what another claims: an IV with the ID of its sender is not sent', async () => {
    const { code, stdout } = await run('validate', 'sender-id-ivs', 'implicit-iv', '--attacker', 'A0')
    expect(stdout).toContain('Interactions: violated together, and kept alone')
    expect(stdout).toMatch(
      /IV-1 +holds 846 -> violated 2 +shared-sa, outbound +A0 +with sender-id-ivs\s+alone/,
    )
    expect(stdout.replaceAll('\n', ' ')).toMatch(/ {2}exit 1: 1 claim refuted $/)
    expect(code).toBe(1)
  })

  it('interact where each waits for the other', async () => {
    writeFileSync(join(path, 'members.ts'), polite('member', 'member[at]'))
    writeFileSync(join(path, 'peer.ts'), polite('peer', 'peer'))
    const { code, stdout } = await run('validate', 'members.ts', 'peer.ts', '--json')
    const { interactions } = JSON.parse(stdout)
    const labels = interactions.map(({ property }: { property: string }) => property)
    expect(labels).toEqual(['LIV-1c', 'LIV-1p', 'LIV-1e'])
    for (const { alone, with: together } of interactions) {
      expect(alone.verdict).toBe('holds')
      expect(together).toMatchObject({ verdict: 'violated', steps: 0 })
    }
    expect(code).toBe(1)
  })
})

/** An extension of one search, with so many claims and parts. */
const small = (name: string, claims: string, own: string, body = ''): string => `
import { bool, extension, parts, range } from 'clustercheck/model'
export default extension({
  name: '${name}',
  about: 'Tries something.',
  source: 'an idea',
  negotiation: 'members',
  schemes: ['synch-ike'],
  searches: [
    {
      name: 'tried',
      about: 'one exchange of the cluster',
      scope: {
        requests: { cluster: { createChild: 1 }, peer: {} },
        probes: { cluster: true, peer: false },
        returns: 0,
        retransmissions: 0,
        network: 2,
      },
      attackers: ['A0'],
    },
    { name: 'quiet', about: 'a crash', scope: { returns: 0, network: 2, probes: { cluster: true, peer: false } }, attackers: ['A0'] },
  ],
  claims: [${claims}],
  ${body}
  define: () => parts({ ${own} }),
})
`

const REPAIRS_MID1 = "{ property: 'MID-1', claim: 'repairs', searches: ['tried'] }"

describe('what is not put to the test', () => {
  const silent = () =>
    writeFileSync(
      join(path, 'silent.ts'),
      small('silent', REPAIRS_MID1, "hooks: { member: { mayAsk: (s, at) => at === 'A' } }"),
    )

  it('confirms no claim and is not fine; what stays violated is said', async () => {
    silent()
    const { code, stdout } = await run('validate', 'silent.ts', '--search', 'tried')
    expect(stdout).toMatch(/vacuous +repairs MID-1 +violated 4 -> vacuous +synch-ike, tried, A0/)
    expect(stdout).toContain('CHD-1, LIV-1c and MID-6 stay violated, LIV-1c in fewer steps than without.')
    expect(stdout).toMatch(/No longer put to the test\n(.*\n)* +MID-5 +holds \S+ -> vacuous/)
    expect(stdout.replaceAll('\n', ' ')).toMatch(
      / {2}exit 1: 1 claim never put to the test; with `--vacuity warn` this is 0 $/,
    )
    expect(code).toBe(1)
  })

  it('is as bad as --vacuity says', async () => {
    silent()
    const codes = ['error', 'warn', 'ignore'].map(async (level) => {
      const { code } = await run('validate', 'silent.ts', '--search', 'tried', '--vacuity', level)
      return code
    })
    expect(await Promise.all(codes)).toEqual([1, 0, 0])
  })

  it('is a claim that no search judges, too, and an action that is never taken', async () => {
    silent()
    const other = await run('validate', 'silent.ts', '--search', 'quiet')
    expect(other.stdout).toMatch(/Claims that nothing here judges\n +repairs MID-1 +synch-ike, tried/)
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('\nexit 1: 1 property newly violated; no search judges what is claimed\n')
    const never =
      "actions: [{ name: 'Sleeps', by: 'member', choose: { at: ['A'] }, guard: () => false, effect: () => {} }]"
    writeFileSync(join(path, 'never.ts'), small('never', '', never))
    const { code, stdout } = await run('validate', 'never.ts', '--search', 'quiet')
    expect(stdout).toContain('Its actions that are never taken\n  Sleeps\n')
    expect(stdout.replaceAll('\n', ' ')).toMatch(/1 action never taken; with `--vacuity warn` this is 0 $/)
    expect(code).toBe(1)
  })
})

describe('a report', () => {
  it('says what the verdicts rest on', async () => {
    const own = `hooks: { member: { mayAsk: (s) => s.peer.ike.k0.sa } }, oracles: { 'peer.ike.*.sa': 'to show it' }`
    writeFileSync(join(path, 'knows.ts'), small('knows', '', own))
    const { code, stdout } = await run('validate', 'knows.ts', '--search', 'quiet')
    expect(stdout).toMatch(/Rests on\n +knows peer\.ike\.\*\.sa +to show it\n/)
    expect(code).toBe(0)
  })

  it('is JSON of a versioned form, of which the schema is printed', async () => {
    const [{ stdout: schema }, { stdout, code }] = await Promise.all([
      run('schema', 'validation'),
      run('validate', 'mobike', '--search', 'moves', '--json'),
    ])
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ schemaVersion: 2, kind: 'validation', outcome: 'violated' })
    const check = checkerOf(JSON.parse(schema))
    expect(check(result)).toBeUndefined()
    expect(check({ ...result, claims: [{}] })).toBeDefined()
    expect(check({ ...result, outcome: 'fine' })).toBeDefined()
    for (const name of ['newlyViolated', 'stillViolated', 'noLongerTested', 'neverTaken', 'assumptions'])
      expect(result[name]).toBeInstanceOf(Array)
    expect(code).toBe(1)
  }, 120_000)

  it('puts rows of several attackers together only where verdict and length agree', async () => {
    const { stdout } = await run('validate', 'idea.ts:checks=false', '--json')
    const rows: { property: string; with: { attackers: string[]; verdict: string } }[] = JSON.parse(
      stdout,
    ).claims.flatMap((claim: { rows: object[] }) => claim.rows)
    const text = (await run('validate', 'idea.ts:checks=false')).stdout
    const said = rows.filter(({ property }) => property === 'ANN-1')
    expect(said.map(({ with: found }) => found.verdict)).toEqual(['holds', 'violated'])
    expect(text).toMatch(/REFUTED +keeps ANN-1 +not judged -> violated \d+ +synch-ike, announced, A1 A2/)
  })

  it('knows its searches by name', async () => {
    const { code, stderr } = await run('validate', 'mobike', '--search', 'move')
    expect(stderr).toContain("No search of mobike is called 'move'. Did you mean 'moves'?")
    expect(code).toBe(2)
  })
})

describe('the sentence of a doom', () => {
  it('names the hook that forbids the exchange', async () => {
    const forbids = "hooks: { member: { mayAsk: (s, at) => at === 'A' } }"
    const claim = "{ property: 'LIV-1c', claim: 'repairs', searches: ['quiet'] }"
    writeFileSync(join(path, 'forbids.ts'), small('forbids', claim, forbids))
    const { stdout } = await run('validate', 'forbids.ts', '--search', 'quiet', '--trace')
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the hook mayAsk of forbids forbids member B to ask')
  })
})

describe('a scheme with an extension', () => {
  it('is judged with it, and with nothing else', async () => {
    const { stdout } = await run('check', 'synch-ike+idea.ts', '--json')
    const result = JSON.parse(stdout)
    const names = result.targets.flatMap(({ searches }: { searches: { name: string }[] }) =>
      searches.map(({ name }) => name),
    )
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(name).toMatch(/, with, /)
  })
})

describe('what an extension returns', () => {
  it.each([
    ['policies() { throw new Error("no idea") },', "Extension 'bad' threw in policies: no idea."],
    [
      "policies: (s) => ({ ...s, synchIke: 'often' }),",
      "returns 'often' as the policy 'synchIke'; it is one of never, afterwards, before, acknowledged.",
    ],
    ['bounds: () => undefined.x,', "Extension 'bad' threw in bounds: "],
  ])('is one sentence when it is wrong: %s', async (body, sentence) => {
    writeFileSync(join(path, 'bad.ts'), small('bad', '', '', body))
    const { code, stdout, stderr } = await run('validate', 'bad.ts')
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
    expect(stdout).toBe('')
    expect(code).toBe(3)
  })
})

describe('an extension that comes along', () => {
  it('is listed and explained with its parameters and their values', async () => {
    const listed = await run('list')
    expect(listed.stdout).toMatch(/\n +quick-crash-detection +A member/)
    expect(listed.stdout).toMatch(/\n +secrets +shared, own\n/)
    const { code, stdout } = await run('explain', 'quick-crash-detection')
    for (const said of [
      /^quick-crash-detection\n/,
      /Source +RFC 6290/,
      /Schemes +no-synch, synch-sas/,
      /\n +live +synced, none\n/,
      /\n +qcd-split +a liveness check/,
      /\n +keeps +QCD-1 +everywhere +RFC 6290 section 9\.2/,
    ])
      expect(stdout).toMatch(said)
    expect(code).toBe(0)
  })
})

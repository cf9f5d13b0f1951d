/** Names are data: whatever a model or a file calls things, no output moves a cursor, gains a line, or has a command. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from './testing/under-test.ts'

/** Each part of it acts somewhere: a terminal, a workflow, Markdown, HTML, XML, DOT, a program, a table. */
const HOSTILE = [
  '\u001b[2J\u009b1m\r\n::error file=x::forged\n##[error]forged\n\u2028\u202eabc`|*<b>&"\'\\\n</script>',
  '{1}]]>--',
].join('$')

const model = (odd: string): string => `
import { actionsOn, always, each, eventsOf, model, monitorOn, oneOf, range, record, sometimes } from 'clustercheck'
const X = ${JSON.stringify(odd)}
const state = record({ n: range(0, 3), v: oneOf('plain', 'v' + X), m: each(['A', 'i' + X], record({ k: range(0, 2) })) })
const events = eventsOf([X + 'lane', 'b'], {
  sent: ({ what }) => ({ shape: 'send', lane: X + 'lane', to: 'b', message: what, text: what }),
  seen: ({ what }) => ({ shape: 'receive', lane: 'b', message: what, text: what }),
  marked: ({ what }) => ({ shape: 'mark', lane: 'b', text: what, grave: true }),
}, () => [X + 'status'])
const action = actionsOn()
export default model('name' + X, {
  about: 'about' + X, state, events,
  actions: [
    action('Act' + X, {
      choose: { p: ['c' + X], q: ['A', 'i' + X] },
      guard: (s) => s.n < 3,
      effect: (d, { p, q }, emit) => {
        d.n += 1; d.v = 'v' + X; d.m[q].k = 1
        emit.sent({ what: p }); emit.seen({ what: p }); emit.marked({ what: X })
      },
    }),
    action('Never' + X, { guard: () => false, effect: () => {} }),
  ],
  properties: [
    always('Low', { label: 'L' + X, sentence: 'sentence' + X, source: 'source' + X, holds: (s) => s.n < 2, explain: () => ({ text: 'explained' + X, events: [] }) }),
    monitorOn()('Heard', { label: 'M' + X, memory: record({ n: range(0, 1) }), on: { seen: (m, e, judge) => judge.violated() } }),
    sometimes('Reached', { holds: (s) => s.n === 3 }),
  ],
})
`

const plain = folderWith({ 'm.ts': model('Odd') })
const odd = folderWith({ 'm.ts': model(HOSTILE) })
afterAll(() => {
  plain.remove()
  odd.remove()
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/
const linesOf = (text: string): number => text.split('\n').length
const isCommand = (line: string): boolean => /^\s*::|##\[/.test(line)

/** Text on a terminal acts nowhere, and its lines are no commands. */
const expectHarmless = (text: string, what: string): void => {
  expect(text, what).not.toMatch(ACTING)
  expect(text.split('\n').filter(isCommand), what).toEqual([])
}

const REPORTS = ['--json', '--junit', '--sarif', '--markdown'] as const
/** What breaks no long text, so that it has as many lines whatever the names are, and what does. */
const RIGID = ['itf', 'vitest', 'mermaid', 'plantuml'] as const
const FOLDED = ['text', 'dot', 'html', 'svg'] as const

/** What is written about a model, by what it is; `all`: also what breaks long text into lines. */
const written = async (folder: string, all: boolean) => {
  const shown = new Map<string, string>()
  const run = async (what: string, args: readonly string[]): Promise<void> => {
    const { stdout, stderr, code } = await cli(args, { cwd: folder, columns: 2000 })
    expect([0, 1], `${what}: ${stderr}`).toContain(code)
    shown.set(what, stdout).set(`${what}, diagnostics`, stderr)
  }
  await run('check', ['check', 'm.ts', '--trace', ...REPORTS.flatMap((form) => [form, `out${form}`])])
  const files = new Map<string, string>(
    REPORTS.map((form) => [form, readFileSync(join(folder, `out${form}`), 'utf8')]),
  )
  if (all) {
    await run('causes', ['check', 'm.ts', '--causes', '3', '--profile'])
    await run('hunt', ['hunt', 'm.ts', '--runs', '20', '--trace', '--workers', '1'])
    await run('hunt, JSON', ['hunt', 'm.ts', '--runs', '20', '--json', '--workers', '1'])
    await run('graph', ['graph', 'm.ts', '--format', 'dot'])
    await run('merge', ['merge', 'out--json'])
  }
  const { targets } = JSON.parse(files.get('--json')!)
  const { token } = targets[0].verdicts[0].counterexample
  if (all) await run('replay', ['replay', token])
  for (const format of all ? [...RIGID, ...FOLDED] : RIGID)
    await run(`draw ${format}`, ['draw', token, '--format', format])
  return { shown, files }
}

describe('hostile names', () => {
  it('act nowhere and add no line, in every output there is', async () => {
    const wanted = await written(plain.path, false)
    const found = await written(odd.path, true)
    for (const [what, text] of found.shown) {
      expectHarmless(text, what)
      if (RIGID.some((format) => what === `draw ${format}`))
        expect(linesOf(text), what).toBe(linesOf(wanted.shown.get(what)!))
    }
    for (const [what, text] of found.files) {
      expect(text, what).not.toMatch(ACTING)
      expect(linesOf(text), what).toBe(linesOf(wanted.files.get(what)!))
    }
    await expect(transform(found.shown.get('draw vitest')!, { loader: 'ts' })).resolves.toBeDefined()
  })

  it('leave the commands of a workflow as many as there are findings', async () => {
    for (const { path } of [plain, odd]) {
      const { stdout } = await cli(['check', 'm.ts', '--github'], { cwd: path })
      const commands = stdout.split('\n').filter(isCommand)
      expect(commands.map((line) => line.split(' ')[0])).toEqual(['::error', '::error', '::error'])
      expect(stdout).not.toMatch(ACTING)
    }
  })

  it('of a forged result are harmless as well, and so are those of files', async () => {
    const text = readFileSync(join(plain.path, 'out--json'), 'utf8')
    const forged = JSON.stringify(JSON.parse(text.replaceAll('Odd', JSON.stringify(HOSTILE).slice(1, -1))))
    writeFileSync(join(plain.path, 'forged.json'), forged)
    const merged = await cli(['merge', 'forged.json', '--markdown', 'out.md'], { cwd: plain.path })
    expect(merged.stderr).toBe('')
    expectHarmless(merged.stdout, 'merge')
    expect(readFileSync(join(plain.path, 'out.md'), 'utf8')).not.toMatch(ACTING)
    const { stdout } = await cli(['merge', 'forged.json', '--github'], { cwd: plain.path })
    expect(stdout.split('\n').filter(isCommand)).toHaveLength(3)
    const name = 'a\u001b[2J\n::error::b.ts'
    writeFileSync(join(plain.path, name), model('Odd'))
    for (const args of [
      ['check', name],
      ['check', `${name}x`],
      ['merge', name],
    ]) {
      const { stdout, stderr } = await cli(args, { cwd: plain.path })
      expectHarmless(stdout + stderr, args.join(' '))
      expect(stdout + stderr).toContain('\\u001b[2J')
    }
  })
})

/** Bad input: one clear sentence on standard error, nothing on standard output, no stack, the right exit code. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith } from './testing/under-test.ts'

const counter = (
  body: string,
  head = "import { actionsOn, always, model, queue, range, record } from 'clustercheck'",
) => `
${head}
const state = record({ n: range(0, 3), q: queue(record({ n: range(0, 3) }), 1) })
const action = actionsOn<typeof state>()
${body}
`

const { path, remove } = folderWith({
  'throws.ts':
    "const limit: number = 3\n\nthrow new Error('limit ' + limit + ' is too small')\nexport default limit\n",
  'syntax.ts': 'export default model(\n  { a: ',
  'missing-import.ts': "import { x } from './nowhere.ts'\nexport default x\n",
  'wrong-name.ts': "import { modle } from 'clustercheck'\nexport default modle\n",
  'function.ts': 'export default function build(): void {}\n',
  'object.ts': "export default { name: 'x', actions: [] }\n",
  'named.ts': counter(
    "export const failover = model('M', { state, actions: [action('Step', { effect: (d) => { d.n = 1 } })] })",
  ),
  'nothing.ts': 'export {}\n',
  'never.ts': 'await new Promise(() => {})\nexport default 1\n',
  'leaves.ts': 'process.exit(0)\nexport default 1\n',
  'poison.ts': 'Object.assign(Object.prototype, { extra: 1 })\nexport default 1\n',
  'replaces.ts': 'Array.prototype.map = function () { return [] }\nexport default 1\n',
  'model.py': 'print()\n',
  'duplicate.ts': counter(
    "const step = action('Step', { effect: (d) => { d.n = 1 } })\nexport default model('M', { state, actions: [step, step] })",
  ),
  'empty-domain.ts': counter(
    "export default model('M', { state, actions: [action('Step', { choose: { by: [] }, effect: () => {} })] })",
  ),
  'overflow.ts': counter(
    "export default model('M', { state, actions: [action('Send', { effect: (d) => { d.q.push({ n: 0 }) } })] })",
  ),
  'outside.ts': counter(
    "export default model('M', { state, actions: [action('Step', { effect: (d) => { d.n += 1 } })] })",
  ),
  'runs.ts': counter(
    "export default model('M', { state, actions: [action('Step', { effect: (d) => { d.n = 1 } })], properties: [eventually('Comes', { holds: (s) => s.n === 1 })] })",
    "import { actionsOn, eventually, model, queue, range, record } from 'clustercheck'",
  ),
  'exits.ts': counter(
    "export default model('M', { state, actions: [action('Step', { guard: (s) => s.n < 3 || process.exit(0), effect: (d) => { d.n += 1 } })], properties: [always('Low', { holds: () => true })] })",
  ),
  'rejects.ts': counter(
    "export default model('M', { state, actions: [action('Step', { guard: (s) => s.n < 3, effect: (d) => { d.n += 1 } })], properties: [always('Low', { holds: () => { Promise.reject(new Error('late')); return true } })] })",
  ),
  'hostile.ts': counter(
    "export default model('M', { state, actions: [action('Step', { guard: () => { throw new Proxy({}, { get() { throw 1 } }) }, effect: (d) => { d.n += 1 } })], properties: [always('Low', { holds: () => true })] })",
  ),
  'chance.ts': counter(
    "const most = Math.floor(Math.random() * 3)\nexport default model('M', { state, actions: [action('Step', { guard: (s) => s.n < most, effect: (d) => { d.n += 1 } })], properties: [always('Low', { holds: () => true })] })",
  ),
  'time.ts': counter(
    "const most = new Date().getSeconds() % 3\nexport default model('M', { state, actions: [action('Step', { guard: (s) => s.n < most, effect: (d) => { d.n += 1 } })], properties: [always('Low', { holds: () => true })] })",
  ),
  'generator.ts': counter(
    "export default model('M', { state, actions: [action('Step', { guard: (s) => s.n < 3, effect: function* (d) { d.n += 1; yield 1 } })], properties: [always('Low', { holds: () => true })] })",
  ),
  'specified.ts': counter(
    "const own = { state, actions: [action('Step', { effect: (d) => { d.n = 1 } })] }\nexport default model('M', { ...own, properties: [refines('Same', { specification: model('S', own), sees: observerOn()({ on: {} }) })] })",
    "import { actionsOn, model, observerOn, queue, range, record, refines } from 'clustercheck'",
  ),
  'unemitted.ts': counter(
    "const own = { state, actions: [action('Step', { effect: (d) => { d.n = 1 } })] }\nexport default model('M', { ...own, properties: [refines('Same', { specification: model('S', own), sees: observerOn()({ on: { sent: () => 'x' } }) })] })",
    "import { actionsOn, model, observerOn, queue, range, record, refines } from 'clustercheck'",
  ),
  'random.ts': counter(
    "let calls = 0\nexport default model('M', { state, actions: [action('Step', { effect: (d) => { d.n = calls++ % 4 } })] })",
  ),
})
mkdirSync(join(path, 'folder.ts'))
afterAll(remove)

const rows: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['an unknown command', ['chek'], 2, /^Unknown command 'chek'\n\(Did you mean check\?\)\n$/],
  ['no command', [], 2, /^Usage: clustercheck/],
  [
    'an unknown option',
    ['check', 'x', '--stats', '5'],
    2,
    /^Unknown option '--stats'\n\(Did you mean --states\?\)/,
  ],
  ['a missing argument', ['replay'], 2, /^Missing required argument 'TOKEN'/],
  [
    'neither a target nor a file of expectations',
    ['check'],
    2,
    /^check was given no TARGET, and there is no clustercheck\.config\.ts /,
  ],
  [
    'an unknown scheme',
    ['check', 'singel-gateway'],
    2,
    /^No scheme is called 'singel-gateway'\. Did you mean 'single-gateway'\?\n/,
  ],
  [
    'an unknown property',
    ['explain', 'MID-9'],
    2,
    /^No scheme, property or extension is called 'MID-9'\. Did you mean 'MID-1'/,
  ],
  ['a file that does not exist', ['check', 'nosuch.ts'], 2, /^There is no file 'nosuch\.ts'\./],
  [
    'a folder',
    ['check', 'folder.ts'],
    2,
    /^folder\.ts is not a file; expected a file with a model or a cluster\.\n$/,
  ],
  [
    'a file of another language',
    ['check', 'model.py'],
    2,
    /^model\.py is not a file that can be loaded; expected one of \.ts, \.mts, \.js, \.mjs\.\n$/,
  ],
  [
    'a file that throws',
    ['check', 'throws.ts'],
    2,
    /^throws\.ts threw while loading, line 3: limit 3 is too small\.\n$/,
  ],
  [
    'a syntax error',
    ['check', 'syntax.ts'],
    2,
    /^syntax\.ts cannot be compiled, line 2, column \d+: .+\.\n$/,
  ],
  [
    'an import that does not resolve',
    ['check', 'missing-import.ts'],
    2,
    /^missing-import\.ts cannot be compiled, line 1, column 19: Could not resolve "\.\/nowhere\.ts"\.\n$/,
  ],
  [
    'a name that clustercheck does not export',
    ['check', 'wrong-name.ts'],
    2,
    /^wrong-name\.ts threw while loading.*does not provide an export named 'modle'\.\n$/,
  ],
  [
    'a function as default export',
    ['check', 'function.ts'],
    2,
    /^function\.ts exports the function build as default; expected what model\(\.\.\.\), parameters\(\.\.\.\) or scheme\(\.\.\.\) returns\.\n$/,
  ],
  [
    'an object as default export',
    ['check', 'object.ts'],
    2,
    /^object\.ts exports an object with the fields name, actions as default; expected/,
  ],
  [
    'a model that is not the default export',
    ['check', 'named.ts'],
    2,
    /^named\.ts has no default export; expected `export default failover`\.\n$/,
  ],
  [
    'no export at all',
    ['check', 'nothing.ts'],
    2,
    /^nothing\.ts has no default export, nor any other; expected/,
  ],
  [
    'a file that waits for ever',
    ['check', 'never.ts'],
    2,
    /^never\.ts never finishes loading; it awaits something that does not come\.\n$/,
  ],
  [
    'a file that gives all objects a field',
    ['check', 'poison.ts'],
    2,
    /^poison\.ts changes 'Object\.prototype\.extra', which all other code uses; expected it as it was\.\n$/,
  ],
  [
    'a file that replaces what all lists have',
    ['hunt', 'replaces.ts'],
    2,
    /^replaces\.ts changes 'Array\.prototype\.map', /,
  ],
  ['a file that ends the process', ['check', 'leaves.ts'], 3, /^clustercheck ended before it had a result/],
  [
    'a model that leaves a promise which fails',
    ['check', 'rejects.ts'],
    3,
    /^The model failed when no closure of it was running: late\./,
  ],
  ...['check', 'hunt'].flatMap(
    (command): readonly (readonly [string, readonly string[], number, RegExp])[] => [
      [
        `${command} of a model that ends the process`,
        [command, 'exits.ts'],
        3,
        /^The search ended with its thread, which the model has stopped \(its thread ended with code \d\)\./,
      ],
      [
        `${command} of a model that throws what cannot be looked at`,
        [command, 'hostile.ts'],
        3,
        /^The guard of Step failed: an object that cannot be shown\.|^The model's own code failed: an object that cannot be shown\./,
      ],
      [
        `${command} of a model that asks for chance while it is loaded`,
        [command, 'chance.ts'],
        3,
        /^chance\.ts asks for chance \(Math\.random\) while it is loaded; /,
      ],
      [
        `${command} of a model that asks for the time while it is loaded`,
        [command, 'time.ts'],
        3,
        /^time\.ts asks for the time \(the date\) while it is loaded; /,
      ],
      [
        `${command} of an effect that is a generator`,
        [command, 'generator.ts'],
        3,
        /^The effect of Step is a generator, /,
      ],
    ],
  ),
  [
    'a duplicate action name',
    ['check', 'duplicate.ts'],
    3,
    /^Two actions are called 'Step'; names must differ\.\n {2}model {2}M\n$/,
  ],
  [
    'an empty domain',
    ['check', 'empty-domain.ts'],
    3,
    /^Parameter 'by' of action 'Step' has an empty domain; the action could never fire\./,
  ],
  [
    'a queue overflow',
    ['check', 'overflow.ts'],
    3,
    /^.*\bq\b.*\n(.*\n)* {2}in {5}Send\n {2}after {2}init, Send\n/,
  ],
  [
    'a value outside its domain',
    ['check', 'outside.ts'],
    3,
    /^n = 4 is outside 0\.\.3\.\n(.*\n)* {2}in {5}Step\n {2}after {2}init, Step, Step, Step\n/,
  ],
  [
    'a non-deterministic effect',
    ['check', 'random.ts'],
    3,
    /^The effect of Step is not a function of the state: .*\n(.*\n)* {2}hint {3}it seems to count its calls, .*put the nondeterminism into choose\n$/,
  ],
  [
    'a property of runs with symmetry',
    ['check', 'runs.ts', '--symmetry'],
    2,
    /^Comes is a property of whole runs \(eventually\), for which all states and steps are kept; --symmetry does not keep them\.\n/,
  ],
  [
    'a property of runs in a bitstate search',
    ['check', 'runs.ts', '--bitstate', '1MB'],
    2,
    /^Comes is a property of whole runs .*; --bitstate does not keep them\.\n/,
  ],
  [
    'a comparison with a specification with symmetry',
    ['check', 'specified.ts', '--symmetry'],
    2,
    /^Same compares a model with its specification, for which all states and steps are kept; --symmetry does not keep them\.\n/,
  ],
  [
    'a comparison in a bitstate search',
    ['check', 'specified.ts', '--bitstate', '1MB'],
    2,
    /^Same compares .*; --bitstate does not keep them\.\n/,
  ],
  [
    'an observer of what the model does not emit',
    ['check', 'unemitted.ts'],
    3,
    /^Property 'Same' sees 'sent', which the model does not emit\. Known: none\.\n/,
  ],
  [
    'a limit that is no number',
    ['check', 'x', '--states', 'abc'],
    2,
    /^--states takes a whole number of at least 1, such as 1000000; it was given 'abc'\.\n$/,
  ],
  ['a time that is no number', ['check', 'x', '--seconds', '0'], 2, /^--seconds takes a positive number/],
  [
    'a size that is none',
    ['check', 'x', '--memory', 'much'],
    2,
    /^--memory takes a size in bytes .* 'much'\.\n$/,
  ],
  [
    'a scope that there is not',
    ['matrix', '--scope', 'huge'],
    2,
    /^--scope takes one of small, default, large, wide; it was given 'huge'\.\n$/,
  ],
  [
    'a scope of a file',
    ['check', 'overflow.ts', '--scope', 'small'],
    2,
    /^overflow\.ts holds a model, which has no scope small; schemes and clusters have scopes\.\n$/,
  ],
  ['no workers', ['matrix', '--workers', '0'], 2, /^--workers takes a whole number of at least 1/],
  ['a damaged token', ['replay', 'cc1:x'], 2, /^The token has 2 parts and not 6; a token reads cc1:TARGET/],
  [
    'a token of an unknown property',
    ['replay', 'cc1:single-gateway:outbound:X:00000000:0'],
    2,
    /^No property of single-gateway, outbound is called 'X'\./,
  ],
  [
    'an unknown format',
    ['draw', 'cc1:x', '--format', 'gif'],
    2,
    /^--format takes one of text, dot, svg, png, html, itf, mermaid, plantuml, vitest; it was given 'gif'\.\n$/,
  ],
  [
    'a folder that holds no pages',
    ['matrix', '--html', '.'],
    2,
    /^\. holds chance\.ts, duplicate\.ts, empty-domain\.ts, \.\.\., but no index\.html that was generated by clustercheck\./,
  ],
  [
    'causes as JSON',
    ['check', 'single-gateway', '--causes', '2', '--json'],
    2,
    /^--causes prints text; it cannot be given with --json\.\n$/,
  ],
  [
    'a search that is none',
    ['graph', 'single-gateway', '--search', 'own-request'],
    2,
    /^No search of single-gateway is called 'own-request'\./,
  ],
  [
    'a folder of somebody else',
    ['matrix', '--write', '.'],
    2,
    /^\. holds chance\.ts, duplicate\.ts, empty-domain\.ts, \.\.\., but no README\.md that was generated by clustercheck\./,
  ],
  ['a folder that is a file', ['matrix', '--write', 'model.py'], 2, /^model\.py cannot be written: EEXIST/],
]

describe('bad input', () => {
  it('in the environment is one sentence', async () => {
    const run = await cli(['check', 'outside.ts'], { cwd: path, env: { TMPDIR: join(path, 'none') } })
    expect(run).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^No file can be made in .*none, the folder for temporary files: ENOENT.*\n {2}hint {3}TMPDIR names another one\n$/,
      ),
    })
  })

  it.concurrent.each(rows)('%s is one sentence', async (_, args, code, text) => {
    const run = await cli(args, { cwd: path })
    expect(run.stderr).toMatch(text)
    expect(run.stderr).not.toMatch(/^ +at /m)
    expect(run).toMatchObject({ code, stdout: '' })
  })
})

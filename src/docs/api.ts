/**
 * The reference of the package: what its two entries export, with the declarations and their comments as they stand in
 * the sources. (TypeDoc needs the programming interface of the compiler, which TypeScript 7 does not have.)
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { block, code, type Page, pageOf, plain } from './markdown.ts'

/** A declaration that somebody can import. */
export interface Declaration {
  readonly name: string
  /** Where it stands, from the root of the repository. */
  readonly file: string
  /** Its comment as text. */
  readonly about: string
  /** Without bodies of functions. */
  readonly text: string
}

const ENTRIES = [
  {
    entry: 'src/index.ts',
    path: 'docs/reference/api/clustercheck.md',
    title: 'API: clustercheck',
    intro: [
      'What `clustercheck` exports: the language of models, searches, random runs, configs and reporters.',
      '[Models](../../guides/models.md), [hunts](../../guides/hunts.md) and [reports](../../guides/reports.md) show how it is used.',
      '',
      'A model is checked by a program of your own like this:',
      '',
      ...block(
        'ts',
        `import { actionsOn, always, check, model, range, record } from 'clustercheck'

const state = record({ n: range(0, 5) })
const up = actionsOn<typeof state>()('Up', { guard: (s) => s.n < 5, effect: (d) => { d.n += 1 } })
const counter = model('Counter', { state, actions: [up], properties: [always<typeof state>('Low', { holds: (s) => s.n < 3 })] })
const { judgements, distinct } = await check(counter, { limits: { states: 1_000_000 } })
console.log(judgements.map(({ property, verdict }) => \`\${property}: \${verdict}\`), distinct)`,
      ),
    ],
    groups: [
      ['Models', /^src\/modelling\//],
      ['Searches', /^src\/(search|state|symmetry)\//],
      ['Random runs', /^src\/hunt\//],
      ['Configs and reporters', /./],
    ],
  },
  {
    entry: 'model/index.ts',
    path: 'docs/reference/api/model.md',
    title: 'API: clustercheck/model',
    intro: [
      'What `clustercheck/model` exports: what extensions and described clusters are written with.',
      '[Extensions](../../guides/extensions.md) and [clusters](../../guides/clusters.md) show how it is used.',
    ],
    groups: [
      ['Extensions', /^model\/(extending|extension-points)\//],
      ['The cluster', /./],
    ],
  },
] as const

/** A page for each entry. */
export const apiPages = (root: string): readonly Page[] =>
  ENTRIES.map(({ entry, path, title, intro, groups }) => {
    const all = declarationsOf(root, entry)
    const groupOf = ({ file }: Declaration): string => groups.find(([, files]) => files.test(file))![0]
    return pageOf(path, title, [
      ...intro,
      ...groups.flatMap(([group]) => {
        const own = all.filter((one) => groupOf(one) === group)
        return own.length === 0 ? [] : ['', `## ${group}`, ...own.flatMap(declarationLines)]
      }),
    ])
  })

const declarationLines = ({ name, about, text, file }: Declaration): readonly string[] => [
  '',
  `### ${name}`,
  '',
  ...(about === '' ? [] : [withCode(about), '']),
  ...block('typescript', text),
  '',
  `In ${code(file)}.`,
]

/** Prose in which code stands between backticks. */
const withCode = (text: string): string =>
  text
    .split('`')
    .map((part, i) => (i % 2 === 0 ? plain(part) : code(part)))
    .join('')

/** What an entry exports, by name. Throws for a name that is declared nowhere. */
export const declarationsOf = (root: string, entry: string): readonly Declaration[] =>
  exportsIn(readFileSync(join(root, entry), 'utf8'))
    .map(({ name, from }) => declarationOf(root, name, join(dirname(entry), from)))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))

const exportsIn = (text: string): readonly { readonly name: string; readonly from: string }[] =>
  [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)].flatMap(([, names, from]) =>
    namesIn(names!).map((name) => ({ name, from: from! })),
  )

const namesIn = (braces: string): readonly string[] =>
  braces
    .split(',')
    .map((name) => name.trim().replace(/^type\s+/, ''))
    .filter((name) => name !== '')

const declarationOf = (root: string, name: string, file: string): Declaration => {
  const text = readFileSync(join(root, file), 'utf8')
  const starts = [
    ...text.matchAll(
      new RegExp(`^export (?:async |abstract )?(const|function|class|interface|type) ${name}\\b`, 'gm'),
    ),
  ]
  const [first] = starts
  if (first) {
    const before = text.slice(0, first.index)
    const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(before)?.[1] ?? ''
    // The last of several is the one that runs, whose signature nobody sees.
    const seen = starts.length > 1 ? starts.slice(0, -1) : starts
    return {
      name,
      file,
      about: proseOf(comment),
      text: seen.map(({ index, 1: kind }) => signature(text.slice(index), kind!)).join('\n'),
    }
  }
  const again = exportsIn(text).find((one) => one.name === name)
  if (again) return declarationOf(root, name, join(dirname(file), again.from))
  throw new Error(`${file} does not declare ${name}, which an entry exports.`)
}

/** A comment without its stars. */
const proseOf = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim()

/** A declaration up to its body: what comes before `=> {`, or all of a type. */
const signature = (text: string, kind: string): string => {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const skipped = /^(?:\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)/.exec(
      text.slice(i, i + 2000),
    )
    if (skipped) {
      i += skipped[0].length - 1
      continue
    }
    const rest = text.slice(i)
    if (depth === 0) {
      if (kind === 'class' || kind === 'function') {
        if (text[i] === '{' && (kind === 'class' || isBody(text.slice(0, i)))) return text.slice(0, i).trim()
      } else if (kind === 'const') {
        const isArrow = rest.startsWith('=>')
        if (isArrow && !isTyped(text.slice(0, i)) && !CURRIED.test(rest)) return text.slice(0, i).trim()
        const isValue = /^= (?!\(|<|async)/.test(rest)
        if (isValue) return text.slice(0, i).trim()
      }
      if (/^\n(?=\n|export |\/\*\*|const |interface |type |function )/.test(rest))
        return text.slice(0, i).trim()
    }
    const sign = text[i]!
    if ('([{'.includes(sign)) depth += 1
    if (')]}'.includes(sign)) depth -= 1
    if (kind === 'interface' && sign === '}' && depth === 0) return text.slice(0, i + 1)
    // Generics; a signature compares nothing, and an arrow is none of their ends.
    if (sign === '<' && kind !== 'type') depth += 1
    if (sign === '>' && text[i - 1] !== '=' && kind !== 'type') depth -= 1
  }
  return text.trim()
}

/** An arrow behind which the parameters of another function stand. */
const CURRIED = /^=>\s*(?:<(?:const )?[A-Z]|\(\)|\(\w+\??:|\(\{[^{}]*\}\s*:)/

/** Whether a brace opens the body of a function rather than a type that it returns. */
const isBody = (before: string): boolean => !/[:|&]\s*$/.test(before)

/** Whether an arrow belongs to the type of a constant rather than to its function. */
const isTyped = (before: string): boolean => !before.includes(' = ')

/** The page on the architecture and its picture, the READMEs of rooms: all made from the list of rooms and the imports. */
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { svgOf } from '../report/pictures/render.ts'
import { codeFiles, importsIn } from './imports.ts'
import { code, type Page, pageOf, table } from './markdown.ts'
import { type Entry, HAND_WRITTEN, PARTS, partOf, ROOMS, readmeOf } from './rooms.ts'

/** Names of rooms in one row of a box. */
const IN_ROW = 3

const ALT = {
  title: 'The parts of clustercheck',
  description: 'Each part with its rooms, and arrows to the parts that it imports.',
}

/** For each part the parts that it imports, those left out that it reaches through another. */
const groundsOf = (imports: ReadonlyMap<string, ReadonlySet<string>>) => {
  const reaches = (from: string, to: string): boolean =>
    [...(imports.get(from) ?? [])].some((next) => next === to || reaches(next, to))
  return new Map(
    [...imports].map(([part, grounds]) => [
      part,
      [...grounds].filter((to) => ![...grounds].some((by) => by !== to && reaches(by, to))),
    ]),
  )
}

/** The parts and what each imports, the ground at the bottom. */
const dotOf = (root: string): string => {
  const imports = new Map<string, Set<string>>(PARTS.map((part) => [part, new Set()]))
  for (const { from, to } of importsIn(root, codeFiles(root))) {
    const [above, below] = [partOf(dirname(from)), partOf(dirname(to))]
    if (above !== below) imports.get(above)!.add(below)
  }
  const nodes = PARTS.map((part) => {
    const inside = ROOMS.filter(({ folder }) => folder !== part && partOf(folder) === part)
    const names = inside.map(({ folder }) => folder.slice(part.length + 1))
    const lines = names.flatMap((_, i) => (i % IN_ROW === 0 ? [names.slice(i, i + IN_ROW).join(', ')] : []))
    return `  "${part}" [label="${[`${part}/`, ...lines].join('\\n')}"]`
  })
  const edges = [...groundsOf(imports)].flatMap(([from, grounds]) =>
    grounds.map((to) => `  "${from}" -> "${to}"`),
  )
  return `digraph {
  rankdir=TB
  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11]
  edge [arrowsize=0.7]
${[...nodes, ...edges].join('\n')}
}
`
}

/** The first sentence of the comment that opens a file. */
const aboutOf = (path: string): string => {
  const [, comment] = /^(?:#!.*\n)?\/\*\*([\s\S]*?)(?:\n \*\n[\s\S]*?)?\*\//.exec(readFileSync(path, 'utf8'))!
  const text = comment!.replace(/\n \* ?/g, ' ').trim()
  return /^.*?\.(?=\s+[A-Z`(]|$)/.exec(text)?.[0] ?? text
}

/** The files of a room, tests aside. */
const entriesOf = (root: string, files: readonly string[], folder: string): readonly Entry[] =>
  files
    .filter((path) => dirname(path) === folder)
    .map((path) => ({ name: basename(path), about: aboutOf(join(root, path)) }))

/** What is generated of the architecture: the picture, the list of rooms, and a README for each. */
export const architecturePages = async (root: string): Promise<readonly Page[]> => {
  const files = codeFiles(root)
  return [
    { path: 'docs/internals/architecture.svg', text: await svgOf(dotOf(root), { engine: 'dot', alt: ALT }) },
    pageOf('docs/internals/rooms.md', 'The rooms', [
      'The ground first: a file imports its own room and those above it. The README of a room says what each of its files is for.',
      '',
      ...table(
        ['room', 'what it is for', 'begin with'],
        ROOMS.map(({ folder, purpose, begin }) => [code(`${folder}/`), purpose, code(begin)]),
      ),
    ]),
    ...ROOMS.filter(({ folder }) => !HAND_WRITTEN.includes(folder)).map((room) => ({
      path: `${room.folder}/README.md`,
      text: readmeOf(room, entriesOf(root, files, room.folder)),
    })),
  ]
}

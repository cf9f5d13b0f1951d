/** What is known of a sample, as text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Mutants that mean the same as the code, with the reason. */
const EQUIVALENT = JSON.parse(readFileSync(join(import.meta.dirname, 'equivalent.json'), 'utf8'))

const COLUMNS = ['killed', 'timeout', 'survived', 'no coverage', 'equivalent', 'error', 'open']
const WORDS = { Killed: 'killed', Timeout: 'timeout', Survived: 'survived', NoCoverage: 'no coverage' }

const reasonOf = ({ file, original, replacement }) =>
  EQUIVALENT.find(
    (known) => known.file === file && known.original === original && known.replacement === replacement,
  )?.why

/** The 95 % interval of a share, after Wilson. */
export const interval = (part, whole) => {
  const z = 1.96
  const share = part / whole
  const middle = share + (z * z) / (2 * whole)
  const width = z * Math.sqrt((share * (1 - share)) / whole + (z * z) / (4 * whole * whole))
  const scale = 1 + (z * z) / whole
  return [(middle - width) / scale, (middle + width) / scale]
}

const percent = (share) => `${(100 * share).toFixed(1)} %`

/** None while mutants are open: those that are noticed are known first. */
const scoreOf = (counts, isWhole) => {
  if (counts.open > 0) return ''
  const noticed = counts.killed + counts.timeout
  const judged = noticed + counts.survived + counts['no coverage']
  if (judged === 0) return ''
  const [low, high] = interval(noticed, judged)
  return percent(noticed / judged) + (isWhole ? '' : ` (${percent(low)} to ${percent(high)})`)
}

/** `src/search/packed` of `src/search/packed/storage/table.ts`: folders below are counted with it. */
const folderOf = (file) =>
  file
    .split('/')
    .slice(0, -1)
    .slice(0, file.startsWith('src/') ? 3 : 2)
    .join('/')

export const report = (mutants, results, isWhole) => {
  const columnOf = (mutant) => {
    const status = results.get(mutant.key)?.status
    if (status === undefined) return 'open'
    const word = WORDS[status] ?? 'error'
    return (word === 'survived' || word === 'no coverage') && reasonOf(mutant) !== undefined
      ? 'equivalent'
      : word
  }
  const count = (some) =>
    Object.fromEntries(
      COLUMNS.map((column) => [column, some.filter((one) => columnOf(one) === column).length]),
    )
  const row = (name, some) => {
    const counts = count(some)
    return `${name.padEnd(24)}${[some.length, ...COLUMNS.map((c) => counts[c])].map((n) => String(n).padStart(12)).join('')}  ${scoreOf(counts, isWhole)}`
  }
  const folders = [...new Set(mutants.map(({ file }) => folderOf(file)))].sort()
  const short = (text) => text.replace(/\s+/g, ' ').slice(0, 90)
  const unnoticed = mutants
    .filter((mutant) => ['survived', 'no coverage', 'error'].includes(columnOf(mutant)))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((mutant) => {
      const { start } = mutant.location
      return `${mutant.file}:${start.line}:${start.column} ${columnOf(mutant)}, ${mutant.mutatorName}: ${short(mutant.original)} → ${short(mutant.replacement)}`
    })
  return [
    [
      'folder'.padEnd(24),
      ...['mutants', ...COLUMNS].map((c) => c.padStart(12)),
      '  score (95 % interval)',
    ].join(''),
    ...folders.map((folder) =>
      row(
        folder,
        mutants.filter(({ file }) => folderOf(file) === folder),
      ),
    ),
    row('all', mutants),
    ...(unnoticed.length === 0 ? [] : ['', 'Not noticed:', ...unnoticed]),
  ].join('\n')
}

/**
 * `check --update`: a file of expectations with the verdicts that were found. Only what changed is written; comments,
 * reasons and everything else of the file stay as they are.
 */
import type { JudgedSuite } from '../../report/results/judged-suite.ts'
import type { Declared } from '../../search/suite.ts'
import { readText } from '../files/json.ts'
import { appending, type Edit, edited, entryOf, exportedObject, type Literal } from '../files/literals.ts'
import { UsageError } from '../process/errors.ts'

/** A file with what was found, and how much of it is new. */
export interface Updated {
  readonly before: string
  readonly after: string
  readonly verdicts: number
  readonly actions: number
  /** Labels of verdicts that are new, not good, and for which the file has no reason. */
  readonly unexplained: readonly string[]
  /** Labels whose reason was given for the verdict before. */
  readonly outdated: readonly string[]
}

/**
 * The text of a file of expectations, given what its targets came to, in its order. What was not decided stays. Throws
 * `UsageError` for a file that computes what it expects.
 */
export const updatedConfig = (file: string, suites: readonly JudgedSuite[]): Updated => {
  const before = readText(file)
  const targets = targetsIn(before, file)
  if (targets?.length !== suites.length)
    throw new UsageError({
      problem: `${file} cannot be updated: what it expects is not written in it as plain values.`,
      hint: 'write targets as literals, or change by hand what clustercheck check shows',
    })
  const style = styleOf(file, before, targets)
  const changes = suites.map((suite, i) => changesOf(suite, targets[i]!, before, style))
  return {
    before,
    after: edited(
      before,
      changes.flatMap(({ edits }) => edits),
    ),
    verdicts: changes.reduce((sum, change) => sum + change.verdicts, 0),
    actions: changes.reduce((sum, change) => sum + change.actions, 0),
    unexplained: changes.flatMap(({ unexplained }) => unexplained),
    outdated: changes.flatMap(({ outdated }) => outdated),
  }
}

/** The targets that a file lists, if they are literals. */
export const targetsIn = (text: string, file: string): readonly Literal[] | undefined => {
  const { items } = entryOf(exportedObject(text, file.endsWith('.json')), 'targets') ?? {}
  return items?.every(({ entries }) => entries) ? items : undefined
}

/** How a file writes strings and keys. */
interface Style {
  readonly quoted: (text: string) => string
  readonly key: (text: string) => string
}

const styleOf = (file: string, text: string, targets: readonly Literal[]): Style => {
  const [first] = targets.flatMap(({ entries = [] }) => entries)
  const hasQuotedKeys = file.endsWith('.json') || (first !== undefined && /["']/.test(text[first.start]!))
  const mark = first && /['"]/.exec(text.slice(first.start, first.literal.end))?.[0]
  const quoted = (value: string): string => {
    const double = JSON.stringify(value)
    return mark === "'" ? `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : double
  }
  return { quoted, key: (key) => (!hasQuotedKeys && /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key)) }
}

interface Changes extends Pick<Updated, 'verdicts' | 'actions' | 'unexplained' | 'outdated'> {
  readonly edits: readonly Edit[]
}

const changesOf = (suite: JudgedSuite, target: Literal, text: string, { quoted, key }: Style): Changes => {
  const found = suite.properties.flatMap(({ asDeclared, waived, verdict: { label, verdict, value } }) =>
    asDeclared || waived || verdict === 'unknown'
      ? []
      : [{ label, says: verdict === 'measured' ? value! : verdict }],
  )
  const expect = entryOf(target, 'expect')
  const written = (says: Declared): string => (typeof says === 'number' ? String(says) : quoted(says))
  const edits: Edit[] = []
  const added: string[] = []
  const unexplained: string[] = []
  const outdated: string[] = []
  for (const { label, says } of found) {
    const old = entryOf(expect, label)
    const place = entryOf(old, 'verdict') ?? old
    if (place) edits.push({ start: place.start, end: place.end, text: written(says) })
    else added.push(`${key(label)}: ${written(says)}`)
    const isGood = typeof says === 'number' || says === 'holds' || says === 'reached'
    if (entryOf(old, 'reason')) outdated.push(label)
    else if (!isGood) unexplained.push(label)
  }
  const idle = entryOf(target, 'idle')
  const items = idle?.items ?? []
  const gone = suite.idle.filter((one) => one.declared && !one.found).map(({ action }) => action)
  const never = suite.idle.filter((one) => one.found && !one.declared).map(({ action }) => action)
  // A whole list is written anew: a comment between actions would speak of the wrong one.
  const actions = [
    ...items.flatMap(({ value }) => (typeof value === 'string' && !gone.includes(value) ? [value] : [])),
    ...never,
  ]
  const list = `[${actions.map(quoted).join(', ')}]`
  const fields = [
    ...(added.length > 0 && !expect ? [`${key('expect')}: { ${added.join(', ')} }`] : []),
    ...(never.length > 0 && !idle ? [`${key('idle')}: ${list}`] : []),
  ]
  if (added.length > 0 && expect) edits.push(appending(text, expect, added))
  if (idle && gone.length + never.length > 0) edits.push({ start: idle.start, end: idle.end, text: list })
  if (fields.length > 0) edits.push(appending(text, target, fields))
  return { edits, verdicts: found.length, actions: gone.length + never.length, unexplained, outdated }
}

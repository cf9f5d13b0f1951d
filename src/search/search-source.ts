/**
 * The program text of the packed search: the visited set, the store of new states, and one function for each
 * action, so that each guard and effect has a call site of its own. Nothing is allocated for a successor.
 */
import { choicesOf } from '../modelling/action.ts'
import type { Model } from '../modelling/model.ts'
import type { PackedNames } from '../state/packed-source.ts'
import type { Source } from '../state/source.ts'
import type { Findings } from './engine.ts'
import { emitText, hasMeasures, judgeText, readingsText } from './judge-source.ts'
import type { Coverage } from './outcome.ts'
import { CHUNK, type Store } from './store.ts'
import { visitedText } from './visited-source.ts'

/** What the text counts. */
export interface Counters {
  readonly distinct: number
  readonly generated: number
  readonly stuck: number
  /** The first state without successor that is not final, or -1. */
  readonly deadlock: number
  /** The state and the instance being run. */
  readonly from: number
  readonly instance: number
  /** Whether properties are being asked, and the writes not taken back. */
  readonly judging: boolean
  readonly writes: number
}

interface SearchParts {
  readonly exact: boolean
  readonly names: PackedNames
  /** Whether canon() and auditOrbit() are there to keep one state of each orbit only. */
  readonly reduced: boolean
  readonly store: Store
  readonly findings: readonly Findings[]
  readonly coverage: readonly { -readonly [K in keyof Coverage]: Coverage[K] }[]
  readonly report: {
    /** Each finds out what happened from the slots and throws. */
    unsteadyGuard(first: unknown, second: unknown): never
    unsteadyState(restoreFirst: () => void): never
    guardWrote(): never
    propertyWrote(writes: number): never
    /** Throws when a reading is no finite number. */
    finite(measure: string, event: string, reading: unknown): unknown
    /** Compare with the plain interpreter; each throws when it says something else. */
    lookAt(): void
    guardSaid(answer: unknown): void
    effectLed(): void
    askProperties(): void
  }
}

/** Adds the text of the search; the packed state's text stands before it. */
export const addSearch = (source: Source, model: Model, parts: SearchParts): void => {
  const { names, store, report } = parts
  const root = names.roots[0]!
  const possible = model.properties.filter((p) => p.kind === 'alwaysPossible')
  for (const [name, value] of Object.entries({
    ...store,
    findings: parts.findings,
    coverage: parts.coverage,
    report,
  }))
    source.let(name, value)
  source.let('isFinal', model.final ?? (() => false))
  source.add(
    'let count = 0, generated = 0, stuck = 0, deadlock = -1, from = -1, at = 0, flags = 0, arisen = 0, lo0 = 0, hi0 = 0, judging = false',
    visitedText(parts.exact, possible.length > 0, names.words),
    readingsText(model),
    emitText(source, model, names),
    judgeText(source, model, root),
    storeText(names.words, possible.length > 0),
    successorText(model, possible.length > 0, parts.reduced),
    ...model.initial.map((action, i) => actionText(source, 'initial', action, i, root, model.initial)),
    ...model.actions.map((action, i) => actionText(source, 'act', action, i, root, model.actions)),
    'const FIRST = new Int32Array(S.length)',
    auditText(source, 'auditInitial', model, model.initial, root),
    auditText(source, 'audit', model, model.actions, root),
    `
function start() {
  from = -1
  lo0 = 0
  hi0 = 0
  auditInitial(8, false)
  ${model.initial.map((_, i) => `initial${i}()`).join('\n  ')}
}
function expand(first, end) {
  const A = states[first / ${CHUNK} | 0]
  for (let s = first; s < end; s++) {
    if (s === first) unpack(A, (s % ${CHUNK}) * ${names.words})
    else {
      lo = lo0
      hi = hi0
      follow(A, (s % ${CHUNK}) * ${names.words})
    }
    lo0 = lo
    hi0 = hi
    from = s
    if (s < 64 || (s & 1023) === 0) audit(s < 16 ? 8 : 2, false)
    ${parts.reduced ? 'if (s < 256 || (s & 63) === 0) auditOrbit(s)' : ''}
    let any = 0
    ${model.actions.map((_, i) => `any += act${i}()`).join('\n    ')}
    if (any === 0) {
      stuck++
      if (deadlock < 0) {
        judging = true
        if (!isFinal(${root})) deadlock = s
        if (logN !== 0) report.propertyWrote(0)
        judging = false
      }
    }
    ${possible.length > 0 ? `ends[s / ${CHUNK} | 0][s % ${CHUNK}] = edgeCount` : ''}
  }
}
/** A thorough audit of a stored state, or of the initial actions (-1). */
function examine(s) {
  from = s
  if (s < 0) S.fill(0)
  else unpack(states[s / ${CHUNK} | 0], (s % ${CHUNK}) * ${names.words})
  lo0 = s < 0 ? 0 : lo
  hi0 = s < 0 ? 0 : hi
  lo = lo0
  hi = hi0
  if (s < 0) auditInitial(1, true)
  else audit(1, true)
}
return {
  start,
  expand,
  examine,
  roots: [${names.roots.join(', ')}],
  undoTo(writes) { while (logN > writes) { logN--; S[logSlot[logN]] = logValue[logN] } },
  counters: () => ({ distinct: count, generated, stuck, deadlock, from, instance: at, judging, writes: logN }),
  tableBytes: () => T.byteLength,
}`,
  )
}

const storeText = (words: number, edges: boolean): string => `
let edgeCount = 0
function keep(mark) {
  const place = count % ${CHUNK}
  if (place === 0) {
    states.push(new Int32Array(${CHUNK} * ${words}))
    parents.push(new Int32Array(${CHUNK}))
    instances.push(new Uint16Array(${CHUNK}))
    ${edges ? `marks.push(new Uint16Array(${CHUNK})); ends.push(new Float64Array(${CHUNK}))` : ''}
  }
  const chunk = states.length - 1
  pack(states[chunk], place * ${words})
  parents[chunk][place] = from
  instances[chunk][place] = at
  ${edges ? 'marks[chunk][place] = mark' : ''}
  count++
  if (count > room) growTable()
}
function addEdge(to) {
  const place = edgeCount % ${CHUNK}
  if (place === 0) edges.push(new Int32Array(${CHUNK}))
  edges[edges.length - 1][place] = to
  edgeCount++
}`

const successorText = (model: Model, edges: boolean, reduced: boolean): string => {
  const monitored = model.properties.some((p) => p.kind === 'monitor')
  return `
/** What the effect of instance \`at\` made of state \`from\`: looked up, stored when new, and taken back. */
function successor() {
  generated++
  ${monitored ? 'if (((flags & unshown) | (arisen & unarisen)) !== 0) noteSteps()\n  flags = 0\n  arisen = 0' : ''}
  ${hasMeasures(model) ? 'if (metered !== 0) noteReadings()' : ''}
  ${reduced ? 'canon()' : ''}
  ${
    edges
      ? 'let to = look()\n  if (to < 0) { to = count; keep(judge()) }\n  if (from >= 0 && to !== from) addEdge(to)'
      : 'if (look() < 0) keep(judge())'
  }
  undo()
  lo = lo0
  hi = hi0
}`
}

/** One function for each action: returns how many of its instances were enabled. */
const actionText = (
  source: Source,
  prefix: string,
  action: Model['actions'][number],
  index: number,
  root: string,
  all: readonly Model['actions'][number][],
): string => {
  const base = all.slice(0, index).reduce((sum, a) => sum + choicesOf(a).length, 0)
  const choices = source.bind('choices', choicesOf(action))
  const effect = source.bind('effect', action.effect)
  const guard = action.guard && source.bind('guard', action.guard)
  return `
function ${prefix}${index}() {
  let n = 0
  const before = count
  for (let c = 0; c < ${choices}.length; c++) {
    const choice = ${choices}[c]
    at = ${base} + c
    ${guard ? `const open = ${guard}(${root}, choice)\n    if (logN !== 0) report.guardWrote()\n    if (!open) continue` : ''}
    n++
    writing = true
    taken = 0
    ${effect}(${root}, choice, emit)
    writing = false
    successor()
  }
  ${
    prefix === 'initial'
      ? ''
      : `if (n !== 0) {
    const row = coverage[${index}]
    row.enabled++
    row.taken += n
    row.fresh += count - before
  }`
  }
  return n
}`
}

/**
 * audit(turns, thorough): guards and effects of the state in the slots, run several times; they must agree with
 * themselves, and in a thorough audit with the plain interpreter, as must the properties.
 */
const auditText = (
  source: Source,
  name: string,
  model: Model,
  actions: Model['actions'],
  root: string,
): string => {
  const instances = actions.flatMap((action) => choicesOf(action).map((choice) => ({ action, choice })))
  const list = source.bind('audited', instances)
  return `
function ${name}(turns, thorough) {
  if (thorough) report.lookAt()
  for (let i = 0; i < ${list}.length; i++) {
    const { action, choice } = ${list}[i]
    at = i
    const open = action.guard ? action.guard(${root}, choice) : true
    if (logN !== 0) report.guardWrote()
    for (let turn = 1; action.guard && turn < turns; turn++) {
      const again = action.guard(${root}, choice)
      if (again !== open) report.unsteadyGuard(open, again)
    }
    if (thorough) report.guardSaid(open)
    if (!open) continue
    let a = 0, b = 0
    for (let turn = 1; turn <= turns; turn++) {
      writing = true
      taken = 0
      action.effect(${root}, choice, emit)
      writing = false
      if (turn === 1) { a = lo; b = hi; FIRST.set(S) }
      else if (lo !== a || hi !== b) report.unsteadyState(() => S.set(FIRST))
      if (thorough && turn === turns) report.effectLed()
      undo()
      lo = lo0
      hi = hi0
    }
  }
  ${
    name === 'audit'
      ? `if (thorough) {
    judging = true
    report.askProperties()
    if (logN !== 0) report.propertyWrote(0)
    judging = false
  }`
      : ''
  }
  flags = 0
  arisen = 0
  ${hasMeasures(model) ? 'forgetReadings()' : ''}
}`
}

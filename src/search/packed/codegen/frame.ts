/** The pieces of program text that a breadth-first and a bitstate search have in common, around the loop of each. */
import { choicesOf } from '../../../modelling/action.ts'
import type { Model } from '../../../modelling/model.ts'
import type { PackedNames } from '../../../state/codegen/packed.ts'
import type { Source } from '../../../state/codegen/source.ts'
import { HEAD, headOf } from '../storage/block.ts'
import { auditText, initialText } from './action.ts'
import { emitText, judgeText, readingsText } from './judge.ts'
import type { Keying, KeyText } from './keys.ts'
import type { SearchParts } from './parts.ts'
import { addRecall } from './recall.ts'

/** Adds the counters of a search, what takes steps, and what judges steps and states. */
export const addJudging = (
  source: Source,
  model: Model,
  { names, keying, report, trees, reduced, twice, once }: JudgingParts,
): void => {
  source.let('report', report)
  source.let('ACTION_OF', actionsOf(model))
  source.let('isFinal', model.final ?? (() => false))
  if (model.constraint) source.let('constraint', model.constraint)
  source.part(
    'EVENTS',
    'What effects emit goes to monitors and measures at once; `flags` and `arisen` keep what they say.',
  )
  source.add(
    'let count = 0, generated = 0, stuck = 0, deadlocked = false, from = -1, at = 0, flags = 0, arisen = 0, lo0 = 0, hi0 = 0, judging = false',
    'let HEAD = undefined, VALUES = undefined',
    readingsText(model),
    emitText(source, model, names),
  )
  source.part(
    'MEMORY OF CLOSURES',
    'Guards, effects and tests are run once for what they read, and remembered in decision trees over these bits.',
  )
  addRecall(source, model, { names, keying, head: headOf(model), trees, reduced, twice, once })
  source.part('PROPERTIES', 'Each new state is judged when it is stored, each step when it is taken.')
  source.add(judgeText(source, model, names.roots[0]!))
  if (model.constraint)
    source.add(`
/** Whether the state that is expanded lies within the constraint: only then is it without successor. */
function isWithin() {
  sync()
  return constraint(${names.roots[0]})
}`)
}

export type JudgingParts = Pick<
  SearchParts,
  'names' | 'keying' | 'report' | 'trees' | 'reduced' | 'twice' | 'once'
>

/** The number of the action of each instance, for counting new states by action. */
const actionsOf = (model: Model): Int32Array =>
  Int32Array.from(model.actions.flatMap((action, i) => choicesOf(action).map(() => i)))

/** Adds a function for each initial action, and the audits. */
export const addActions = (source: Source, model: Model, names: PackedNames): void => {
  const root = names.roots[0]!
  source.part(
    'ACTIONS',
    'The initial states, and audits: the guards and effects of a sample of states are run again and must agree.',
  )
  source.add(
    ...model.initial.map((_, i) => initialText(source, model, i, root)),
    'const FIRST = new Int32Array(S.length)',
    auditText(source, 'auditInitial', model, model.initial, root),
    auditText(source, 'audit', model, model.actions, root),
    hooksText(names),
  )
}

/** What second runs are made with. */
const hooksText = ({ roots, before }: PackedNames): string => `
let unseen = checks ? 1 : -1, begun = !checks
twice.attach({
  slots: S,
  reads: READS,
  count: () => reads,
  startNoting,
  stopNoting,
  setWriting(on) { writing = on; taken = 0 },
  writes: () => logN,
  undo() { undo(); lo = lo0; hi = hi0 },
  show(words) { show(words); synced = words === W },
  arrive(words) { W.set(words); show(W); synced = true },
  quiet() { flags = 0; arisen = 0; forgetReadings() },
  guardOf,
  effectOf,
  test: (k) => k < TESTS.length ? test(k) : isFinal(${roots[0]}),
  getAt: () => at,
  setAt(i) { at = i },
  said: SAID,
  before: ${before ?? 'undefined'},
  keepBefore() { ${before === undefined ? '' : 'BEFORE.set(S)'} },
  stepAnswers: ${before === undefined ? '[]' : 'STEP_ANSWERS'},
  judgeStep(i) { ${before === undefined ? '' : 'judgeStep(i)'} },
  roots: [${roots.join(', ')}],
  others: [${roots.map((root) => `new ${root}.constructor(${root}.$o)`).join(', ')}],
  unsteadyState(action, one, cause) {
    const two = S.slice()
    try { report.unsteadyState(() => S.set(one), cause) } finally { S.set(two) }
  },
  recalledGuard,
  recalledEffect(i) { FIRST.set(S); recalledEffect(i) },
  placeOf,
  record(on) { recording = on; SAID.length = 0 },
  recalledTest,
})`

/** Statements by which the state that waits in A from place p on is the one that is expanded. */
export const arriveText = ({ words }: Pick<PackedNames, 'words'>, { own }: KeyText): string => `met++
    for (let k = 0; k < ${words}; k++) W[k] = A[p + k]
    ${own}
    synced = false
    if (--unseen === 0) unseen = twice.see(W)`

/**
 * Statements that audit the state with number s if it is one of a sample: after it is expanded, for what the first runs of a model
 * say, no others have had a part in.
 */
export const sampleText = (keying: Keying): string => `if (!begun) {
      begun = true
      sync()
      twice.begin()
    }
    if (s < 16 || (s & 1023) === 0) {
      sync()
      ${keying === 'fingerprint' ? 'if (lo0 !== k0 || hi0 !== k1) report.wrongHash()' : ''}
      audit(2, false)
    }`

/** Statements that begin a block: what is found out from now on goes to it. */
export const aimText = `
  HEAD = block.head
  VALUES = block.values
  HEAD.fill(0)
  HEAD[${HEAD.deadlock}] = -1
  generated = 0
  stuck = 0`

/** Statements for an expanded state of which no instance was enabled; `state` is how a deadlock is noted. */
export const stuckText = ({ roots }: PackedNames, state: string, { constraint }: Model): string => `
    if (any === 0${constraint ? ' && isWithin()' : ''}) {
      stuck++
      judging = true
      sync()
      const isEnd = isFinal(${roots[0]})
      if (checks && (stuck <= 64 || (stuck & 63) === 0)) twice.final(isEnd, W)
      if (!isEnd && !deadlocked) { deadlocked = true; HEAD[${HEAD.deadlock}] = ${state} }
      if (logN !== 0) report.propertyWrote(0)
      judging = false
    }`

/** A thorough audit of the stored state A, which has number s, or of the initial actions (-1). */
export const examineText = (keying: Keying): string => `
function examine(s, A) {
  from = s
  for (let k = 0; k < W.length; k++) W[k] = A[k]
  unpack(A, 0)
  lo0 = lo
  hi0 = hi
  synced = true
  ${keying === 'fingerprint' ? 'if (lo !== A[W.length] || hi !== A[W.length + 1]) report.wrongHash()' : ''}
  if (s < 0) auditInitial(1, true)
  else audit(1, true)
}`

/** What the text returns in any search. */
export const returnedText = ({ roots }: PackedNames): string => `
  aim,
  note,
  start,
  expand,
  resolve,
  examine,
  remembered,
  endure() { if (checks) twice.endure() },
  roots: [${roots.join(', ')}],
  /** After something was thrown: nothing is noted any more, and nothing written. */
  calm() { stopNoting(); recording = false; writing = false; taken = 0 },
  undoTo(writes) { while (logN > writes) { logN--; S[logSlot[logN]] = logValue[logN] } },
  position: () => ({ from, instance: at, judging, writes: logN }),`

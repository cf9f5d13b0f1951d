/** The program text that judges: events go to monitors and measures, new states to the properties over states. */
import type { Model } from '../../../modelling/model.ts'
import { isListener, isOfGraph, isOverStates } from '../../../modelling/property.ts'
import type { PackedNames } from '../../../state/codegen/packed.ts'
import type { Source } from '../../../state/codegen/source.ts'
import { tellEvent } from '../memoised/event-text.ts'
import { ANSWER, answered } from '../memoised/read-trees.ts'
import { BEYOND, HEAD, headOf } from '../storage/block.ts'
import { walkText } from './recall.ts'

/** The emit object: each event goes straight to the monitors and measures that listen to it. */
export const emitText = (source: Source, model: Model, names: PackedNames): string => {
  const lines: string[] = []
  const listeners = model.properties.flatMap((p, bit) => (isListener(p) ? [{ p, bit }] : []))
  for (const { p, bit } of listeners)
    if (p.kind === 'monitor')
      lines.push(
        `const judge${bit} = { violated() { flags |= ${1 << bit}; if (recording) SAID.push('violated', ${bit}) }, arose() { arisen |= ${1 << bit}; if (recording) SAID.push('arose', ${bit}) } }`,
      )
  const kinds = (model.events?.kinds ?? []).map((kind, k) => {
    const calls = listeners.flatMap(({ p, bit }, i) => {
      const handler = p.on[kind]
      if (!handler) return []
      // A meter for each kind of event, so that a fault can name it.
      const said = p.kind === 'monitor' ? `judge${bit}` : `meter${bit}at${k}`
      if (p.kind === 'measure') lines.push(`const ${said} = ${meterText(p.name, bit, kind)}`)
      return [`${source.bind('on', handler)}(${names.roots[i + 1]}, event, ${said})`]
    })
    return `  ${JSON.stringify(kind)}(event) { if (recording) tellEvent(SAID, ${k}, event); ${calls.join('; ')} },`
  })
  source.let('tellEvent', tellEvent)
  return [RECORDING, ...lines, 'const emit = {', ...kinds, '}'].join('\n')
}

/** What an effect tells is written down while `recording` is on: its events, and what listeners say of them. */
const RECORDING = 'let recording = false\nconst SAID = []'

/** A meter keeps only what exceeds every reading of the steps before. */
const meterText = (name: string, bit: number, kind: string): string =>
  `{ reads(v) {
  if (!Number.isFinite(v)) report.finite(${JSON.stringify(name)}, ${JSON.stringify(kind)}, v)
  if (recording) SAID.push(${bit}, v)
  if (v > BEST[${bit}] && v > READ[${bit}]) { READ[${bit}] = v; metered |= ${1 << bit} }
} }`

/** noteReadings(): the readings of a step that exceed all before, in arrays since a number in a variable is allocated. */
export const readingsText = (model: Model): string => {
  if (!hasMeasures(model)) return 'function forgetReadings() {}'
  const n = model.properties.length
  return `
const READ = new Float64Array(${n}).fill(-Infinity), BEST = new Float64Array(${n}).fill(-Infinity)
let metered = 0
function noteReadings() {
  for (let i = 0; i < ${n}; i++) {
    if ((metered & (1 << i)) === 0) continue
    BEST[i] = READ[i]
    VALUES[i] = READ[i]
    shown(i)
  }
  forgetReadings()
}
function forgetReadings() {
  READ.fill(-Infinity)
  metered = 0
}`
}

/** Whether a model has a measure. */
export const hasMeasures = ({ properties }: Model): boolean => properties.some((p) => p.kind === 'measure')

/** Behind the marks of properties: the state lies beyond the constraint of the model. */
const MARKED_BEYOND = 1 << 16

/** The statement that counts a new state by the action that led to it, or as one beyond the constraint. */
export const freshText = ({ actions, constraint }: Model): string => {
  const fresh = 'if (from >= 0) FRESH[ACTION_OF[at]]++'
  if (!constraint) return fresh
  const at = (word: number): number => actions.length + word
  return `if ((marks & ${MARKED_BEYOND}) !== 0) FRESH[${at(BEYOND.count)}]++
  else {
    ${fresh}
    FRESH[${at(BEYOND.last)}] = count + 1
  }`
}

/**
 * judge(): the state properties of the new state in NEXT; noteSteps(): what monitors said about a step, once each; heard(): what
 * an effect told monitors and measures is taken in.
 */
export const judgeText = (source: Source, model: Model, root: string): string => {
  const tests: string[] = []
  const calls: string[] = []
  const marks: string[] = ['0']
  /** The expression that asks a test of the new state. */
  const ask = (name: string, test: unknown): string =>
    `ask(${calls.push(`${source.bind(name, test)}(${root})`) - 1})`
  const note = (i: number, what: 'shown' | 'arose', test: string): void => {
    const name = source.name('seen')
    source.add(`let ${name} = false`)
    // Asked of every state, also when it was seen: whether it throws must not depend on what a thread has seen.
    tests.push(`  if (${test} && !${name}) { ${name} = true; ${what}(${i}) }`)
  }
  let shift = 0
  model.properties.forEach((p, i) => {
    if (!isOverStates(p)) return
    const holds = ask('holds', p.holds)
    if (p.kind === 'always') {
      note(i, 'shown', `!${holds}`)
      if (p.situation) note(i, 'arose', ask('situation', p.situation))
    }
    if (p.kind === 'sometimes') note(i, 'shown', holds)
    if (isOfGraph(p)) {
      const judged = p.whenever ? ask('whenever', p.whenever) : 'true'
      marks.push(`(${holds} ? ${1 << shift} : 0)`, `(${judged} ? ${256 << shift} : 0)`)
      shift += 1
    }
  })
  if (model.constraint) marks.push(`(${ask('constraint', model.constraint)} ? 0 : ${MARKED_BEYOND})`)
  const head = headOf(model)
  return `
/** The present step shows something about a property, or leads into the situation it speaks of. */
function shown(i) {
  const w = ${head.property(0)} + i * 4
  HEAD[${HEAD.shown}] |= 1 << i
  HEAD[w] = from
  HEAD[w + 1] = at
}
function arose(i) {
  const w = ${head.property(0)} + i * 4
  HEAD[${HEAD.arisen}] |= 1 << i
  HEAD[w + 2] = from
  HEAD[w + 3] = at
}
let unshown = -1, unarisen = -1
function noteSteps() {
  for (let i = 0; i < ${model.properties.length}; i++) {
    if ((flags & unshown & (1 << i)) !== 0) shown(i)
    if ((arisen & unarisen & (1 << i)) !== 0) arose(i)
  }
  unshown &= ~flags
  unarisen &= ~arisen
}
function heard() {
  ${model.properties.some((p) => p.kind === 'monitor' || p.kind === 'step') ? 'if (((flags & unshown) | (arisen & unarisen)) !== 0) noteSteps()\n  flags = 0\n  arisen = 0' : ''}
  ${hasMeasures(model) ? 'if (metered !== 0) noteReadings()' : ''}
}
${testsText(calls)}
function judge() {
  judging = true
${tests.join('\n')}
  const marks = ${marks.join(' | ')}
  judging = false
  return marks
}`
}

/** ask(k): what test k says of the state in NEXT; it is run when the trees do not know. */
const testsText = (calls: readonly string[]): string => `
const tests = new Answers(trees, ${calls.length}), TESTS = tests.roots.fill(UNKNOWN), ASKED = new Int32Array(${calls.length})
const NEXT_ASKED = new Int32Array(${calls.length}).fill(checks ? 2 : -1)
function ask(k) {
  const N = trees.nodes
  ASKED[k]++
  ${walkText('TESTS[k]', 'NEXT')}
  if (ASKED[k] === NEXT_ASKED[k]) {
    NEXT_ASKED[k] = afterLook(ASKED[k])
    if (t < ${ANSWER.run}) twice.inspectTest(k, NEXT)
  }
  return t < ${ANSWER.run} ? ${answered('t')} !== 0 : answerOf(k, t)
}
function answerOf(k, known) {
  show(NEXT)
  synced = false
  const learns = known === ${ANSWER.unknown} && tests.learns(k)
  if (learns) startNoting()
  const yes = test(k)
  if (logN !== 0) report.propertyWrote(0)
  if (yes !== true && yes !== false) report.notAnAnswer(k, yes)
  if (learns) {
    stopNoting()
    if (checks) twice.keepReads()
    learn(tests, k, NEXT, ${answered('yes ? 1 : 0')}, ASKED[k])
    if (checks) twice.test(k, yes, NEXT)
  }
  return yes
}
function recalledTest(k, answer, words) {
  const N = trees.nodes
  ${walkText('TESTS[k]', 'words')}
  if (t < ${ANSWER.run} && (${answered('t')} !== 0) !== answer) report.unsteadyTest(k, !answer, answer)
}
function test(k) {
  switch (k) {
${calls.map((call, k) => `    case ${k}: return ${call}`).join('\n')}
  }
}`

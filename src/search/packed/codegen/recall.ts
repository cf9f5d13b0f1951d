/**
 * The program text that asks guards, effects and tests: first the trees of `../memoised/read-trees.ts`, and the closure itself only
 * where these do not know. So most states are expanded without their slots, as words whose changes are known.
 *
 * What monitors and measures say of a step is a function of what it reads as well. They are told the first time: what they say
 * again is nothing new to a search, which keeps the first step that shows something.
 */
import { choicesOf } from '../../../modelling/action.ts'
import type { Model } from '../../../modelling/model.ts'
import type { StepTest } from '../../../modelling/property.ts'
import type { PackedNames } from '../../../state/codegen/packed.ts'
import type { Source } from '../../../state/codegen/source.ts'
import { takenOf } from '../../../state/plain/instances.ts'
import { answerOf, wroteInTest } from '../../../state/running-faults.ts'
import { Answers } from '../memoised/answers.ts'
import { lookAfter } from '../memoised/kept-states.ts'
import { ANSWER, answered, type ReadTrees } from '../memoised/read-trees.ts'
import type { SecondRuns } from '../memoised/second-runs.ts'
import type { HeadLayout } from '../storage/block.ts'
import { CHANGE, longestChange } from './change-layout.ts'
import { groupsText } from './groups.ts'
import type { Keying } from './keys.ts'

export { CHANGE, longestChange } from './change-layout.ts'

export interface RecallParts {
  readonly names: PackedNames
  readonly keying: Keying
  readonly head: HeadLayout
  readonly trees: ReadTrees
  readonly twice: SecondRuns
  /** Whether nothing is run twice. */
  readonly once: boolean
  /** Whether canon() is there, which must see every successor: then no change is remembered, and every effect is run. */
  readonly reduced: boolean
}

/** The statements that leave in `t` what the tree of an expression says of the words `W`, with the nodes in `N`. */
export const walkText = (root: string, W: string): string => `let t = ${root}
    while (t > 0) {
      const h = N[t]
      t = N[t + 1 + ((${W}[h >>> 10] >>> h) & ((h >>> 5) & 31))]
    }`

/**
 * Adds W, the words of the state that is expanded, k0 and k1, its key, sync(), which brings it into the slots, act(a), which
 * takes every enabled instance of an action, settle(), after which L has the change that an effect made, and learn().
 */
export const addRecall = (source: Source, model: Model, parts: RecallParts): void => {
  const { names, keying, head, trees, reduced, twice, once } = parts
  const { words } = names
  const root = names.roots[0]!
  const choices = model.actions.map(choicesOf)
  const ends = [0]
  for (const own of choices) ends.push(ends.at(-1)! + own.length)
  const stepText = stepsText(source, model, names)
  const guards = model.actions.map(({ guard }) => guard && source.bind('guard', guard))
  const effects = model.actions.map(({ effect }) => source.bind('effect', effect))
  const count = ends.at(-1)!
  // Changes that are not remembered stand before the others until those that wait were looked up.
  const longest = longestChange(words)
  const kept = trees.limits.pending * longest
  source.let('UNKNOWN', trees.limits.room === 0 ? ANSWER.run : ANSWER.unknown)
  // Closures are run every time for such as have side effects of their own.
  source.let('checks', trees.limits.room > 0 && !once)
  source.let('twice', twice)
  source.let('REMEMBERS', !reduced)
  source.let('afterLook', lookAfter)
  source.let('trees', trees)
  source.let('Answers', Answers)
  source.let('CHOICE', choices.flat())
  source.let('WORD_OF', names.wordOf)
  source.let('SHIFT_OF', names.shiftOf)
  source.add(`
const W = new Int32Array(${words}), X = new Int32Array(${words}), STAMP_OF = new Int32Array(${words}), TOUCHED = new Int32Array(${words})
const guards = new Answers(trees, ${count}), effects = new Answers(trees, ${count})
const GUARDS = guards.roots.fill(UNKNOWN), EFFECTS = effects.roots.fill(UNKNOWN), TAKEN = new Int32Array(${count})
${groupsText(ends)}
let L = new Int32Array(${2 * kept + 1024}), kept = ${kept}, passing = 0, distilled = 0, met = 0, synced = true, k0 = 0, k1 = 0
/** The state of these words is in the slots from now on. */
function show(words) {
  lo = lo0
  hi = hi0
  follow(words, 0)
  lo0 = lo
  hi0 = hi
}
/** The state that is expanded is in the slots from now on. */
function sync() {
  if (synced) return
  show(W)
  synced = true
}
function learn(answers, i, words, answer, asked) {
  const kept = answers.learn(i, { reads: READS, count: reads, words }, answer, asked)
  if (checks && answers.contradicted) report.unsteadyReading(answers === guards ? 'guard' : answers === effects ? 'effect' : 'test', i)
  return kept
}
const NEXT_LOOK = new Int32Array(${model.actions.length}).fill(checks ? 1 : -1), LOOKS = new Int32Array(${model.actions.length}), MET_ENABLED = new Int32Array(${model.actions.length})
/** An action is enabled in the state that is expanded. */
function lookAgain(a) {
  NEXT_LOOK[a] = afterLook(MET_ENABLED[a])
  sync()
  twice.inspect(a, W, LOOKS[a]++)
}
function guardOf(i) {
  switch (ACTION_OF[i]) {
${guards.map((guard, a) => `    case ${a}: return ${guard ? `${guard}(${root}, CHOICE[i])` : 'true'}`).join('\n')}
  }
}
${stepText}
function effectOf(i) {
  switch (ACTION_OF[i]) {
${effects.map((effect, a) => `    case ${a}: return ${effect}(${root}, CHOICE[i], emit)`).join('\n')}
  }
}
function isOpen(i) {
  sync()
  at = i
  const open = guardOf(i)
  if (logN !== 0) report.guardWrote()
  if (open !== true && open !== false) report.notOpen(open)
  return open
}
/** The instances of group g that are enabled, a bit for each; -1 when they have to be asked one by one, each when its turn comes. */
function openIn(g) {
  const first = FIRST_IN[g]
  let open = 0
  startNoting()
  try {
    for (let i = first; i < first + SIZE_OF[g]; i++) if (isOpen(i)) open |= 1 << (i - first)
  } catch {
    // Steps of instances before it come first, and may be at fault themselves.
    stopNoting()
    undo()
    GUARDS[g] = ${ANSWER.run}
    return -1
  }
  stopNoting()
  if (checks) twice.keepReads()
  learn(guards, g, W, ${answered('open')}, met)
  if (checks) twice.guards(first, SIZE_OF[g], open, W)
  if (SIZE_OF[g] > 1 && guards.pauses(g)) split(g)
  // Those of the other half are asked next.
  return open & ((1 << SIZE_OF[g]) - 1)
}
/** The place in L of the change that an instance makes, of which the trees know nothing. */
function changeOf(i, known) {
  sync()
  at = i
  const learns = known === ${ANSWER.unknown} && kept < ${trees.limits.room} && effects.learns(i)
  if (learns) {
    startNoting()
    recording = true
    SAID.length = 0
  }
  ${stepText === '' ? '' : 'BEFORE.set(S)'}
  writing = true
  taken = 0
  const told = effectOf(i)
  writing = false
  if (typeof told === 'object' && told !== null) report.returned(told)
  if (learns && checks) twice.keepEffect()
  ${stepText === '' ? '' : 'judgeStep(i)'}
  if (learns) {
    stopNoting()
    recording = false
  }
  const l = settle()
  if (learns) {
    makeRoom(l)
    ${reduced ? `learn(effects, i, W, ${answered('0')}, TAKEN[i])` : `if (learn(effects, i, W, ${answered('kept')}, TAKEN[i])) keepChange(l)`}
    if (checks && REMEMBERS) twice.tell(placeOf(i))
    if (checks) twice.effect(i, W)
  }
  return l
}
/** The place of the change that is remembered of instance i in the state that is expanded, or -1. */
function placeOf(i) {
  const N = trees.nodes
  ${walkText('EFFECTS[i]', 'W')}
  return REMEMBERS && t < ${ANSWER.run} ? ${answered('t')} : -1
}
/** Bytes of what is remembered. */
function remembered() { return trees.bytes + L.byteLength }
/** There is room to keep a change: made before it is learnt where it is, since there may be no memory. */
function makeRoom(l) {
  if (kept + ${CHANGE.words} + 2 * L[l + ${CHANGE.count}] <= L.length) return
  const longer = new Int32Array(2 * L.length)
  longer.set(L)
  L = longer
}
/** Changes that are remembered stay where they are. */
function keepChange(l) {
  const words = ${CHANGE.words} + 2 * L[l + ${CHANGE.count}]
  L.copyWithin(kept, l, l + words)
  kept += words
}
/** Notes what the effect that was run has changed, and takes it back; returns its place in L, overwritten by the next unless it waits. */
function settle() {
  const l = passing
  heard()
  ${reduced ? 'canon()' : ''}
  if (distilled === 2147483647) {
    STAMP_OF.fill(0)
    distilled = 0
  }
  distilled++
  let n = logN, touched = 0
  while (n > 0) {
    n--
    const i = logSlot[n], now = S[i], old = logValue[n], w = WORD_OF[i]
    S[i] = old
    if (STAMP_OF[w] !== distilled) {
      STAMP_OF[w] = distilled
      X[w] = 0
      TOUCHED[touched++] = w
    }
    X[w] ^= (now ^ old) << SHIFT_OF[i]
  }
  logN = 0
  let c = 0
  for (let k = 0; k < touched; k++) {
    const w = TOUCHED[k]
    if (X[w] === 0) continue
    L[l + ${CHANGE.words} + 2 * c] = w
    L[l + ${CHANGE.words + 1} + 2 * c] = X[w]
    c++
  }
  L[l + ${CHANGE.count}] = c
  ${laneText(keying, words)}
  lo = lo0
  hi = hi0
  return l
}
/** Makes the change at place l to the words of a state. */
function change(words, l) {
  for (let q = l + ${CHANGE.words}, end = q + 2 * L[l + ${CHANGE.count}]; q < end; q += 2) words[L[q]] ^= L[q + 1]
}
function take(i) {
  TAKEN[i]++
  const N = trees.nodes
  ${walkText('EFFECTS[i]', 'W')}
  successor(i, ${reduced ? 'changeOf(i, t)' : `t < ${ANSWER.run} ? ${answered('t')} : changeOf(i, t)`})
}
/** Takes the instances of an action that are enabled; returns how many. */
function act(a) {
  let n = 0
  for (let g = GROUPS_OF[a]; g !== -1; g = GROUP_AFTER[g]) {
    const N = trees.nodes, first = FIRST_IN[g]
    ${walkText('GUARDS[g]', 'W')}
    let open = t < ${ANSWER.run} ? ${answered('t')} : t === ${ANSWER.unknown} && guards.learns(g) ? openIn(g) : -1
    if (open === -1) {
      for (let i = first, end = first + SIZE_OF[g]; i < end; i++) {
        if (!isOpen(i)) continue
        n++
        take(i)
      }
    } else {
      for (; open !== 0; open &= open - 1) {
        n++
        take(first + 31 - Math.clz32(open & -open))
      }
    }
  }
  if (n !== 0) {
    if (++MET_ENABLED[a] === NEXT_LOOK[a]) lookAgain(a)
    HEAD[${head.enabled} + a]++
    HEAD[${head.taken} + a] += n
  }
  return n
}`)
}

/** judgeStep(i): asks the properties of steps after an effect has run; empty where there are none. What they read is noted too. */
const stepsText = (source: Source, model: Model, { roots, before }: PackedNames): string => {
  if (before === undefined) return ''
  const instances = model.actions.flatMap((action) => choicesOf(action).map((choice) => ({ action, choice })))
  const fixed = instances.map((one) => (one.action.drawn ? undefined : takenOf(one, {})))
  source.let('stepOf', (i: number, before: object) => fixed[i] ?? takenOf(instances[i]!, before))
  let tests = 0
  const asks = model.properties.flatMap((p, bit) => {
    if (p.kind !== 'step') return []
    const asked = (test: StepTest): string =>
      `STEP_ANSWERS[${tests++}] = stepSays(${source.bind('step', test)}(${before}, ${roots[0]}, stepOf(i, ${before})), ${JSON.stringify(p.name)}, wrote)`
    return [
      `  if (!(${asked(p.holds)})) flags |= ${1 << bit}`,
      `  ${p.situation ? `if (${asked(p.situation)}) ` : ''}arisen |= ${1 << bit}`,
    ]
  })
  source.let('answerOfStep', answerOf)
  source.let('wroteInStep', wroteInTest)
  return `
// What was said of the last step, in the order of the properties, of each its test and its situation.
const STEP_ANSWERS = []
function stepSays(answer, name, wrote) {
  if (logN !== wrote) throw wroteInStep('The property ' + name, 'properties', undefined)
  return answerOfStep('The property ' + name, answer)
}
function judgeStep(i) {
  const wrote = logN
${asks.join('\n')}
}`
}

/** The lanes of the key that a change flips: of the hash, or of the words that are the key. */
const laneText = (keying: Keying, words: number): string => {
  const flip = (w: number): string => (w < words ? `STAMP_OF[${w}] === distilled ? X[${w}] : 0` : '0')
  const [a, b] = {
    fingerprint: ['lo ^ lo0', 'hi ^ hi0'],
    words: [flip(0), flip(1)],
    tree: ['0', '0'],
  }[keying] as [string, string]
  return `L[l + ${CHANGE.a}] = ${a}
  L[l + ${CHANGE.b}] = ${b}`
}

/** The program text of initial actions, and of the audit of guards and effects. */
import { choicesOf } from '../../../modelling/action.ts'
import type { Model } from '../../../modelling/model.ts'
import type { Source } from '../../../state/codegen/source.ts'
import { ANSWER, answered } from '../memoised/read-trees.ts'
import { hasMeasures } from './judge.ts'
import { walkText } from './recall.ts'

/** The function of an initial action: takes its instances that are enabled in the zero state. */
export const initialText = (source: Source, model: Model, index: number, root: string): string => {
  const action = model.initial[index]!
  const base = model.initial.slice(0, index).reduce((sum, a) => sum + choicesOf(a).length, 0)
  const choices = source.bind('choices', choicesOf(action))
  const guard = action.guard && source.bind('guard', action.guard)
  return `
function initial${index}() {
  for (let c = 0; c < ${choices}.length; c++) {
    const choice = ${choices}[c]
    sync()
    at = ${base} + c
    ${guard ? `const open = ${guard}(${root}, choice)\n    if (logN !== 0) report.guardWrote()\n    if (open !== true && open !== false) report.notOpen(open)\n    if (!open) continue` : ''}
    writing = true
    taken = 0
    ${source.bind('effect', action.effect)}(${root}, choice, emit)
    writing = false
    successor(at, settle())
  }
}`
}

/**
 * audit(turns, thorough): guards and effects of the state in the slots, run several times; they must agree with
 * themselves and with what is remembered of them, and in a thorough audit with the plain interpreter, as must the
 * properties.
 */
export const auditText = (
  source: Source,
  name: 'audit' | 'auditInitial',
  model: Model,
  actions: Model['actions'],
  root: string,
): string => {
  const instances = actions.flatMap((action) => choicesOf(action).map((choice) => ({ action, choice })))
  const list = source.bind('audited', instances)
  return `${name === 'audit' ? recalledText : ''}
function ${name}(turns, thorough) {
  if (thorough) report.lookAt()
  for (let i = 0; i < ${list}.length; i++) {
    const { action, choice } = ${list}[i]
    at = i
    const open = action.guard ? action.guard(${root}, choice) : true
    if (logN !== 0) report.guardWrote()
    if (open !== true && open !== false) report.notOpen(open)
    for (let turn = 1; action.guard && turn < turns; turn++) {
      const again = action.guard(${root}, choice)
      if (again !== open) report.unsteadyGuard(open, again)
    }
    ${name === 'audit' ? 'recalledGuard(i, open)' : ''}
    if (thorough) report.guardSaid(open)
    if (!open) continue
    let a = 0, b = 0
    for (let turn = 1; turn <= turns; turn++) {
      writing = true
      taken = 0
      const told = action.effect(${root}, choice, emit)
      writing = false
      if (typeof told === 'object' && told !== null) report.returned(told)
      if (turn === 1) { a = lo; b = hi; FIRST.set(S)${name === 'audit' ? '; recalledEffect(i)' : ''} }
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
  ${name === 'auditInitial' ? `if (checks) for (let i = 0; i < ${list}.length; i++) { at = i; twice.instance(${list}[i].action, ${list}[i].choice) }` : ''}
}`
}

/** recalledGuard(i, open) and recalledEffect(i): what the trees say of an instance must be what has just come of it. */
const recalledText = `
const PACKED = new Int32Array(W.length)
function recalledGuard(i, open) {
  const N = trees.nodes, g = GROUP_OF[i]
  ${walkText('GUARDS[g]', 'W')}
  const known = ((${answered('t')}) >>> (i - FIRST_IN[g])) & 1
  if (t < ${ANSWER.run} && known !== (open ? 1 : 0)) report.unsteadyGuard(!open, open)
}
function recalledEffect(i) {
  const N = trees.nodes
  ${walkText('EFFECTS[i]', 'W')}
  if (t >= ${ANSWER.run} || REMEMBERS === false) return
  pack(PACKED, 0)
  change(PACKED, ${answered('t')})
  for (let k = 0; k < W.length; k++)
    if (PACKED[k] !== W[k]) {
      PACKED.set(W)
      change(PACKED, ${answered('t')})
      unpack(PACKED, 0)
      report.unsteadyState(() => S.set(FIRST))
    }
}`

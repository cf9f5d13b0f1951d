/** The program text of one action: all its instances in one state, and the audit of its guard and effect. */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import type { Source } from '../../state/source.ts'
import type { HeadLayout } from './block.ts'
import { hasMeasures } from './judge-source.ts'

/** One function for each action: returns how many of its instances were enabled. */
export const actionText = (
  source: Source,
  prefix: 'initial' | 'act',
  action: Model['actions'][number],
  index: number,
  root: string,
  all: readonly Model['actions'][number][],
  head: HeadLayout,
): string => {
  const base = all.slice(0, index).reduce((sum, a) => sum + choicesOf(a).length, 0)
  const choices = source.bind('choices', choicesOf(action))
  const effect = source.bind('effect', action.effect)
  const guard = action.guard && source.bind('guard', action.guard)
  return `
function ${prefix}${index}() {
  let n = 0
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
    HEAD[${head.enabled + index}]++
    HEAD[${head.taken + index}] += n
  }`
  }
  return n
}`
}

/**
 * audit(turns, thorough): guards and effects of the state in the slots, run several times; they must agree with
 * themselves, and in a thorough audit with the plain interpreter, as must the properties.
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

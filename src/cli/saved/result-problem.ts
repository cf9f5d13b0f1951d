/** Whether a saved result can be true at all: what follows from its verdicts must be what it says. */
import { conclusionOf, type Finding } from '../../report/results/findings.ts'
import { goodVerdict } from '../../report/results/judged-suite.ts'
import type { ResultJson, TargetJson, TraceJson, VerdictJson } from '../../report/results/result-json.ts'
import type { Judgement } from '../../search/engine/outcome.ts'
import { COMPLETE, first, SHOWN, VERDICTS_OF } from './outcome-problem.ts'

/** What is contradictory about a result, as the end of a sentence; undefined when nothing is. */
export const resultProblem = (result: ResultJson): string | undefined => {
  const { targets, findings, outcome, interrupted, run } = result
  const names = targets.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return `it has the target ${twice} twice`
  const odd = findings.find(({ target }) => !names.includes(target))
  if (odd) return `it finds something about ${odd.target}, which is none of its targets`
  if (run.cached > run.searches) return `${run.cached} of its ${run.searches} searches are from the cache`
  const own = first(targets, (target) => targetProblem(target, result))
  if (own !== undefined) return own
  const conclusion = conclusionOf(findings, interrupted)
  return conclusion === outcome
    ? undefined
    : `its outcome is ${outcome}, and ${conclusion} follows from what it found`
}

const targetProblem = (target: TargetJson, result: ResultJson): string | undefined => {
  const { name, searches, search, verdicts, actions, idle } = target
  const sum = (of: (one: TargetJson['searches'][number]) => number): number =>
    searches.reduce((total, one) => total + of(one), 0)
  const differ = (
    [
      ['distinct', sum((one) => one.distinct)],
      ['generated', sum((one) => one.generated)],
      ['depth', Math.max(0, ...searches.map((one) => one.depth))],
      ['complete', searches.every((one) => one.complete)],
      ['exact', searches.every((one) => one.exact)],
    ] as const
  ).find(([key, value]) => search[key] !== value)
  if (differ)
    return `${name} has ${differ[0]} ${search[differ[0]]}, and its searches have ${differ[1]} together`
  const idleNow = actions.filter(({ taken }) => taken === 0).map(({ action }) => action)
  if (
    search.complete &&
    idle.filter((action) => actions.some((one) => one.action === action)).join() !== idleNow.join()
  )
    return `${name} says which actions were never taken, and counts otherwise`
  const odd = searches.find(
    ({ complete, cut, exact, missProbability, distinct, generated }) =>
      complete !== (cut === undefined) || (exact && missProbability !== 0) || generated < distinct,
  )
  if (odd) return `the search ${odd.name} of ${name} contradicts itself`
  const found = result.findings.filter((one) => one.target === name)
  const cut = searches.find(
    (one) => !one.complete && !found.some(({ kind, search: of }) => kind === 'cut' && of === one.name),
  )
  if (cut) return `the search ${cut.name} of ${name} was cut, and that is no finding`
  return first(verdicts, (verdict) => verdictProblem(verdict, target, found, result))
}

const verdictProblem = (
  verdict: VerdictJson,
  { name, search }: TargetJson,
  found: readonly Finding[],
  { expected }: ResultJson,
): string | undefined => {
  const { label, kind, verdict: says, counterexample, witness, declared, asDeclared, value } = verdict
  const it = `${name} ${label}`
  if (!VERDICTS_OF[kind as Judgement['kind']].includes(says))
    return `${it} is ${says}, which no ${kind} can be`
  if ((says === 'violated') !== (counterexample !== undefined))
    return `${it} is ${says} ${counterexample ? 'beside' : 'without'} a counterexample`
  if (witness && !SHOWN.includes(says) && kind !== 'measure') return `${it} is ${says} beside a witness`
  if ((says === 'reached' || says === 'measured') && !witness) return `${it} is ${says} without a witness`
  if (COMPLETE.includes(says) && !search.complete) return `${it} is ${says}, and a search of ${name} was cut`
  if (verdict.states > search.distinct) return `${it} is judged in more states than there are`
  const odd = [counterexample, witness].find((trace) => trace && trace.length !== trace.steps.length)
  if (odd) return `${it} has a trace of ${stepsOf(odd)}`
  const wanted =
    typeof declared === 'number'
      ? says === 'measured' && Math.abs(value! - declared) <= 1e-9 * Math.max(1, Math.abs(declared))
      : says === (declared ?? goodVerdict(kind as Judgement['kind']))
  if (wanted !== asDeclared)
    return `${it} is ${says}, and says that this is ${asDeclared ? '' : 'not '}as declared`
  const isFinding = found.some((one) => one.label === label && one.kind !== 'cut')
  const mustBe = says === 'violated' && (expected === 'good' || !asDeclared)
  if (
    mustBe &&
    !found.some((one) => one.label === label && one.kind === 'violation' && one.level === 'error')
  )
    return `${it} is violated, and that is no finding`
  if (isFinding && asDeclared && !mustBe) return `${it} is as declared, and is a finding`
  return undefined
}

const stepsOf = ({ length, steps }: TraceJson): string => `${length} steps that lists ${steps.length}`

/**
 * Questions about what can come after a walk. A model is made whose only initial state is the end of the walk, with the
 * memory of its monitors: one initial action does all that the steps of the walk do. The fast search then answers as it
 * does for any model.
 */
import type { Action } from '../modelling/action.ts'
import type { Model } from '../modelling/model.ts'
import { isOverStates, labelOf, type Property, type Sometimes } from '../modelling/property.ts'
import { counted } from '../report/text/columns.ts'
import { NO_LIMITS, type Progress, search } from '../search/breadth-first.ts'
import type { Cut, Judgement } from '../search/engine/outcome.ts'
import { packedEngine } from '../search/packed/packed-engine.ts'
import { instancesOf } from '../state/plain/instances.ts'
import { expressionOf } from './expression.ts'
import type { Answer, Lead, LeadsTo, Question, Steps } from './protocol.ts'
import { WalkError, type Walks } from './walks.ts'

/** Where a question is given up. */
export interface Bounds {
  /** Distinct states of one search. */
  readonly states: number
  readonly seconds: number
  readonly bytes: number
}

/** What goes on while a question is looked into. */
export interface Listening {
  readonly bounds: Bounds
  readonly onProgress: (text: string) => void
  readonly stopped: () => boolean
}

const ASKED = 'AskedHere'

/** Answers a question about what can follow a walk. Throws `ExpressionError`, `WalkError` or `ModelFault`. */
export const answerTo = async (
  question: Question,
  walks: Walks,
  path: Steps,
  listening: Listening,
): Promise<Answer> => {
  if (path.length === 0) throw new WalkError('The walk has no initial state yet; take the first step.')
  switch (question.kind) {
    case 'state': {
      const asked: Sometimes = {
        kind: 'sometimes',
        name: ASKED,
        holds: expressionOf(walks.model.state, question.expression),
      }
      const found = await searched(walks.model, path, [asked], listening)
      return reachedText(found, `a state where ${question.expression}`)
    }
    case 'possible': {
      const property = propertyOf(walks.model, question.label)
      if (!isOverStates(property))
        throw new WalkError(
          `${question.label} says nothing of a single state, so it can be neither true nor possible.`,
        )
      const asked: Sometimes = { kind: 'sometimes', name: ASKED, holds: property.holds }
      const found = await searched(walks.model, path, [asked], listening)
      return reachedText(found, `a state in which ${question.label} is true`)
    }
    case 'violation': {
      const property = propertyOf(walks.model, question.label)
      if (property.kind === 'sometimes' || property.kind === 'measure')
        throw new WalkError(
          `${question.label} is ${property.kind === 'measure' ? 'a measure' : 'to be reached once'}; no step violates it.`,
        )
      if (property.kind === 'monitor' && walks.violated(path).has(question.label))
        return { text: `${question.label} is violated by this walk already.`, steps: [] }
      return violatedText(await searched(walks.model, path, [property], listening), question.label)
    }
    default:
      return leadsOf(walks, path, listening)
  }
}

const propertyOf = (model: Model, label: string): Property => {
  const found = model.properties.find((p) => labelOf(p) === label)
  if (found) return found
  throw new WalkError(`No property is called '${label}'. Known: ${model.properties.map(labelOf).join(', ')}.`)
}

/** A model that begins where a walk ends. */
export const continued = (model: Model, path: Steps, properties: readonly Property[]): Model => {
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)
  const taken = path.map((number, i) => (i === 0 ? initial : instances)[number]!)
  const here: Action = {
    name: 'Here',
    choose: {},
    effect: (draft, _, emit) => {
      for (const { action, choice } of taken) action.effect(draft, choice, emit)
    },
  }
  return { ...model, initial: [here], properties }
}

interface Found {
  readonly judgements: readonly Judgement[]
  readonly complete: boolean
  readonly states: number
  readonly cut?: Cut
}

/** Searches from the end of a walk until each property is decided. */
const searched = async (
  model: Model,
  path: Steps,
  properties: readonly Property[],
  { bounds, onProgress, stopped }: Listening,
  told = '',
): Promise<Found> => {
  const engine = packedEngine(continued(model, path, properties), { exact: 'free' })
  // The first that is found is one of the shortest; a doom is known at the end only.
  const early = properties.every(
    ({ kind }) => kind === 'always' || kind === 'sometimes' || kind === 'monitor',
  )
  let isFound = false
  const outcome = await search(engine, {
    limits: { ...NO_LIMITS, ...bounds },
    deadlock: false,
    once: true,
    onProgress: (progress) => onProgress(`${told}${progressText(progress)}`),
    interrupted: () => {
      isFound = early && engine.findings.every(({ shown }) => shown !== undefined)
      return isFound || stopped()
    },
  })
  return {
    judgements: outcome.judgements,
    complete: outcome.complete,
    states: outcome.distinct,
    ...(outcome.cut && { cut: outcome.cut }),
  }
}

const progressText = ({ distinct, depth, elapsedSeconds }: Progress): string =>
  `${counted(distinct, 'state')}, ${counted(Math.max(0, depth - 1), 'step')} deep, ${elapsedSeconds.toFixed(0)} s`

const WHY: Readonly<Record<Cut, string>> = {
  states: 'it met the limit of states',
  seconds: 'it met the limit of time',
  bytes: 'it met the limit of memory',
  interrupt: 'it was stopped',
  bitstate: 'it kept bits only',
  failed: 'it failed',
}

const cutText = ({ states, cut }: Found): string =>
  `The search looked at ${counted(states, 'state')} and ended since ${WHY[cut ?? 'interrupt']}; this says nothing of what lies beyond.`

const reachedText = (found: Found, what: string): Answer => {
  const [judgement] = found.judgements
  if (judgement?.path) {
    const steps = judgement.path.slice(1)
    if (steps.length === 0) return { text: `This is ${what}.`, steps }
    return { text: `The shortest way to ${what} has ${counted(steps.length, 'step')}.`, steps }
  }
  if (!found.complete) return { text: `None was found. ${cutText(found)}` }
  return {
    text: `No way leads from here to ${what}: ${counted(found.states, 'state')} can follow, and it is none of them.`,
  }
}

const violatedText = (found: Found, label: string): Answer => {
  const [judgement] = found.judgements
  if (judgement?.verdict === 'violated') {
    const steps = judgement.path!.slice(1)
    const where = steps.length === 0 ? 'in this state' : `after ${counted(steps.length, 'step')} from here`
    const doomed = judgement.kind === 'alwaysPossible' ? ': from there on nothing can make it true' : ''
    return { text: `${label} is violated ${where}${doomed}.`, steps }
  }
  if (!found.complete) return { text: `No violation of ${label} was found. ${cutText(found)}` }
  return {
    text: `Nothing that follows violates ${label}: all of ${counted(found.states, 'state')} that can follow were looked at.`,
  }
}

/** What each action that can be taken leads to. */
const leadsOf = async (walks: Walks, path: Steps, listening: Listening): Promise<Answer> => {
  const { model } = walks
  const before = walks.violated(path)
  const judged = model.properties.filter(
    (p) =>
      p.kind === 'always' || p.kind === 'alwaysPossible' || (p.kind === 'monitor' && !before.has(labelOf(p))),
  )
  const numbers = walks.enabled(path)
  const leads: LeadsTo[] = []
  let cut = 0
  for (const [i, number] of numbers.entries()) {
    if (listening.stopped()) break
    const told = `action ${i + 1} of ${numbers.length}: `
    const found = await searched(model, [...path, number], judged, listening, told)
    const violated = found.judgements.filter(({ verdict }) => verdict === 'violated')
    const labelled = (name: string): string => labelOf(judged.find((p) => p.name === name)!)
    if (!found.complete) cut += 1
    leads.push({
      number,
      leads: violated
        .map(
          ({ property, kind, path: shown }): Lead => ({
            label: labelled(property),
            steps: shown!.length,
            doomed: kind === 'alwaysPossible',
          }),
        )
        .sort((a, b) => a.steps - b.steps),
      never: found.complete
        ? found.judgements
            .filter(({ verdict }) => verdict === 'holds' || verdict === 'vacuous')
            .map(({ property }) => labelled(property))
        : [],
    })
  }
  const rest = numbers.length - leads.length
  const undecided = cut + rest
  return {
    text:
      undecided === 0
        ? `All that can follow each of ${counted(numbers.length, 'action')} was looked at.`
        : `${undecided} of ${counted(numbers.length, 'action')} ${undecided === 1 ? 'was' : 'were'} not looked at to the end: what is found is true, and there may be more.`,
    leads,
  }
}

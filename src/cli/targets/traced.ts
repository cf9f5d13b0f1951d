/** A token put to use: the model it names, its trace replayed, and whether that still shows what it showed. */

import { labelOf, type Property } from '../../modelling/property.ts'
import { captionOf } from '../../report/results/judged-suite.ts'
import type { Caption } from '../../report/trace/caption.ts'
import type { Verdict } from '../../search/engine/outcome.ts'
import { ReplayError, replay, shows, type Trace } from '../../search/engine/path.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import { watchedHere } from '../jobs/watch-here.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { isOfFile, targetOf } from './targets.ts'
import { structureHash, tokenData } from './tokens.ts'

/** A trace that was replayed. */
export interface Traced {
  readonly trace: Trace
  readonly caption: Caption
  /** The file that holds the model, as the token names it; absent for a scheme. */
  readonly file?: string
  /** Whether schema, actions or properties are others than when the trace was made. */
  readonly changed: boolean
  /** Whether the last step still shows what the token says. */
  readonly shows: boolean
}

/** Replays a token. Throws `UsageError` when it is damaged or its steps are not enabled. */
export const tracedBy = async (token: string): Promise<Traced> => {
  const { target: name, scope, focus: focusName, label, value, hash, path } = tokenData(token)
  const { suite, source } = await targetOf(name, scope, { compared: true })
  const focus = suite.focuses.find((f) => f.name === focusName)
  if (!focus)
    throw unknownName(
      `search of ${name}`,
      focusName,
      suite.focuses.map((f) => f.name),
    )
  const model = isOfFile(source) ? watchedHere(focus.model) : focus.model
  const property = model.properties.find((p) => labelOf(p) === label)
  if (!property && label !== DEADLOCK)
    throw unknownName(`property of ${name}, ${focusName}`, label, [
      ...model.properties.map(labelOf),
      DEADLOCK,
    ])
  const changed = structureHash(focus.model) !== hash
  checkReading(label, property, value)
  const trace = replayed(() => replay(model, path, { property }), changed)
  const verdict = VERDICTS[property?.kind ?? 'always']
  return {
    trace,
    ...(isOfFile(source) && { file: name }),
    caption: captionOf(name, focus, property ?? { name: DEADLOCK, label }, {
      verdict,
      ...(value !== undefined && { value }),
      token,
    }),
    changed,
    shows: property ? shows(trace, property.name, value) : endsStuck(trace),
  }
}

const checkReading = (label: string, property: Property | undefined, value: number | undefined): void => {
  if ((property?.kind === 'measure') === (value !== undefined)) return
  const problem =
    value === undefined
      ? `The token says nothing that ${label} reads, which is a measure.`
      : `The token says that ${label} reads ${value}, which is no measure.`
  throw new UsageError({ problem, hint: 'copy the whole token, or search again if the model has changed' })
}

/** What a trace is made to show, by kind of property. */
const VERDICTS: Readonly<Record<Property['kind'], Verdict>> = {
  always: 'violated',
  sometimes: 'reached',
  alwaysPossible: 'violated',
  eventually: 'violated',
  leadsTo: 'violated',
  repeatedly: 'violated',
  step: 'violated',
  refines: 'violated',
  monitor: 'violated',
  measure: 'measured',
}

/** The name under which states without successor are judged. */
const DEADLOCK = 'Deadlock'

const replayed = (run: () => Trace, changed: boolean): Trace => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error
    throw new UsageError({
      problem: `The token cannot be replayed. ${error.message}`,
      hint: changed
        ? 'the model has changed since this trace was made; search again for a new token'
        : 'copy the whole token; the steps after the last : have been altered, or guards have changed',
    })
  }
}

const endsStuck = ({ model, steps }: Trace): boolean => {
  const { instances, enabled } = plainInterpreter(model)
  const last = steps.at(-1)
  return last !== undefined && !instances.some((instance) => enabled(last.state, instance))
}

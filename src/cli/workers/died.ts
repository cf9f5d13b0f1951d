/** What it means that a thread ended before it had a result. */
import { ModelFault } from '../../modelling/fault.ts'
import type { Job } from '../jobs/search-job.ts'
import { SearchDied } from '../process/errors.ts'

/** What a thread is said to have died of that has ended by itself. */
export const endedWith = (code: number): string => `${ENDED} ${code}`
const ENDED = 'its thread ended with code'

/**
 * The error for a job whose thread has died. The text of a model's file may have caused it: it can end the thread, and a timer
 * or a promise of it can throw when no closure runs any more.
 */
export const diedIn = (
  { name, source, model }: Pick<Job, 'name' | 'source' | 'model'>,
  reason: string,
): Error => {
  if (source.kind !== 'module') return new SearchDied(name, reason)
  if (reason.startsWith(ENDED))
    return new ModelFault({
      problem: `The search ended with its thread, which the model has stopped (${reason}).`,
      model: model.name,
      hint: 'do not call process.exit in a model',
    })
  if (!reason.includes(source.url)) return new SearchDied(name, reason)
  const [first = ''] = reason.split('\n')
  return new ModelFault({
    problem: `The model failed when no closure of it was running: ${first.replace(/^Error: /, '').replace(/\.$/, '')}.`,
    model: model.name,
    hint: 'do not use timers or promises in a model',
  })
}

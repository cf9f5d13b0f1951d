/** Faults of models that use a view as none may be used, each with what to write instead. */
import { type FaultData, ModelFault } from '../modelling/fault.ts'

/** The fault of a model that no run of a correct one shows: it uses a view as none may be used. */
export class ViewFault extends ModelFault {
  override with(more: Partial<FaultData>): ViewFault {
    return new ViewFault({ ...more, ...this.data })
  }
}

/** What stands at a path, in words. */
export const nameOf = (path: string): string => (path === '' ? 'The state' : path)

/** A fault of the view at `variable`. */
export const fault = (problem: string, hint: string, variable: string): ViewFault =>
  new ViewFault({ problem, hint, ...(variable !== '' && { variable }) })

/** The fault of a view whose fields are listed. */
export const listedFault = (path: string): ViewFault =>
  fault(
    `${nameOf(path)} was spread, listed or made into text; a view shows its fields one by one only.`,
    'write a record field by field, as in { kind: m.kind, id: m.id }, and go through identities by their own list',
    path,
  )

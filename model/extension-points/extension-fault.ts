/** What is wrong with an extension, as a sentence that names it. */
import { ModelFault } from '../../src/modelling/fault.ts'

/** The fault; `problem` goes on after the name. */
export const extensionFault = (name: string, problem: string): ModelFault =>
  new ModelFault({ problem: `Extension '${name}' ${problem}` })

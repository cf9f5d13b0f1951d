/**
 * When the compilers of V8 begin. Most searches are over in a tenth of a second, and what was compiled for them is of no
 * use to the next: so code has to run for longer than usual before it is compiled for speed.
 */
import { setFlagsFromString } from 'node:v8'

/**
 * What a search generates is compiled at once, not read over first to be compiled when it is called, and for a processor, not for
 * an interpreter: nearly all of it is called, if not for long.
 */
const AT_ONCE = ['--no-lazy-eval', '--always-sparkplug']

/** Weight of code that runs between two looks at whether it is to be compiled: eight times the usual. */
export const INTERRUPT_BUDGET = 8 * 66 * 1024

let isSet = false

/** To be called before threads that search are started. Later versions of V8 wait by themselves, and do not know this flag. */
export const patientCompilers = (): void => {
  if (isSet || Number.parseInt(process.versions.v8, 10) >= 12) return
  isSet = true
  for (const flag of [`--interrupt-budget=${INTERRUPT_BUDGET}`, ...AT_ONCE]) setFlagsFromString(flag)
}

/** The garbage collector of a thread, to be called where it would not come by itself. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Makes a function that collects this thread's garbage, so that shared memory it alone refers to is given back. */
export const collector = (): (() => void) => {
  // A new context has what the flag exposes, whatever the process was started with.
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

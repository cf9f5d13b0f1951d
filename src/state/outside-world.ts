/**
 * What a closure of a model may not ask for, since what it says must be a function of the state: the time, chance, and to be
 * called again later. Watched while a closure is run for the second time; a model that has got hold of such a function when
 * it was loaded escapes this, and is left to the comparison of its runs.
 */

/** Objects and the names of what is watched in them, with what a sentence calls it. */
const WATCHED: readonly (readonly [object: object, name: string, what: string, cause: Cause])[] = [
  [Math, 'random', 'Math.random', 'chance'],
  [Date, 'now', 'Date.now', 'time'],
  [globalThis, 'Date', 'the date', 'time'],
  [performance, 'now', 'performance.now', 'time'],
  [process, 'hrtime', 'process.hrtime', 'time'],
  [globalThis.crypto, 'getRandomValues', 'crypto.getRandomValues', 'chance'],
  [globalThis.crypto, 'randomUUID', 'crypto.randomUUID', 'chance'],
  [globalThis, 'setTimeout', 'setTimeout', 'later'],
  [globalThis, 'setInterval', 'setInterval', 'later'],
  [globalThis, 'setImmediate', 'setImmediate', 'later'],
  [globalThis, 'queueMicrotask', 'queueMicrotask', 'later'],
  [globalThis, 'fetch', 'fetch', 'later'],
]

type Cause = 'time' | 'chance' | 'later'

/** What a closure asked for. */
export interface Asked {
  readonly what: string
  readonly cause: Cause
}

let asked: Asked | undefined
/** Whether the call that is being made is one of the watched piece. */
let isOwn = (): boolean => true

interface Place {
  readonly owner: Record<string, unknown>
  readonly name: string
  readonly real: unknown
  readonly noting: unknown
}

/** Made anew when another has put something of its own in place, as a test with a clock of its own does. */
const placeOf = (
  owner: Record<string, unknown>,
  name: string,
  { what, cause }: Asked,
  real: unknown,
): Place => {
  const note = (): void => {
    if (asked === undefined && isOwn()) asked = { what, cause }
  }
  const noting = new Proxy(real as (...args: readonly unknown[]) => unknown, {
    apply(target, self, args) {
      note()
      return Reflect.apply(target, self, args) as unknown
    },
    construct(target, args, self) {
      // A date that is told is a value like others.
      if (args.length === 0) note()
      return Reflect.construct(target, args, self) as object
    },
    get(target, field) {
      if (name === 'hrtime' && field === 'bigint') note()
      return Reflect.get(target, field) as unknown
    },
  })
  return { owner, name, real, noting }
}

const places: (Place | undefined)[] = WATCHED.map(() => undefined)

/** Puts what is watched, for these causes, into its place. Returns what puts the real ones back. */
const watching = (causes: readonly Cause[] = ['time', 'chance', 'later']): (() => void) => {
  asked = undefined
  WATCHED.forEach(([object, name, what, cause], i) => {
    if (!causes.includes(cause)) return
    const owner = object as Record<string, unknown>
    const real = owner[name]
    if (typeof real !== 'function') return
    let place = places[i]
    if (place?.real !== real) {
      place = placeOf(owner, name, { what, cause }, real)
      places[i] = place
    }
    owner[name] = place.noting
  })
  return () => {
    // The last first: what is in the global Date is put back after the global Date.
    for (let i = places.length - 1; i >= 0; i--) {
      const place = places[i]
      if (place && place.owner[place.name] === place.noting) place.owner[place.name] = place.real
    }
  }
}

/** Runs a piece of a model and says what it asked for beside what it returned. */
export const watched = <T>(body: () => T): { readonly result: T; readonly asked: Asked | undefined } => {
  const stop = watching()
  try {
    return { result: body(), asked }
  } finally {
    stop()
  }
}

/** Loads the module at `url` and says what its own text asked for, and not what the modules asked for that it imports. */
export const watchedLoading = async <T>(
  url: string,
  load: () => Promise<T>,
): Promise<{ readonly result: T; readonly asked: Asked | undefined }> => {
  isOwn = () => callerFiles().includes(url)
  const stop = watching(['time', 'chance'])
  try {
    return { result: await load(), asked }
  } finally {
    stop()
    isOwn = () => true
  }
}

/** The files of the functions that are running, as they were loaded and not as source maps have them. */
const callerFiles = (): readonly (string | null | undefined)[] => {
  const { prepareStackTrace } = Error
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName())
  try {
    return new Error('where').stack as unknown as readonly (string | null | undefined)[]
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
}

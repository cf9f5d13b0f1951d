/**
 * What a closure of a model may not ask for, since what it says must be a function of the state: the time, chance, and to be
 * called again later. Watched while a closure is run for the second time; a model that has got hold of such a function when
 * it was loaded escapes this, and is left to the comparison of its runs.
 */

/** Something that is watched, as it lies in its place now, and what a sentence calls it. */
interface Watched {
  readonly name: string
  readonly what: string
  readonly cause: Cause
  now(): unknown
  put(value: unknown): void
}

const own = <O extends object>(object: O, name: keyof O & string, what: string, cause: Cause): Watched => ({
  name,
  what,
  cause,
  ...placeIn(object, name),
})

/** Functions with text of their own: places that were all reached by one piece of code would be slow to reach. */
const placeIn = (object: object, name: string): Pick<Watched, 'now' | 'put'> =>
  new Function('object', `return { now: () => object.${name}, put(value) { object.${name} = value } }`)(
    object,
  ) as Pick<Watched, 'now' | 'put'>

const WATCHED: readonly Watched[] = [
  own(Math, 'random', 'Math.random', 'chance'),
  own(Date, 'now', 'Date.now', 'time'),
  own(globalThis, 'Date', 'the date', 'time'),
  own(performance, 'now', 'performance.now', 'time'),
  own(process, 'hrtime', 'process.hrtime', 'time'),
  own(globalThis.crypto, 'getRandomValues', 'crypto.getRandomValues', 'chance'),
  own(globalThis.crypto, 'randomUUID', 'crypto.randomUUID', 'chance'),
  own(globalThis, 'setTimeout', 'setTimeout', 'later'),
  own(globalThis, 'setInterval', 'setInterval', 'later'),
  own(globalThis, 'setImmediate', 'setImmediate', 'later'),
  own(globalThis, 'queueMicrotask', 'queueMicrotask', 'later'),
  own(globalThis, 'fetch', 'fetch', 'later'),
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
  readonly real: unknown
  readonly noting: unknown
}

/** Made anew when another has put something of its own in place, as a test with a clock of its own does. */
const placeOf = ({ name, what, cause }: Watched, real: unknown): Place => {
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
  return { real, noting }
}

const places: (Place | undefined)[] = WATCHED.map(() => undefined)

/** Puts what is watched, for these causes, into its place. Returns what puts the real ones back. */
const watching = (causes: readonly Cause[] = ['time', 'chance', 'later']): (() => void) => {
  asked = undefined
  for (let i = 0; i < WATCHED.length; i++) {
    const one = WATCHED[i]!
    if (!causes.includes(one.cause)) continue
    const real = one.now()
    if (typeof real !== 'function') continue
    let place = places[i]
    if (place?.real !== real) {
      place = placeOf(one, real)
      places[i] = place
    }
    one.put(place.noting)
  }
  return putBack
}

/** Puts back the real ones, the last first: what is in the global Date is put back after the global Date. */
const putBack = (): void => {
  for (let i = places.length - 1; i >= 0; i--) {
    const place = places[i]
    if (place && WATCHED[i]!.now() === place.noting) WATCHED[i]!.put(place.real)
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

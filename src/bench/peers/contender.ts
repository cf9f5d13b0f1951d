/** What the side-by-side benchmark compares: a checker, set up in one way, on one model. */
import { modelNamed } from '../cases/cases.ts'
import { observe } from './measure.ts'

/** What one run of a contender measured. */
export interface Measured {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  readonly distinct: number
  /** Enabled action instances of all reached states; the initial state is not counted. */
  readonly transitions: number
  /** Of the tables of the search, as the checker tells; absent when it does not. */
  readonly bytesPerState?: number
}

/** A checker set up in one way, on one model. */
export interface Contender {
  readonly name: string
  readonly model: string
  /** Builds what is to be run; the first run does it otherwise. */
  build(): Promise<unknown>
  /** Searches the whole model once, in a process of its own. Throws when the counts are not the agreed ones. */
  run(): Promise<Measured>
}

/** A checker that may be installed. */
export interface Peer {
  /** Why it cannot be run here, as a sentence; nothing when it can. */
  missing(): string | undefined
  /** Name and version, with those of what it needs. */
  versions(): readonly string[]
  contenders(model: string): readonly Contender[]
}

/** What to run, where. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly folder: string
}

/** What a checker says in its output. */
export type Printed = Pick<Measured, 'distinct' | 'transitions' | 'bytesPerState'>

/** A contender whose verifier `prepare` builds once, out of the measured time. */
export const contender = (
  name: string,
  model: string,
  prepare: () => Promise<Command>,
  printed: (output: string) => Printed,
): Contender => {
  const { distinct, generated } = modelNamed(model)
  const agreed = `${distinct} states and ${generated - 1} transitions`
  let built: Promise<Command> | undefined
  const build = () => {
    built ??= prepare()
    return built
  }
  return {
    name,
    model,
    build,
    run: async () => {
      const { command, args, folder } = await build()
      const { output, ...observed } = await observe(command, args, folder)
      const counts = printed(output)
      const found = `${counts.distinct} states and ${counts.transitions} transitions`
      if (found !== agreed) throw new Error(`${name} found ${found} of ${model}, not ${agreed}.`)
      return { ...observed, ...counts }
    },
  }
}

/** The number that the first group of `pattern` finds in the output of a checker; NaN when it finds none. */
export const numberIn = (output: string, pattern: RegExp): number =>
  Number(pattern.exec(output)?.[1] ?? Number.NaN)

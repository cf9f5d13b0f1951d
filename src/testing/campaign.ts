/** Campaigns: many random models that keep hidden state, or that are asymmetric, none of which may be said to hold wrongly. */
import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { check } from '../search/breadth-first.ts'
import type { Verdict } from '../search/engine/outcome.ts'
import { checkNaively } from '../search/naive.ts'
import { randomFrom } from '../symmetry/identities/sample.ts'
import { asymmetricModel, HIDDEN, type Hidden, hiddenModel } from './hidden-state.ts'

/** What became of the models of one kind. */
export interface Tally {
  /** Verdicts as those of the reference, violations among them. */
  found: number
  /** Faults of the model. */
  refused: number
  unknown: number
  /** As the reference says, where that has no violation. */
  agreed: number
  /** What must not be: sentences with the seed. */
  readonly wrong: string[]
}

const emptyTally = (): Tally => ({ found: 0, refused: 0, unknown: 0, agreed: 0, wrong: [] })

/** Verdicts that say something of all states. */
const FINAL: ReadonlySet<Verdict> = new Set(['holds', 'unreached', 'vacuous'])

type Verdicts = ReadonlyMap<string, Verdict>

const naively = (made: Model): Verdicts =>
  new Map(
    Object.entries(checkNaively(made, { twice: false }).verdicts).map(([name, { verdict }]) => [
      name,
      verdict,
    ]),
  )

const verdictsOf = async (made: Model, symmetry: boolean): Promise<Verdicts | undefined> => {
  try {
    const { judgements } = await check(made, { symmetry })
    return new Map(judgements.map(({ property, verdict }) => [property, verdict]))
  } catch (thrown) {
    if (thrown instanceof ModelFault) return undefined
    throw thrown
  }
}

/** Adds what one model came to; `truths`: what it may be said to be. */
const add = (tally: Tally, name: string, truths: readonly Verdicts[], said: Verdicts | undefined): void => {
  if (!said) {
    tally.refused += 1
    return
  }
  const wrong = [...said].filter(
    ([property, verdict]) =>
      FINAL.has(verdict) &&
      truths.some((truth) => !FINAL.has(truth.get(property)!) || truth.get(property) !== verdict),
  )
  if (wrong.length > 0) tally.wrong.push(`${name}: ${wrong.map((pair) => pair.join(' ')).join(', ')}`)
  else if ([...said.values()].includes('unknown')) tally.unknown += 1
  else if (truths.some((truth) => [...truth.values()].includes('violated'))) tally.found += 1
  else tally.agreed += 1
}

/** Checks models with hidden state, `runs` in all, in turns of their kinds. */
export const hiddenStateCampaign = async (
  runs: number,
  seed: number,
): Promise<ReadonlyMap<Hidden, Tally>> => {
  const tallies = new Map(HIDDEN.map((kind) => [kind, emptyTally()]))
  for (let run = 0; run < runs; run++) {
    const kind = HIDDEN[run % HIDDEN.length]!
    const own = seed * 100_003 + run
    const truth = naively(hiddenModel(kind, randomFrom(own)))
    const said = await verdictsOf(hiddenModel(kind, randomFrom(own)), false)
    add(tallies.get(kind)!, `${kind}, seed ${own}`, [truth], said)
  }
  return tallies
}

/** Checks asymmetric models with symmetry. */
export const asymmetryCampaign = async (runs: number, seed: number): Promise<Tally> => {
  const tally = emptyTally()
  for (let run = 0; run < runs; run++) {
    const own = seed * 100_003 + run
    const whole = await verdictsOf(asymmetricModel(randomFrom(own)), false)
    const said = await verdictsOf(asymmetricModel(randomFrom(own)), true)
    add(tally, `asymmetry, seed ${own}`, [whole!], said)
  }
  return tally
}

/**
 * The memory of a listener without the bounds of its schema: any identity, any number. A monitor that a search gives
 * a packed record works on this too, where nothing says beforehand what will be seen. It stays small: what was
 * remembered first is forgotten first, and counted.
 */
import type { Each, RecordOf, Schema, SetOf } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { type Budget, numberSet, type Pool } from './numbers.ts'

/** What a memory may take. */
export interface Limits {
  /** Units of `Budget` for all sets of numbers together. */
  readonly numbers: number
  /** Units that memories have left together, besides. */
  readonly pool?: Pool
  /** Records under one `each`. */
  readonly records: number
}

/** A memory, and what had to be forgotten. */
export interface Unbounded {
  readonly memory: object
  /** Numbers and records forgotten so far. */
  forgotten(): number
  /** Gives back to the pool what the memory took of it; it is not used afterwards. */
  release(): void
}

/** The zero state of a memory. Throws `TypeError` for channels, which no listener needs without bounds. */
export const unboundedMemory = (schema: RecordOf, { numbers, records, pool }: Limits): Unbounded => {
  const budget: Budget = { left: numbers, forgotten: 0, ...(pool && { pool }) }
  let dropped = 0

  const zeroFor = (of: Schema): unknown => {
    switch (of.kind) {
      case 'record':
        return recordOf(of)
      case 'each':
        return eachOf(of)
      case 'set':
        return setFor(of)
      case 'range':
        return of.min
      case 'queue':
      case 'bag':
        throw new TypeError(`A ${of.kind} has no form without bounds.`)
      default:
        return scalarValues(of)[0]
    }
  }
  const recordOf = ({ fields }: RecordOf): object =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, zeroFor(field)]))
  const setFor = ({ values }: SetOf): unknown =>
    typeof values[0] === 'string' ? new Set<string>() : numberSet(budget)
  /** A record comes into being when it is asked for. */
  const eachOf = ({ element }: Each): object => {
    const known = new Map<string | symbol, unknown>()
    return new Proxy(Object.freeze({}), {
      get(_, name) {
        let value = known.get(name)
        if (value === undefined) {
          if (known.size >= records) {
            known.delete(known.keys().next().value!)
            dropped += 1
          }
          value = zeroFor(element)
          known.set(name, value)
        }
        return value
      },
    })
  }

  return {
    memory: recordOf(schema),
    forgotten: () => budget.forgotten + dropped,
    release() {
      if (pool) pool.left += numbers - budget.left
    },
  }
}

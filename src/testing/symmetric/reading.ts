/**
 * Programs that treat identities alike by construction: they name them only by choice, by reading them from a state, or
 * for all of a family at once. Here is what programs read; `programs.ts` has what they write.
 */
import type { BagDraft, QueueDraft, SetDraft } from '../../modelling/draft.ts'
import type { Id, RecordOf, Scalar, Schema, SetOf } from '../../modelling/schema.ts'
import { domainOf, indexIn } from '../schemas.ts'
import { type Draw, type Families, type Family, NOBODY, pick, type Variable, variablesOf } from './schemas.ts'

/** What a program runs on: a draft or a view, the identities it may speak of, and an index for channels. */
export interface Scene {
  readonly s: object
  readonly f: readonly string[]
  readonly h: readonly string[]
  readonly index: number | undefined
  readonly emit?: (who: string, n: number) => void
}
/** Absent: the variable is there for nobody, as when it is that of `nobody`. */
export type Name = (scene: Scene) => string | undefined
export type Amount = (scene: Scene) => number
export type Test = (scene: Scene) => boolean
export type Program = (scene: Scene) => void
export type Channel = QueueDraft<object> & BagDraft<object>

/** What programs over the variables of one schema read. */
export class SymmetricReading {
  protected readonly draw: Draw
  protected readonly families: Families
  protected readonly variables: readonly Variable[]

  constructor(draw: Draw, families: Families, schema: RecordOf) {
    this.draw = draw
    this.families = families
    this.variables = variablesOf(schema, families)
  }

  test(depth = 2): Test {
    switch (depth > 0 ? this.draw(9) : this.draw(3)) {
      case 0:
      case 3: {
        const [a, b] = [this.amount(), this.amount()]
        return this.draw(2) === 0 ? (scene) => a(scene) <= b(scene) : (scene) => a(scene) !== b(scene)
      }
      case 1: {
        const family = this.family()
        const [a, b] = [this.name(family), this.name(family)]
        return (scene) => a(scene) === b(scene)
      }
      case 2:
      case 4: {
        const set = this.value<SetDraft<unknown>>((schema) => isSetOf(schema) || isRecords(schema))
        const name = set && this.name(familyIn(set.schema as SetOf, this.families))
        if (!set || !name) return () => true
        const { element } = set.schema as SetOf
        return (scene) => {
          const who = name(scene)
          if (who === undefined || who === NOBODY) return false
          if (!element) return set.read(scene)?.has(who) === true
          // The first field of each record names an identity.
          return set.read(scene)?.some((one) => (one as { part0: unknown }).part0 === who) === true
        }
      }
      case 5: {
        const [family, inner] = [this.family(), this.test(depth - 1)]
        return (scene) => this.families[family].some((who) => inner(among(scene, family, who)))
      }
      case 6: {
        const [family, inner] = [this.family(), this.test(depth - 1)]
        return (scene) => this.families[family].every((who) => inner(among(scene, family, who)))
      }
      case 7: {
        const [a, b] = [this.test(depth - 1), this.test(depth - 1)]
        return (scene) => a(scene) && b(scene)
      }
      default: {
        const inner = this.test(depth - 1)
        return (scene) => !inner(scene)
      }
    }
  }

  amount(): Amount {
    switch (this.draw(5)) {
      case 0: {
        const n = this.draw(3)
        return () => n
      }
      case 3: {
        const set = this.value<SetDraft<unknown>>(({ kind }) => kind === 'set')
        return (scene) => set?.read(scene)?.size ?? 0
      }
      case 4: {
        const channel = this.value<Channel>(isChannel)
        return (scene) => channel?.read(scene)?.length ?? 0
      }
      default: {
        const scalar = this.value(isNumber)
        return (scene) => {
          const value = scalar?.read(scene)
          return scalar && value !== undefined ? indexIn(scalar.schema as Scalar, value) : 0
        }
      }
    }
  }

  /** An identity: one that is spoken of, or one that an id holds. */
  name(family: Family): Name {
    const nth = this.draw(3)
    const id = this.draw(2) === 0 ? undefined : this.value<string>((schema) => isIdOf(schema, family))
    if (id) return (scene) => id.read(scene)
    return (scene) => scene[family][nth % Math.max(1, scene[family].length)]
  }

  protected family(): Family {
    return this.families.h.length > 0 ? pick(this.draw, ['f', 'h'] as const) : 'f'
  }

  /** A variable of some kind, in the records of identities that names tell; undefined when there is none. */
  protected value<T>(is: (schema: Schema) => boolean) {
    const some = this.variables.filter(({ schema }) => is(schema))
    if (some.length === 0) return undefined
    const { schema, owners, field, parent } = pick(this.draw, some)
    // Ids in ids of ids have no end.
    const names = owners.map((family): Name => {
      const nth = this.draw(2)
      return (scene) => scene[family][nth % Math.max(1, scene[family].length)]
    })
    const at = (scene: Scene) => {
      const who = names.map((name) => name(scene))
      return who.includes(undefined) || who.includes(NOBODY) ? undefined : parent(scene.s, who as string[])
    }
    return {
      schema,
      read: (scene: Scene): T | undefined => at(scene)?.[field] as T | undefined,
      write(scene: Scene, value: unknown): void {
        const record = at(scene)
        if (record) record[field] = value
      },
    }
  }
}

export const isNumber = ({ kind }: Schema): boolean => kind === 'range' || kind === 'bool' || kind === 'oneOf'
export const isChannel = ({ kind }: Schema): boolean => kind === 'queue' || kind === 'bag'
export const isSetOf = (schema: Schema): boolean =>
  schema.kind === 'set' && typeof schema.values[0] === 'string'
export const isRecords = (schema: Schema): boolean => schema.kind === 'set' && schema.element !== undefined
const isIdOf = (schema: Schema, family: Family): boolean =>
  schema.kind === 'id' && schema.identities.includes(family === 'f' ? 'p' : 'x')
export const familyIn = ({ values, element }: SetOf, { f }: Families): Family => {
  const names = element ? (element.fields.part0 as Id).values : values
  return names.includes(f[0] as never) ? 'f' : 'h'
}
export const valueAt = (schema: Scalar, n: number): unknown => {
  const { size, at } = domainOf(schema)
  return at(n % size)
}
/** The scene in which an identity is the first that is spoken of. */
export const among = (scene: Scene, family: Family, who: string): Scene => ({
  ...scene,
  [family]: [who, ...scene[family]],
})

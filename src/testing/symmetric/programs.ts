/** Programs that treat identities alike by construction: what they write. */
import type { SetDraft } from '../../modelling/draft.ts'
import type { Id, RecordOf, Scalar, Schema, SetOf } from '../../modelling/schema.ts'
import { indexIn } from '../schemas.ts'
import {
  among,
  type Channel,
  familyIn,
  isChannel,
  isNumber,
  isRecords,
  isSetOf,
  type Program,
  type Scene,
  SymmetricReading,
  valueAt,
} from './reading.ts'
import { MOST_MESSAGES, NOBODY, pick } from './schemas.ts'

/** Programs over the variables of one schema. */
export class SymmetricPrograms extends SymmetricReading {
  /** Whether the program that is drawn has taken a message out of a bag. */
  #took = false

  /** A first statement that most often changes something, and more. */
  program(statements: number): Program {
    this.#took = false
    const moves = [this.#advance, this.#changeSet, this.#advance, this.#send, this.#assignId]
    const first = pick(this.draw, moves).call(this)
    const all = [first, ...Array.from({ length: statements }, () => this.#statement(1))]
    return (scene) => {
      for (const statement of all) statement(scene)
    }
  }

  #statement(depth: number): Program {
    switch (this.draw(depth > 0 ? 10 : 8)) {
      case 0:
        return this.#advance()
      case 1:
        return this.#assignNumber()
      case 2:
        return this.#assignId()
      case 3:
      case 4:
        return this.#changeSet()
      case 5:
        return this.#send()
      case 6:
        return this.#receive()
      case 7: {
        const [name, n] = [this.name('f'), this.amount()]
        return (scene) => {
          const who = name(scene)
          if (who !== undefined) scene.emit?.(who, n(scene) % 3)
        }
      }
      case 8: {
        const [test, inner] = [this.test(1), this.#statement(depth - 1)]
        return (scene) => {
          if (test(scene)) inner(scene)
        }
      }
      default: {
        // One after the other, so only what does not depend on the order.
        const [family, inner] = [this.family(), this.#assignOwn()]
        return (scene) => {
          for (const who of this.families[family]) inner(among({ ...scene, f: [], h: [] }, family, who))
        }
      }
    }
  }

  /** Writes a constant to a number of the one identity that is spoken of. */
  #assignOwn(): Program {
    const own = this.variables.filter(({ schema, owners }) => isNumber(schema) && owners.length === 1)
    if (own.length === 0) return () => {}
    const { schema, owners, field, parent } = pick(this.draw, own)
    const n = this.draw(3)
    return ({ s, ...scene }) => {
      const who = scene[owners[0]!][0]
      if (who !== undefined) parent(s, [who])[field] = valueAt(schema as Scalar, n)
    }
  }

  #assignNumber(): Program {
    const scalar = this.value(isNumber)
    const amount = this.amount()
    return (scene) => scalar?.write(scene, valueAt(scalar.schema as Scalar, amount(scene)))
  }

  /** To the next value, round to the first: what makes state spaces large. */
  #advance(): Program {
    const scalar = this.value(isNumber)
    return (scene) => {
      const value = scalar?.read(scene)
      if (scalar && value !== undefined)
        scalar.write(scene, valueAt(scalar.schema as Scalar, indexIn(scalar.schema as Scalar, value) + 1))
    }
  }

  #assignId(): Program {
    const id = this.value<string>(({ kind }) => kind === 'id')
    if (!id) return () => {}
    const { identities, values } = id.schema as Id
    const name = this.name(identities.includes(this.families.f[0]!) ? 'f' : 'h')
    const clears = this.draw(4) === 0
    return (scene) => {
      const who = clears ? NOBODY : name(scene)
      if (who !== undefined && values.includes(who)) id.write(scene, who)
    }
  }

  #changeSet(): Program {
    const set = this.value<SetDraft<string>>(isSetOf)
    if (!set) return () => {}
    const name = this.name(familyIn(set.schema as SetOf, this.families))
    const adds = this.draw(3) > 0
    return (scene) => {
      const who = name(scene)
      if (who === undefined || who === NOBODY) return
      if (adds) set.read(scene)?.add(who)
      else set.read(scene)?.delete(who)
    }
  }

  #send(): Program {
    const channel = this.value<Channel>((schema) => isChannel(schema) || isRecords(schema))
    if (!channel) return () => {}
    const { element, capacity } = channel.schema as { element: RecordOf; capacity: number }
    const deletes = isRecords(channel.schema) && this.draw(4) === 0
    const fill = (schema: Schema): ((scene: Scene) => unknown) => {
      if (schema.kind === 'record') {
        const fields = Object.entries(schema.fields).map(([name, field]) => [name, fill(field)] as const)
        return (scene) => Object.fromEntries(fields.map(([name, value]) => [name, value(scene)]))
      }
      if (schema.kind === 'id') {
        const { identities, values } = schema
        const name = this.name(identities.includes(this.families.f[0]!) ? 'f' : 'h')
        // Where there is no such identity nothing is sent.
        return (scene) => {
          const who = name(scene)
          return who !== undefined && values.includes(who) ? who : undefined
        }
      }
      if (schema.kind === 'set') {
        const name = this.name(familyIn(schema, this.families))
        return (scene) => new Set([name(scene)].filter((who) => who !== undefined && who !== NOBODY))
      }
      const amount = this.amount()
      return (scene) => valueAt(schema as Scalar, amount(scene))
    }
    const whole = fill(element)
    return (scene) => {
      const at = channel.read(scene)
      const message = whole(scene) as object
      if (!at || !isComplete(message)) return
      if (isRecords(channel.schema)) {
        const set = at as unknown as SetDraft<object>
        if (deletes) set.delete(message)
        else set.add(message)
        return
      }
      if (at.length >= capacity) return
      if (channel.schema.kind === 'bag') at.add(message)
      else at.push(message)
    }
  }

  /**
   * Takes a message out and keeps the identity that it names. Which message stands first in a bag depends on names, so
   * there it is the one at the index that is chosen, and once: then each is taken by some choice.
   */
  #receive(): Program {
    const channel = this.value<Channel>(isChannel)
    const inBag = channel?.schema.kind === 'bag'
    if (inBag && this.#took) return () => {}
    if (inBag) this.#took = true
    const id = this.value<string>(({ kind }) => kind === 'id')
    return (scene) => {
      const at = channel?.read(scene)
      const index = scene.index ?? (inBag ? MOST_MESSAGES : 0)
      const message = at?.at(index) as Record<string, unknown> | undefined
      if (!channel || !at || !message) return
      // Field by field: a view does not list them.
      const { fields } = (channel.schema as { element: RecordOf }).element
      const who = Object.keys(fields).flatMap((name) => {
        const value = message[name]
        return typeof value === 'string' ? [value] : []
      })[0]
      if (id && who !== undefined && (id.schema as Id).values.includes(who)) id.write(scene, who)
      if (channel.schema.kind === 'queue') at.removeAt(index)
      else at.remove(message)
    }
  }
}

const isComplete = (value: unknown): boolean =>
  value !== undefined &&
  (typeof value !== 'object' || value instanceof Set || Object.values(value as object).every(isComplete))

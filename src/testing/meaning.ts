/** What programs of the little language do: statements over a draft, as a person would have written them. */
import { take } from '../modelling/draft.ts'
import type { Ref, Statement } from './language.ts'
import { type Channel, nameIn, nth, parentOf, part, pick, Reading, type Scene } from './reading.ts'

/** The language over the places of one schema. */
export class Meaning extends Reading {
  /** Runs a program. */
  run(statements: readonly Statement[], scene: Scene): void {
    for (const statement of statements) this.#statement(statement, scene)
  }

  #statement(statement: Statement, scene: Scene): void {
    switch (statement.is) {
      case 'if':
        if (this.test(statement.test, scene)) this.run(statement.body, scene)
        return
      case 'emit':
        scene.emit?.(statement.kind, this.number(statement.value, scene))
        return
      case 'judge':
        scene.judge?.(statement.say)
        return
      case 'read':
        scene.read?.((this.number(statement.value, scene) - statement.from) / statement.by)
        return
      case 'assign':
        this.#assign(statement.to, this.number(statement.value, scene), scene)
        return
      case 'advance': {
        const { to } = statement
        this.#assign(to, this.number({ is: 'scalar', of: to }, scene) + 1, scene)
        return
      }
      case 'add':
      case 'delete': {
        const set = this.set(statement.to, scene)
        set?.set[statement.is](set.value(this.number(statement.value, scene)))
        return
      }
      case 'clearSet':
        this.set(statement.to, scene)?.set.clear()
        return
      case 'clearChannel':
        this.channel(this.places.channels, statement.to, scene)?.channel.clear()
        return
      case 'send': {
        const found = this.channel(this.places.channels, statement.to, scene)
        if (found && found.channel.length < found.schema.capacity)
          put(found, this.message(found.schema.element, statement.message, scene))
        return
      }
      case 'receive': {
        const found = this.channel(this.places.channels, statement.from, scene)
        if (!found || found.channel.length === 0) return
        const { channel, schema } = found
        const message = schema.kind === 'queue' ? take(channel) : channel.at(0)!
        this.#assign(statement.to, part(schema.element, message, statement.field), scene)
        if (schema.kind === 'bag') channel.remove(message)
        return
      }
      case 'removeAt':
        this.channel(this.places.queues, statement.from, scene)?.channel.removeAt(
          this.number(statement.index, scene) % 4,
        )
        return
      case 'walk': {
        const found = this.channel(this.places.channels, statement.of, scene)
        if (!found) return
        let sum = 0
        for (const message of found.channel) {
          const n = part(found.schema.element, message, statement.field)
          sum += n
          if (n === 3) break
        }
        this.#assign(statement.to, sum % 8, scene)
        return
      }
      case 'rotate': {
        const found = this.channel(this.places.channels, statement.in, scene)
        const index = this.number(statement.index, scene) % 4
        const message = found?.channel.at(index)
        if (!found || message === undefined) return
        this.#assign(statement.to, part(found.schema.element, message, 0), scene)
        if (found.schema.kind === 'queue') found.channel.removeAt(index)
        else found.channel.remove(message)
        put(found, message)
        return
      }
      case 'toggleChosen': {
        const bag = this.bagOfChosen(statement.in, scene)
        if (!bag) return
        if (bag.channel.has(bag.message)) bag.channel.remove(bag.message)
        else if (bag.channel.length < bag.schema.capacity) bag.channel.add(bag.message)
        return
      }
    }
  }

  #assign(to: Ref, n: number, scene: Scene): void {
    const place = nth(this.places.scalars, to.nth)
    if (!place) return
    const parent = parentOf(place, to, scene)
    parent[nameIn(place, to, scene)] = pick(place.schema, n)
  }
}

const put = ({ channel, schema }: { channel: Channel; schema: { kind: string } }, message: unknown): void => {
  if (schema.kind === 'queue') channel.push(message)
  else channel.add(message)
}

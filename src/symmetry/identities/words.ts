/** Names of identities in oneOfs, which no permutation reaches: the usual reason why a family is not symmetric. */
import type { Schema } from '../../modelling/schema.ts'
import type { Layout, Node } from '../../state/layout.ts'

/** The words of the oneOfs at each slot of a layout. */
export const wordsOf = ({ roots, slots }: Layout): readonly ReadonlySet<string>[] => {
  const words = slots.map(() => new Set<string>())
  const note = (at: number, count: number, values: readonly string[]): void => {
    for (let slot = at; slot < at + count; slot++) for (const value of values) words[slot]!.add(value)
  }
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'record':
        for (const [, child] of node.fields) visit(child)
        return
      case 'scalar':
        if (node.schema.kind === 'oneOf') note(node.at, 1, node.schema.values)
        return
      case 'set':
        if (node.schema.element) note(node.at, node.slots, wordsIn(node.schema.element))
        return
      case 'queue':
      case 'bag':
        note(node.at, node.schema.capacity * node.message.slots, wordsIn(node.schema.element))
    }
  }
  roots.forEach(visit)
  return words
}

const wordsIn = (schema: Schema): readonly string[] => {
  if (schema.kind === 'record') return Object.values(schema.fields).flatMap(wordsIn)
  return schema.kind === 'oneOf' ? schema.values : []
}

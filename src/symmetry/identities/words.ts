/** Names of identities in oneOfs, which no permutation reaches: the usual reason why a family is not symmetric. */
import type { Layout, MessageNode, Node } from '../../state/layout.ts'

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
      case 'queue':
      case 'bag':
        note(node.at, node.schema.capacity * node.message.slots, wordsIn(node.message.root))
    }
  }
  roots.forEach(visit)
  return words
}

const wordsIn = (node: MessageNode): readonly string[] => {
  if (node.kind === 'record') return node.fields.flatMap(([, child]) => wordsIn(child))
  return node.schema.kind === 'oneOf' ? node.schema.values : []
}

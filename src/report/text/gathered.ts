/**
 * Some of many paths in few words: a branch is named alone when all below it is meant, what branches have in common
 * is said once, and branches of which the same is meant are joined: `member.A/B.{sent, spi}`.
 */

/** Branches by name; a leaf has none, and is meant or not. */
interface Tree {
  readonly branches: Map<string, Tree>
  meant: boolean
}

/** Names those of `all` paths that are `meant`, which do not repeat. */
export const gathered = (all: readonly string[], meant: readonly string[]): string => {
  const root: Tree = { branches: new Map(), meant: false }
  const wanted = new Set(meant)
  for (const path of all) {
    let tree = root
    for (const name of path.split('.')) {
      let below = tree.branches.get(name)
      if (!below) {
        below = { branches: new Map(), meant: false }
        tree.branches.set(name, below)
      }
      tree = below
    }
    tree.meant = wanted.has(path)
  }
  return partsOf(root).join(', ')
}

const isWhole = ({ branches, meant }: Tree): boolean =>
  branches.size === 0 ? meant : [...branches.values()].every(isWhole)

/** What is meant below a tree: a text for each group of branches. */
const partsOf = ({ branches }: Tree): readonly string[] => {
  const groups = new Map<string, string[]>()
  for (const [name, tree] of branches) {
    const parts = isWhole(tree) ? [] : partsOf(tree)
    if (parts.length === 0 && !isWhole(tree)) continue
    const below = parts.length > 1 ? `.{${parts.join(', ')}}` : parts.map((part) => `.${part}`).join('')
    groups.set(below, [...(groups.get(below) ?? []), name])
  }
  return [...groups].flatMap(([below, names]) => (below === '' ? names : [names.join('/') + below]))
}

/** The program text of the groups in which the guards of an action are asked. */

/** Instances whose guards are asked together at most: an answer has a bit for each. */
const TOGETHER = 16

/**
 * Groups of instances of one action, whose guards have one tree: they often read the same. A group for which that does not pay
 * is split in two.
 */
export const groupsText = (ends: readonly number[]): string => {
  const first: number[] = []
  const size: number[] = []
  const after: number[] = []
  const of: number[] = []
  for (let a = 0; a + 1 < ends.length; a++) {
    of.push(ends[a] === ends[a + 1] ? -1 : first.length)
    for (let i = ends[a]!; i < ends[a + 1]!; i += TOGETHER) {
      first.push(i)
      size.push(Math.min(TOGETHER, ends[a + 1]! - i))
      after.push(i + TOGETHER < ends[a + 1]! ? first.length : -1)
    }
  }
  const most = ends.at(-1)!
  const filled = (values: readonly number[]): string =>
    JSON.stringify([...values, ...Array<number>(most - values.length).fill(0)])
  return `const GROUPS_OF = new Int32Array(${JSON.stringify(of)}), GROUP_AFTER = new Int32Array(${filled(after)})
const FIRST_IN = new Int32Array(${filled(first)}), SIZE_OF = new Int32Array(${filled(size)}), GROUP_OF = new Int32Array(${most})
let groups = ${first.length}
for (let g = 0; g < groups; g++) GROUP_OF.fill(g, FIRST_IN[g], FIRST_IN[g] + SIZE_OF[g])
function split(g) {
  const h = groups++, size = SIZE_OF[g] >> 1
  SIZE_OF[h] = SIZE_OF[g] - size
  SIZE_OF[g] = size
  FIRST_IN[h] = FIRST_IN[g] + size
  GROUP_AFTER[h] = GROUP_AFTER[g]
  GROUP_AFTER[g] = h
  GROUP_OF.fill(h, FIRST_IN[h], FIRST_IN[h] + SIZE_OF[h])
  guards.restart(g, met)
  guards.restart(h, met)
}`
}

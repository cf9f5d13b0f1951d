/** Two texts compared line by line, as `diff` shows it. */

/** Lines shown around what changed. */
const AROUND = 2

/** The changed lines with `-` and `+` before them, with two lines around and `...` for those left out. */
export const lineDifference = (before: string, after: string): readonly string[] => {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const rows = aligned(a, b)
  const near = rows.map((_, i) =>
    rows.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(([sign]) => sign !== ' '),
  )
  return rows.flatMap(([sign, line], i) =>
    near[i]
      ? [`${sign} ${line}`.trimEnd()]
      : i > 0 && near[i - 1] && near.slice(i).some(Boolean)
        ? ['...']
        : [],
  )
}

type Row = readonly [sign: ' ' | '-' | '+', line: string]

/** By a longest common subsequence of what differs between the common beginning and end. */
const aligned = (a: readonly string[], b: readonly string[]): readonly Row[] => {
  let first = 0
  while (first < a.length && first < b.length && a[first] === b[first]) first += 1
  let last = 0
  while (last < a.length - first && last < b.length - first && a.at(-1 - last) === b.at(-1 - last)) last += 1
  const [x, y] = [a.slice(first, a.length - last), b.slice(first, b.length - last)]
  const common = Array.from({ length: x.length + 1 }, () => new Array<number>(y.length + 1).fill(0))
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      common[i]![j] =
        x[i] === y[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const rows: Row[] = a.slice(0, first).map((line) => [' ', line])
  let [i, j] = [0, 0]
  while (i < x.length || j < y.length)
    if (i < x.length && j < y.length && x[i] === y[j]) {
      rows.push([' ', x[i]!])
      i += 1
      j += 1
    } else if (i < x.length && (j === y.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      rows.push(['-', x[i]!])
      i += 1
    } else {
      rows.push(['+', y[j]!])
      j += 1
    }
  return [...rows, ...a.slice(a.length - last).map((line): Row => [' ', line])]
}

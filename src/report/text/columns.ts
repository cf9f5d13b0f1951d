/** Text in columns: numbers with separators, lines folded at spaces, tables aligned with spaces. */

/** A whole number with a comma between thousands. */
export const grouped = (value: number): string => String(value).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, ',')

const THOUSANDS = ['', 'k', 'M', 'G', 'T']

/** A count in few letters: 551, 5.2k, 757k, 1.2M. */
export const compact = (count: number): string => {
  let [value, power] = [count, 0]
  while (value >= (power === 0 ? 1_000 : 999.5)) {
    value /= 1_000
    power += 1
  }
  return `${power > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)}${THOUSANDS[power]}`
}

/** Any number: whole ones with commas, fractions with as many digits as say something. */
export const numberText = (value: number): string => {
  if (Number.isInteger(value)) return grouped(value)
  return String(Number(Math.abs(value) < 1 ? value.toPrecision(2) : value.toFixed(2)))
}

/** Two or three digits that say something: 1.7, 196, 0.0037, 7.7e-7. */
export const digits = (value: number): string => {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  if (value < 1e-3) return value.toExponential(1)
  if (value >= 1000) return grouped(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

/** A count with its noun: `1 step`, `7 steps`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${grouped(count)} ${count === 1 ? noun : plural}`

/** A unit, which is a noun in the plural such as messages, behind a value: `1 message`, `2 messages`. */
export const withUnit = (value: number, unit: string): string =>
  `${numberText(value)} ${value === 1 ? singular(unit) : unit}`

/** As most English nouns have it; a word whose end is none of these, such as ms, stays as it is. */
const singular = (noun: string): string =>
  noun
    .replace(/(?<=[^aeiou])ies$/, 'y')
    .replace(/(?<=ss|x|sh|[nrt]ch)es$/, '')
    .replace(/(?<=\w[^ius])s$/, '')

/** Seconds with as many decimals as say something. */
export const secondsText = (seconds: number): string => seconds.toFixed(seconds < 10 ? 2 : 1)

/** A time in a whole number of its unit, rounded up: 40 s, 12 min, 3 h, 2 d. */
export const durationText = (seconds: number): string => {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
  ] as const
  const [unit, length] = units.find(([, length]) => seconds >= 2 * length) ?? ['s', 1]
  return `${Math.ceil(seconds / length)} ${unit}`
}

/** Bytes in the largest unit that leaves a whole number. */
export const bytesText = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value < 10 && unit > 2 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** What is said about states that a fingerprint may have hidden. */
export const missText = (exact: boolean, probability: number): string =>
  exact
    ? 'states compared whole'
    : `a state was missed with probability at most ${probability.toExponential(0)}`

/** `text` in lines of at most `width` columns, the second and later ones behind `hanging`. */
export const folded = (text: string, width: number, hanging = ''): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = hanging + word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Rows of cells as lines: columns two spaces apart, aligned to the left or (`>`) to the right. */
export const tabled = (rows: readonly (readonly string[])[], aligned: string): readonly string[] =>
  tabledWithin(rows, aligned, Infinity)

/** The same, with the last column folded to fit into `width`. */
export const tabledWithin = (
  rows: readonly (readonly string[])[],
  aligned: string,
  width: number,
): readonly string[] => tabledRows(rows, aligned, width).flat()

/** The same, with the first column cut into pieces where a table of numbers would be wider than `width`. */
export const tabledNumbers = (
  rows: readonly (readonly string[])[],
  aligned: string,
  width: number,
): readonly string[] => {
  const lines = tabled(rows, aligned)
  const names = Math.max(0, ...rows.map(([name = '']) => name.length))
  const room = Math.max(10, names - Math.max(0, Math.max(0, ...lines.map((line) => line.length)) - width))
  const pieces = rows.flatMap(([name = '', ...rest]) => {
    const parts = name.match(new RegExp(`.{1,${room}}`, 'gsu')) ?? ['']
    return parts.map((part, i) => [part, ...(i === 0 ? rest : rest.map(() => ''))])
  })
  return tabled(pieces, aligned)
}

/** The lines of each row of a table whose last column is folded to fit into `width`. */
export const tabledRows = (
  rows: readonly (readonly string[])[],
  aligned: string,
  width: number,
): readonly (readonly string[])[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  return rows.map((row) => {
    const cells = row.map((cell, i) =>
      aligned[i] === '>' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
    )
    const before = cells
      .slice(0, -1)
      .map((cell) => `${cell}  `)
      .join('')
    const last = (cells.at(-1) ?? '').trimEnd()
    const lines = width === Infinity ? [last] : folded(last, Math.max(20, width - before.length))
    return lines.map((line, i) => `${i === 0 ? before : ' '.repeat(before.length)}${line}`.trimEnd())
  })
}

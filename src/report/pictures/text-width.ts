/** How wide text in Helvetica is (Arimo has the same widths), and how it is broken to fit. ASCII only. */

/** Widths of the characters from space to tilde in thousandths of the font size. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
/** The same of bold letters. */
const BOLD_WIDTHS = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
  556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
  556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
  333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
]

const SPELT: { readonly [character: string]: string } = {
  '\u00a7': 'section ',
  '\u00d7': 'x',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2026': '...',
  '\u2190': '<-',
  '\u2192': '->',
  '\u2260': '!=',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u27e8': '<',
  '\u27e9': '>',
}

/** Text in printable ASCII: common signs are spelt out, accents dropped, what is left becomes a question mark. */
export const asciiOf = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/gu, (character) => SPELT[character] ?? character)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^ -~]/gu, '?')

/** Width in points of a line of text. */
export const widthOf = (text: string, size: number, bold = false): number => {
  const widths = bold ? BOLD_WIDTHS : WIDTHS
  let sum = 0
  for (const character of asciiOf(text)) sum += widths[character.charCodeAt(0) - 32]!
  return (sum / 1000) * size
}

/** After a space (but `from: A` stays together), and after the bracket of `Send(`. */
const BREAKS = /(?<=[^:] |\w\()/

/** Text in lines of at most `width` points; words too long for a line are cut. At least one line. */
export const wrapped = (text: string, width: number, size: number, bold = false): readonly string[] => {
  const fits = (line: string): boolean => widthOf(line.trimEnd(), size, bold) <= width
  const lines: string[] = []
  let line = ''
  for (const word of asciiOf(text).split(BREAKS)) {
    if (fits(line + word)) {
      line += word
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line].map((l) => l.trimEnd())
}

/** The look of the pictures: sizes in points, colours that colour-blind readers can tell apart. */

/** Colours as Graphviz takes them. */
export const COLOUR = {
  ink: '#1A1A1A',
  quiet: '#6B6B6B',
  faint: '#E4E4E4',
  lane: '#9A9A9A',
  paper: '#FFFFFF',
  head: '#EEF1F5',
  mark: '#F4F4F4',
  lost: '#7A7A7A',
  grave: '#333333',
  /** Vermillion and its pale tint: a violation. */
  violated: '#D55E00',
  violatedPale: '#FDEBDD',
  /** Blue and its pale tint: a witness. */
  reached: '#0072B2',
  reachedPale: '#E3F0F8',
} as const

/** Font sizes. */
export const FONT = { title: 18, text: 13, row: 12, head: 14, small: 10.5 } as const

/** Distances. */
export const SIZE = {
  /** Height of a text line as a multiple of its font size. */
  line: 1.2,
  /** Least height of a row with events, and of one without. */
  row: 34,
  bareRow: 25,
  rowPad: 6,
  /** Least height of one event in a row. */
  slot: 21,
  /** Least distance of two lanes, and the room left and right of them. */
  lane: 120,
  side: 40,
  /** From a lane to the text on an arrow. */
  inset: 10,
  /** How far an arrow from a lane to itself reaches. */
  elbow: 45,
  head: 28,
  /** Half the width of a cross. */
  cross: 5,
  /** Widest text on an arrow, in a mark and in the row labels before it is broken. */
  text: 260,
  mark: 230,
  label: 250,
  /** Between step number, row label and picture. */
  number: 10,
  /** Least width of a picture. */
  picture: 600,
  chain: 560,
} as const

/** The strong and the pale colour of what the last step shows. */
export const strongOf = (verdict: string): { readonly strong: string; readonly pale: string } =>
  verdict === 'violated'
    ? { strong: COLOUR.violated, pale: COLOUR.violatedPale }
    : { strong: COLOUR.reached, pale: COLOUR.reachedPale }

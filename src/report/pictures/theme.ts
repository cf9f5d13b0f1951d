/** The look of the pictures: sizes in points, colours that colour-blind readers can tell apart. */

/** The colours of a picture, as Graphviz takes them. */
export interface Palette {
  readonly ink: string
  readonly quiet: string
  /** What plays no part. */
  readonly faded: string
  readonly faint: string
  readonly lane: string
  readonly paper: string
  readonly head: string
  readonly mark: string
  readonly lost: string
  readonly grave: string
  /** Vermillion and its tint: a violation. */
  readonly violated: string
  readonly violatedTint: string
  /** Blue and its tint: a witness. */
  readonly reached: string
  readonly reachedTint: string
}

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Strong colours differ from ink in weight as well, so that nothing is lost in greyscale. */
export const PALETTE: Readonly<Record<Theme, Palette>> = {
  light: {
    ink: '#1A1A1A',
    quiet: '#626262',
    faded: '#757575',
    faint: '#E4E4E4',
    lane: '#9A9A9A',
    paper: '#FFFFFF',
    head: '#EEF1F5',
    mark: '#F4F4F4',
    lost: '#6A6A6A',
    grave: '#333333',
    violated: '#B34700',
    violatedTint: '#FDEBDD',
    reached: '#00659E',
    reachedTint: '#E3F0F8',
  },
  dark: {
    ink: '#ECECEC',
    quiet: '#A9AFB6',
    faded: '#868D95',
    faint: '#2B3037',
    lane: '#666E78',
    paper: '#16191D',
    head: '#262C34',
    mark: '#22272E',
    lost: '#9AA1A9',
    grave: '#CFD3D8',
    violated: '#FF9350',
    violatedTint: '#3B2618',
    reached: '#6CBCEB',
    reachedTint: '#173241',
  },
}

/** Font sizes. */
export const FONT = { title: 16, text: 13, row: 12, head: 14, small: 10.5 } as const

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
  /** Widest text about the state of a lane. */
  status: 200,
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

/** The strong colour of what the last step shows, and its tint. */
export const strongOf = (
  palette: Palette,
  verdict: string,
): { readonly strong: string; readonly tint: string } =>
  verdict === 'violated'
    ? { strong: palette.violated, tint: palette.violatedTint }
    : { strong: palette.reached, tint: palette.reachedTint }

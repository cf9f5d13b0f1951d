/**
 * A drawing with pinned places, written as DOT for Graphviz's neato: lines, boxes and texts, each over what was
 * drawn before it. Places are points with y downwards. Texts become ASCII, since Graphviz as WebAssembly knows no
 * other widths, and are as wide as `text-width.ts` says, so left and right edges are exact.
 */
import { asciiOf, widthOf } from './text-width.ts'
import { type Palette, SIZE } from './theme.ts'

/** A place in points; y grows downwards. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** How a line is drawn. */
export interface Stroke {
  readonly colour: string
  readonly dash?: 'dashed' | 'dotted'
  readonly width?: number
  readonly head?: 'normal' | 'vee'
}

/** How letters are drawn; `fill` hides what lies behind them. */
export interface Letters {
  readonly size: number
  readonly colour: string
  readonly bold?: boolean
  readonly fill?: string
}

/** How a box is drawn. */
export interface Frame {
  readonly fill: string
  readonly edge?: string
  readonly edgeWidth?: number
  readonly round?: boolean
  /** By which a page finds the box. */
  readonly id?: string
}

/** A drawing in the making. */
export interface Drawing {
  readonly colour: Palette
  /** Names what is drawn next; the names show when a pointer rests on the picture. */
  name(name: string): void
  line(from: Point, to: Point, stroke: Stroke): void
  /** A box around `centre`. */
  box(centre: Point, width: number, height: number, frame: Frame): void
  /** Lines of text; `at` is the middle of the left edge, of the whole or of the right edge. */
  text(at: Point, align: 'left' | 'middle' | 'right', lines: readonly string[], letters: Letters): void
  /** The DOT text. */
  dot(): string
}

const END = { left: '\\l', middle: '\\n', right: '\\r' } as const
/** Graphviz leaves this much room at both sides of a label, and warns of labels without it. */
const SLACK = 2

/** An empty drawing. */
export const drawing = (colour: Palette): Drawing => {
  const statements: string[] = []
  let section = 'picture'
  let count = 0

  const node = ({ x, y }: Point, attributes: string): string => {
    count += 1
    const name = quoted(`${section} #${count}`)
    statements.push(`  ${name} [pos="${points(x)},${points(-y)}!"${attributes}]`)
    return name
  }

  return {
    colour,
    name(name) {
      section = asciiOf(name)
    },
    line(from, to, { colour, dash, width, head }) {
      const ends = [node(from, ''), node(to, '')]
      const style = [
        `color="${colour}"`,
        ...(dash ? [`style=${dash}`] : []),
        ...(width === undefined ? [] : [`penwidth=${width}`]),
        ...(head ? [`arrowhead=${head}`] : []),
      ]
      statements.push(`  ${ends.join(' -> ')} [${style.join(', ')}]`)
    },
    box(centre, width, height, { fill, edge, edgeWidth, round, id }) {
      const line = edge === undefined ? fill : edge
      node(
        centre,
        `, shape=box, style="${round ? 'filled,rounded' : 'filled'}", ${sized(width, height)}, fillcolor="${fill}", ` +
          `color="${line}"${edgeWidth === undefined ? '' : `, penwidth=${edgeWidth}`}${id === undefined ? '' : `, id="${id}"`}`,
      )
    },
    text({ x, y }, align, lines, { size, colour, bold, fill }) {
      const width = Math.max(...lines.map((line) => widthOf(line, size, bold))) + 2 * SLACK
      const height = lines.length * size * SIZE.line
      const shift = { left: width / 2 - SLACK, middle: 0, right: SLACK - width / 2 }[align]
      const label = lines.map((line) => escaped(asciiOf(line))).join(END[align])
      const end = align === 'middle' ? '' : END[align]
      node(
        { x: x + shift, y },
        `, shape=plaintext, style="${fill ? 'filled' : ''}", ${sized(width, height)}, margin=0, label="${label}${end}", ` +
          `fontsize=${size}, fontcolor="${colour}"` +
          `${bold ? ', fontname="Helvetica-Bold"' : ''}${fill ? `, fillcolor="${fill}", color="${fill}"` : ''}`,
      )
    },
    dot: () =>
      [
        'digraph {',
        `  graph [inputscale=72, splines=line, pad=0.25, bgcolor="${colour.paper}"]`,
        '  node [shape=point, style=invis, label="", width=0.01, height=0.01, fixedsize=true, fontname="Helvetica"]',
        '  edge [arrowhead=none, arrowsize=0.8]',
        ...statements,
        '}',
        '',
      ].join('\n'),
  }
}

/** Points with one decimal and no negative zero. */
const points = (x: number): number => Math.round(x * 10) / 10 + 0

/** Sizes are inches, the only lengths `inputscale` leaves alone. */
const sized = (width: number, height: number): string =>
  `width=${(width / 72).toFixed(3)}, height=${(height / 72).toFixed(3)}`

/** A text of DOT in double quotes. */
export const quoted = (text: string): string => `"${escaped(text)}"`

/** Text between double quotes of DOT, where backslashes and ampersands have a meaning of their own. */
export const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')

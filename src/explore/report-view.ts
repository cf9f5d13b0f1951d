/** A report as plain data: text, lists, tables, lanes and pictures. The page shows all of it as text. */
import type { Fact, StepView } from './protocol.ts'

/** A whole report. */
export interface ReportView {
  readonly title: string
  /** Whether it is good news. */
  readonly good: boolean
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'quiet' | 'strong' }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly tone?: 'quiet' }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'table'
      readonly name: string
      readonly head: readonly string[]
      /** The first cell of a row is its head. */
      readonly rows: readonly (readonly ReportCell[])[]
    }
  | { readonly kind: 'lanes'; readonly story: StoryView }
  | { readonly kind: 'plot'; readonly plot: PlotView }
  /** A picture as SVG, and the file beside the page that holds it too. */
  | { readonly kind: 'picture'; readonly name: string; readonly svg: string; readonly file: string }
  | { readonly kind: 'section'; readonly title: string; readonly blocks: readonly Block[] }
  /** Sections beside each other, where there is room. */
  | { readonly kind: 'beside'; readonly blocks: readonly Block[] }

export interface ReportCell {
  readonly lines: readonly string[]
  readonly tone?: 'bad' | 'good' | 'quiet' | 'sign'
  readonly note?: string
  readonly href?: string
}

/** Steps that cannot be gone on from: what was seen. */
export interface StoryView {
  readonly name: string
  readonly lanes: readonly { readonly name: string; readonly title: string }[]
  readonly steps: readonly StepView[]
}

/** Numbers over time. Times are in seconds since the first frame. */
export interface PlotView {
  readonly name: string
  readonly members: readonly {
    readonly name: string
    readonly points: readonly (readonly [time: number, number: number])[]
  }[]
  readonly packets: number
  readonly reused: readonly PlotMark[]
  readonly jumps: readonly PlotMark[]
  readonly pauses: readonly { readonly from: number; readonly to: number; readonly note: string }[]
}

export interface PlotMark {
  readonly time: number
  readonly number: number
  readonly note: string
}

/** What a page is opened with, and what one shows that has no program behind it: plain data. */
import type { Graph } from './graph.ts'
import type { MatrixView, TraceAbout } from './protocol.ts'
import type { ReportView } from './report-view.ts'

/** What the page is opened with. */
export interface StartView {
  readonly version: string
  /** What to open; absent: the matrix. */
  readonly token?: string
  /** A report, in which nothing can be done. */
  readonly report?: ReportView
  /** A trace that is told: what it shows. */
  readonly about?: TraceAbout
  /** Whether a whole small graph is inside and nothing can be asked. */
  readonly offline?: boolean
  /** What is said about where it comes from. */
  readonly note?: string
}

/** What a page shows that has no program behind it: one of these. */
export interface PageData {
  readonly graph?: Graph
  readonly matrix?: MatrixView
  readonly report?: ReportView
}

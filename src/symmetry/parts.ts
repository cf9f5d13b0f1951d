/** What the program text of a canonical form is made from. */
import type { Layout } from '../state/layout.ts'
import type { Tables } from './image-source.ts'
import type { Numbering, Position } from './positions.ts'

export interface Parts {
  readonly layout: Layout
  readonly numbering: Numbering
  readonly positions: readonly Position[]
  readonly tables: Tables
}

/** What the program text of a canonical form is made from. */
import type { Layout } from '../../state/layout.ts'
import type { Numbering, Position } from '../identities/positions.ts'
import type { Tables } from './image.ts'

export interface Parts {
  readonly layout: Layout
  readonly numbering: Numbering
  readonly positions: readonly Position[]
  readonly tables: Tables
}

/** Declared at the small scope. Written by `npm run declare`: read what it changes before you commit it. */
import type { Declarations } from './index.ts'

export const atSmall: Declarations = {}

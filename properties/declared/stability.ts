/** What holds at the default scope and falls with a raised bound. Written by `npm run declare stability`. */
import type { Kept } from './declaration.ts'

export const STABILITY: Readonly<Record<string, Kept>> = {}

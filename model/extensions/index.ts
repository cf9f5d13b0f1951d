/** The extensions that come with clustercheck, each in its file. */
import type { Extension } from '../extending/extension.ts'
import { messageIdSync } from './message-id-sync.ts'

export const EXTENSIONS: readonly Extension[] = [messageIdSync]

/** The extensions that come with clustercheck, each in its file. */
import type { Extension } from '../extending/extension.ts'
import { messageIdSync } from './message-id-sync.ts'
import { mobike } from './mobike.ts'
import { alternateTunnelAddress, implicitIv, perResourceSas, redirect, senderIdIvs } from './policies.ts'
import { quickCrashDetection } from './quick-crash-detection.ts'
import { replayCounterSync } from './replay-counter-sync.ts'
import { sessionResumption } from './session-resumption.ts'

export const EXTENSIONS: readonly Extension[] = [
  messageIdSync,
  replayCounterSync,
  quickCrashDetection,
  sessionResumption,
  redirect,
  senderIdIvs,
  perResourceSas,
  implicitIv,
  alternateTunnelAddress,
  mobike,
]

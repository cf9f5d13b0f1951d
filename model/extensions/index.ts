/** The extensions that come with clustercheck, each in its file. */
import type { Extension } from '../extending/extension.ts'
import { alternateTunnelAddress } from './alternate-tunnel-address.ts'
import { implicitIv } from './implicit-iv.ts'
import { messageIdSync } from './message-id-sync.ts'
import { mobike } from './mobike.ts'
import { perResourceSas } from './per-resource-sas.ts'
import { quickCrashDetection } from './quick-crash-detection.ts'
import { redirect } from './redirect.ts'
import { replayCounterRequest } from './replay-counter-request.ts'
import { replayCounterSync } from './replay-counter-sync.ts'
import { senderIdIvs } from './sender-id-ivs.ts'
import { sessionResumption } from './session-resumption.ts'
import { twoClusterSync } from './two-cluster-sync.ts'

export const EXTENSIONS: readonly Extension[] = [
  messageIdSync,
  twoClusterSync,
  replayCounterSync,
  replayCounterRequest,
  quickCrashDetection,
  sessionResumption,
  redirect,
  senderIdIvs,
  perResourceSas,
  implicitIv,
  alternateTunnelAddress,
  mobike,
]

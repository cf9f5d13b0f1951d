/** The extensions that come with clustercheck, each in its file. */
import type { Extension } from '../extending/extension.ts'
import { alternateTunnelAddress } from './alternate-tunnel-address.ts'
import { implicitIv } from './implicit-iv.ts'
import { mobike } from './mobike.ts'
import { perResourceSas } from './per-resource-sas.ts'
import { quickCrashDetection } from './quick-crash-detection.ts'
import { redirect } from './redirect.ts'
import { sessionResumption } from './rfc5723/session-resumption.ts'
import { messageIdSync } from './rfc6311/message-id-sync.ts'
import { replayCounterRequest } from './rfc6311/replay-counter-request.ts'
import { replayCounterSync } from './rfc6311/replay-counter-sync.ts'
import { twoClusterSync } from './rfc6311/two-cluster-sync.ts'
import { senderIdIvs } from './sender-id-ivs.ts'

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

/** Every property that the bounds of a scope can judge, for a search that an extension brings along. */
import type { Constants } from '../../model/constants.ts'
import { partsOf } from '../../model/extending/used.ts'
import { hasSpis } from '../../model/spi-state.ts'
import { labelOf, type Property } from '../../src/modelling/property.ts'
import { oneAddress, packetsFindTheCluster, peerComesBack } from '../addresses.ts'
import { ikeProperties } from '../focuses/ike.ts'
import { acceptedOnce, forgeryHarmless, inboundNotDropped } from '../inbound-counters.ts'
import { ivNotRepeated } from '../initial-vectors.ts'
import { outboundNotDropped, sequenceNumberNotReused } from '../outbound-counters.ts'
import { exchangesToRecover } from '../prices.ts'
import { extraSas, lostByCluster, lostByPeer } from '../prices-of-packets.ts'
import { spisDistinct } from '../spi-allocation.ts'
import { hintsChangeNothing, replaysChangeNothing } from '../unprotected.ts'
import { amplification, messagesToRecover } from './prices.ts'

/** Properties of the base model that a scope can judge. */
export const judgeable = (constants: Constants): readonly Property[] => {
  const { requests, probes, esp, hints, addresses } = constants.scope
  const speaks = [requests.cluster, requests.peer].some((side) => Object.values(side).some((n) => n > 0))
  const { cluster, peer } = probes
  return [
    ...(speaks || cluster || peer ? [...ikeProperties(constants), exchangesToRecover(constants)] : []),
    ...(esp.outbound > 0
      ? [
          sequenceNumberNotReused(constants),
          outboundNotDropped(constants),
          ivNotRepeated(constants),
          lostByPeer(constants),
          extraSas(constants),
        ]
      : []),
    ...(esp.inbound > 0
      ? [inboundNotDropped(constants), forgeryHarmless(constants), lostByCluster(constants)]
      : []),
    ...(esp.inbound + esp.outbound > 0 ? [acceptedOnce(constants)] : []),
    ...(hints > 0 ? [hintsChangeNothing, replaysChangeNothing(constants)] : []),
    ...(addresses.packets > 0 ? [oneAddress(constants), packetsFindTheCluster(constants)] : []),
    ...(addresses.renewals > 0 ? [peerComesBack(constants)] : []),
    ...(hasSpis(constants) ? [spisDistinct(constants)] : []),
  ]
}

/** And what is judged of every model that is validated: the properties of its extensions, and prices. */
export const withOwnProperties = (constants: Constants, base: readonly Property[]): readonly Property[] => {
  const kinds = partsOf(constants).flatMap(({ parts }) => Object.keys(parts.messages))
  return [
    ...base,
    ...partsOf(constants).flatMap(({ parts }) => parts.properties),
    ...(base.some((property) => labelOf(property) === 'recover') ? [messagesToRecover(kinds)] : []),
    amplification,
  ]
}

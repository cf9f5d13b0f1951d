/** Every property that the bounds of a scope can judge, for a search that an extension brings along. */
import type { Constants } from '../../model/constants/constants.ts'
import { partsOf } from '../../model/extension-points/extensions.ts'
import { highestSent, lastNumber } from '../../model/state/esp-counters.ts'
import { hasSpis } from '../../model/state/spis.ts'
import { labelOf, type Property } from '../../src/modelling/property.ts'
import { ikeProperties } from '../focuses/ike.ts'
import {
  acknowledgementsPerExchange,
  exchangesToRecover,
  synchPerExchange,
  waitsPerExchange,
} from '../measures/exchanges.ts'
import { amplification, messagesToRecover } from '../measures/extensions.ts'
import { extraSas, lostByCluster, lostByPeer, synchPerPackets } from '../measures/packets.ts'
import {
  oneAddress,
  packetsFindTheCluster,
  peerCanExchangeAcross,
  peerComesBack,
} from '../requirements/addresses.ts'
import { noKnownAnomaly } from '../requirements/anomalies.ts'
import {
  acceptedOnce,
  attackNotTold,
  forgeryHarmless,
  inboundNotDropped,
} from '../requirements/inbound-counters.ts'
import { ivNotRepeated } from '../requirements/initial-vectors.ts'
import {
  counterNeverWraps,
  highHalfInferred,
  outboundNotDropped,
  sequenceNumberNotReused,
} from '../requirements/outbound-counters.ts'
import { spisDistinct } from '../requirements/spi-allocation.ts'
import { hintsChangeNothing, replaysChangeNothing } from '../requirements/unprotected.ts'

/** Properties of the base model that a scope can judge. */
export const judgeable = (constants: Constants): readonly Property[] => {
  const { requests, probes, esp, hints, addresses, crashes, handovers, splits, attacker } = constants.scope
  const { cluster, peer } = probes
  const asks = [requests.cluster, requests.peer].some((side) => Object.values(side).some((n) => n > 0))
  const speaks = asks || cluster || peer
  const calm = crashes + handovers === 0 && !splits
  const [sends, receives] = [esp.outbound > 0, esp.inbound > 0]
  return [
    ...(speaks
      ? [...ikeProperties(constants).map(acrossAddresses(constants)), exchangesToRecover(constants)]
      : []),
    ...(speaks && calm
      ? [synchPerExchange(constants), acknowledgementsPerExchange(constants), waitsPerExchange(constants)]
      : []),
    ...(sends
      ? [
          sequenceNumberNotReused(constants),
          outboundNotDropped(constants),
          ivNotRepeated(constants),
          lostByPeer(constants),
          extraSas(constants),
        ]
      : []),
    ...(sends && endsSequenceSpace(constants) ? [counterNeverWraps(constants)] : []),
    ...(sends && !speaks && fewNumbers(constants) ? [noKnownAnomaly(constants)] : []),
    ...(sends && calm ? [synchPerPackets(constants)] : []),
    ...(receives ? [inboundNotDropped(constants), forgeryHarmless(constants), lostByCluster(constants)] : []),
    ...(receives && attacker !== 'A0' ? [attackNotTold(constants)] : []),
    ...(sends || receives ? [acceptedOnce(constants)] : []),
    ...((sends || receives) && constants.scheme.esp.esn ? [highHalfInferred(constants)] : []),
    ...(hints > 0 ? [hintsChangeNothing, replaysChangeNothing(constants)] : []),
    ...(addresses.packets > 0 || (cluster && addresses.renewals > 0) ? [oneAddress(constants)] : []),
    ...(addresses.packets > 0 ? [packetsFindTheCluster(constants)] : []),
    ...(addresses.renewals > 0 ? [peerComesBack(constants)] : []),
    ...(hasSpis(constants) ? [spisDistinct(constants)] : []),
  ]
}

/** Whether the numbers that a monitor would remember one by one are few. */
const fewNumbers = (constants: Constants): boolean => highestSent(constants) <= 1024

/** Whether the scope lets the cluster come to the last number of the sequence space. */
const endsSequenceSpace = (constants: Constants): boolean => highestSent(constants) >= lastNumber(constants)

/** Where the peer follows addresses, LIV-1p is judged as the searches about addresses judge it. */
const acrossAddresses =
  (constants: Constants) =>
  (property: Property): Property =>
    labelOf(property) === 'LIV-1p' ? peerCanExchangeAcross(constants) : property

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

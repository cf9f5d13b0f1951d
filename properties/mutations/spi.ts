/** Mutations about SPIs, addresses and what is not protected. */
import type { Scheme } from '../../model/constants/constants.ts'
import type { FocusName } from '../../model/schemes/named-scheme.ts'
import { type ActionMutation, followedBy, type Mutation, memberIn, searchOf } from './mutation.ts'

/** A mutation of one action of a sound search. */
const ofAction = (
  label: string,
  story: string,
  [scheme, focus]: readonly [string, FocusName],
  action: string,
  change: ActionMutation['change'],
): Mutation => ({ label, story, sound: () => searchOf(scheme, focus), action, change })

/** A mutation of one policy of a sound scheme. */
const ofPolicy = (
  label: string,
  story: string,
  [scheme, focus]: readonly [string, FocusName],
  change: (scheme: Scheme) => Scheme,
): Mutation => ({
  label,
  story,
  sound: () => searchOf(scheme, focus),
  broken: () => searchOf(scheme, focus, change),
})

export const spiMutations: readonly Mutation[] = [
  ofAction(
    'SPI-1',
    'a member that returns with the part of the first',
    ['spi-partitioned', 'spis'],
    'Returns',
    followedBy((d, choice) => {
      d.member[memberIn(choice)].part = 0
    }),
  ),
  ofAction(
    'TRN-2',
    'a translator that forgets tunnel packets',
    ['ike-translated', 'addresses'],
    'ClusterSendsPacket',
    followedBy((d, choice, emit) => {
      const sender = memberIn(choice)
      const packet = { sa: 'x0', sequenceNumber: 1, ivPrefix: 'any', iv: 1 }
      emit.espSent({ ...packet, sender, receiver: 'P', ike: d.member[sender].current, source: 'a' })
    }),
  ),
  ofPolicy('ADR-1', 'an address that does not move after all', ['loose-moving', 'outages'], (scheme) => ({
    ...scheme,
    addressing: 'loose-stays',
  })),
  ofAction(
    'ADR-2',
    'a member that stops before the peer has followed the redirect',
    ['loose-redirecting', 'planned'],
    'Redirects',
    followedBy((d, choice) => {
      d.member[(choice as { pair: { from: 'A' | 'B' } }).pair.from].onEsp = false
    }),
  ),
  ofAction(
    'REC-1',
    'a peer that never comes again',
    ['loose-resolving', 'outages'],
    'PeerComesAgain',
    () => ({ guard: () => false }),
  ),
  ofPolicy('DoS-1h', 'a peer that believes hints', ['acked-everything', 'hints'], (scheme) => ({
    ...scheme,
    peer: { ...scheme.peer, hints: 'believed' },
  })),
  ofAction(
    'DoS-1r',
    'a standby that forgets at the takeover which requests were executed',
    ['acked-everything', 'hints'],
    'TakesOver',
    followedBy((d, choice) => {
      d.member[memberIn(choice)].ike.k0!.expects = 0
    }),
  ),
]

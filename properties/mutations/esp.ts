/** Mutations of sequence numbers, replay windows and IVs. */
import type { Wire } from '../../model/ike/message-ids.ts'
import type { Action } from '../../src/modelling/action.ts'
import { followedBy, type Mutation, memberIn, searchOf } from './mutation.ts'

/** The effect with what it says of each packet changed. */
const reporting =
  (change: (event: Parameters<Wire['espArrived']>[0]) => Partial<Parameters<Wire['espArrived']>[0]>) =>
  (action: Action): Partial<Action> => ({
    effect(d, choice, emit) {
      const wire = emit as Wire
      action.effect(d, choice, {
        ...wire,
        espArrived: (e) => wire.espArrived({ ...e, ...change(e) }),
      } as Wire)
    },
  })

/** The member that takes over does so without the jump. */
const withoutJump = followedBy((d, choice) => {
  d.esp.member[memberIn(choice)].x0!.sent -= 6
})

export const espMutations: readonly Mutation[] = [
  {
    label: 'SEQ-1',
    story: 'a standby that takes over without the jump',
    sound: () => searchOf('acked-everything', 'outbound'),
    action: 'TakesOver',
    change: withoutJump,
  },
  {
    label: 'IV-1',
    story: 'a standby that takes over without the jump, where the IV is the sequence number',
    sound: () => searchOf('acked-everything', 'outbound'),
    action: 'TakesOver',
    change: withoutJump,
  },
  {
    label: 'SEQ-2o',
    story: 'a peer whose window runs ahead when a member fails',
    sound: () => searchOf('acked-everything', 'outbound'),
    action: 'TakesOver',
    change: followedBy((d) => {
      d.esp.peer.x0!.top += 8
    }),
  },
  {
    label: 'SEQ-3',
    story: 'a gateway whose counter starts again after the last number',
    sound: () => searchOf('single-gateway', 'sequence-space'),
    action: 'ClusterSendsPacket',
    change: followedBy((d) => {
      if (d.esp.member.A.x0!.sent === 15) d.esp.member.A.x0!.sent = 0
    }),
  },
  {
    label: 'ESN-1',
    story: 'a peer that forgets how far a member had counted when another takes over',
    sound: () => searchOf('esn-jump', 'sequence-space'),
    action: 'TakesOver',
    change: followedBy((d) => {
      d.esp.peer.x0!.top = 0
      d.esp.peer.x0!.seen = 0
    }),
  },
  {
    label: 'SEQ-2i',
    story: 'a standby that closes its window when it takes over',
    sound: () => searchOf('acked-everything', 'inbound'),
    action: 'TakesOver',
    change: followedBy((d, choice) => {
      const mine = d.esp.member[memberIn(choice)].x0!
      mine.top = 5
      mine.seen = 3
    }),
  },
  {
    label: 'RPL-1',
    story: 'a standby that does not raise its window when it takes over',
    sound: () => searchOf('inbound-raised', 'inbound-long'),
    action: 'TakesOver',
    change: followedBy((d, choice) => {
      d.esp.member[memberIn(choice)].x0!.top -= 6
    }),
  },
  {
    label: 'DoS-1e',
    story: 'a member that drops what comes after a forgery',
    sound: () => searchOf('single-gateway', 'inbound'),
    action: 'PeerSendsPacket',
    change: reporting(() => ({ outcome: 'stale', spoilt: true })),
  },
  {
    label: 'SYN-1',
    story: 'a member that says that it tells because of what it dropped',
    sound: () => searchOf('esp-as-is', 'inbound'),
    action: 'PeerSendsPacket',
    change: (action) => ({
      effect(d, choice, emit) {
        const wire = emit as Wire
        action.effect(d, choice, {
          ...wire,
          synchSent: (e) => wire.synchSent({ ...e, afterDrop: true }),
        } as Wire)
      },
    }),
  },
]

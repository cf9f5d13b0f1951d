/**
 * Sequence numbers that start again: in a new SA, where an exchange may have negotiated the SPI anew, or in the same one;
 * and the signs of it where nothing that was captured clashes.
 */
import type { Scene } from '../evidence/context.ts'
import type { Finding } from '../evidence/findings.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildState, HALF } from './child-sa.ts'
import { LATE } from './counters.ts'
import { type Judgeable, toldOf } from './monitoring.ts'
import { type Print, sameIv } from './recent-packets.ts'
import type { SaTable } from './sa-table.ts'

/** An SA that was negotiated again starts below this. */
const START = 32

/**
 * The new SA that a packet begins, if the numbers of its SA start again with it and an exchange may be the reason. Where
 * the exchange may be one that was not read, that is noted. `known`: another packet with the number.
 */
export const restarted = (
  scene: Scene,
  table: SaTable,
  state: ChildState,
  packet: EspPacket,
  number: number,
  print: Print,
  known: Print | undefined,
): ChildState | undefined => {
  if (state.packets === 0 || number > state.highest || state.isPast || !mayRestart(state, packet, known))
    return undefined
  const next = startAgain(scene, table, state, packet)
  if (next) return next
  if (
    restarts(state, packet, known) &&
    state.reused === 0 &&
    !state.isUnsure &&
    isUnsure(scene, state, print, known)
  ) {
    state.isUnsure = true
    scene.note(
      packet,
      `${state.name} starts again at ${number}; something between frame ${state.highestAt} and this one was not read, which may have been the exchange that negotiated the SPI again`,
    )
  }
  return undefined
}

/** Whether the numbers start again: a number that another packet had, or one from the beginning. */
const restarts = (state: ChildState, packet: EspPacket, known: Print | undefined): boolean =>
  packet.low <= START && (known !== undefined || state.highest - packet.low > 2 * START)

/** The same where the first packets of a new SA may have been lost: what has the number is another packet. */
const mayRestart = (state: ChildState, packet: EspPacket, known: Print | undefined): boolean =>
  restarts(state, packet, known) || (known !== undefined && packet.low <= LATE)

/**
 * Whether what could not be read, or an answer that was not captured, may have negotiated the SPI again: not where an IV
 * that is drawn for each key is the same as before.
 */
const isUnsure = (
  { unreadAt, negotiations }: Scene,
  state: ChildState,
  print: Print,
  known: Print | undefined,
): boolean =>
  (unreadAt() >= state.highestAt ||
    negotiations.mayBeAnswered(state.sources[0]!, state.target, state.highestAt)) &&
  !(
    known &&
    sameIv(print, known) &&
    ['masked number', 'counter', 'random'].includes(state.ivs.evidence().class)
  )

const startAgain = (
  { negotiations, note }: Scene,
  table: SaTable,
  state: ChildState,
  packet: EspPacket,
): ChildState | undefined => {
  const { source, target, spi, low } = packet
  const known = negotiations.known(target, spi)
  const byName = known && known.frame > state.highestAt ? known : undefined
  const exchange = byName ? undefined : negotiations.possible(source, target, state.highestAt)
  const frame = byName?.frame ?? exchange?.frame
  if (frame === undefined) return undefined
  note(
    packet,
    `${state.name} starts again at ${low}, after an exchange that completed in frame ${frame}` +
      (byName
        ? ' and negotiated this SPI anew'
        : ': perhaps a new SA with the same SPI; if that exchange did not replace its key, this is reuse'),
  )
  state.isPast = true
  const next = table.begin(packet, frame, byName ? undefined : state, exchange)
  next.member = state.member
  return next
}

/**
 * Signs that the numbers have started again where nothing that was captured clashes; `shown`: the IV shows the half that
 * is not sent.
 */
export const noteBack = (scene: Scene, state: ChildState, judgeable: Judgeable, shown: boolean): void => {
  const { packet, number, highest } = judgeable
  if (state.packets === 0) return
  const sign = (label: string, why: string): Finding | undefined =>
    scene.findings.add(
      label,
      state.name,
      packet,
      () => ({ ...toldOf(scene, state, judgeable, why), certainty: 'sign' }),
      'back',
    )
  const behind = highest - number
  const isOfNew = state.changeCount > 0 || judgeable.member !== state.member
  const isBack = behind > LATE ? packet.low <= START : false
  // A member that takes over goes back; with extended numbers it may as well jump to the next half, if that is nearer.
  const isStale = isOfNew && behind >= scene.window && behind < HALF / 2
  if (number < state.firstNumber && (isBack || isStale)) sign('SEQ-1', 'back')
  const gap = number - highest - 1
  const low = number % HALF
  if (shown || number < HALF || low > START) return
  if (Math.floor(number / HALF) > Math.floor(highest / HALF) && gap > 0 && low >= 1 && gap >= low) {
    const changed = judgeable.member !== state.member
    if (low === 1 || changed)
      for (const label of ['SEQ-1', 'SEQ-3']) {
        const finding = sign(label, 'again')
        if (finding) state.wrapFindings.push(finding)
      }
  }
}

/** Numbers turn out to be extended: that the low half starts again is no sign. */
export const dismissWrap = (state: ChildState): void => {
  for (const finding of state.wrapFindings) finding.certainty = 'dismissed'
}

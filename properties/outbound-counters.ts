/** RFC 6027 sections 3.4 and 3.7.1: sequence numbers and IVs of outbound packets, judged on the wire. */
import { type Constants, MEMBER, type Member } from '../model/constants.ts'
import type { WireEvents } from '../model/wire.ts'
import { monitorOn, type Property } from '../src/modelling/property.ts'
import { range, record, setOf } from '../src/modelling/schema.ts'

const monitor = monitorOn<WireEvents>()

/** SEQ-1 and IV-1 for the bounds of `constants`. */
export const outboundCounterProperties = ({ scheme, scope }: Constants): readonly Property[] => {
  const highest = Math.max(1, scope.packets + scheme.esp.jump * scope.crashes)

  /** The situation: packets of a member that took over after others; without a cluster, any packet but the first. */
  const takesPart = (sender: Member): boolean => !scheme.cluster || sender !== MEMBER[0]

  /** A monitor that wants a number of each packet to be new. */
  const usedOnce = (
    name: string,
    words: { readonly label: string; readonly sentence: string; readonly source: string },
    numberOf: (packet: WireEvents['espSent']) => number,
  ): Property =>
    monitor(name, {
      ...words,
      memory: record({ used: setOf(range(1, highest)) }),
      on: {
        espSent({ used }, packet, judge) {
          const number = numberOf(packet)
          if (used.size > 0 && takesPart(packet.sender)) judge.arose()
          if (used.has(number)) judge.violated()
          used.add(number)
        },
      },
    })

  /** SEQ-1. Both members send on the same SA. */
  const sequenceNumberNotReused = usedOnce(
    'SequenceNumberNotReused',
    {
      label: 'SEQ-1',
      sentence: 'No sequence number is sent twice on one SA.',
      source: 'RFC 4303 section 3.3.3; RFC 6027 section 3.4',
    },
    ({ sequenceNumber }) => sequenceNumber,
  )

  /** IV-1. The key of an SA is one key for both members, so their IVs must differ too. */
  const ivNotRepeated = usedOnce(
    'IvNotRepeated',
    {
      label: 'IV-1',
      sentence: 'No IV is used twice under one key.',
      source: 'RFC 4106 section 3.1; RFC 6027 section 3.7.1',
    },
    ({ iv }) => iv,
  )

  return [sequenceNumberNotReused, ivNotRepeated]
}

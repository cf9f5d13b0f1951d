/** RFC 6027 section 3.7.1, outbound SAs using counter modes: IVs, judged on the wire. */
import type { Constants } from '../../model/constants/constants.ts'
import { trafficSasOf } from '../../model/state/cluster-state.ts'
import { highestIv, ivPrefixes } from '../../model/state/esp-counters.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { each, range, record, setOf } from '../../src/modelling/schema.ts'
import { ivRepeated } from '../explanations/packets.ts'
import { anotherTakesPart, firstMember } from '../memory/takeovers.ts'

/** IV-1. The key of an SA is one key for all members, so their IVs must differ too. */
export const ivNotRepeated = (constants: Constants): Property =>
  monitorOn<WireEvents>()('IvNotRepeated', {
    label: 'IV-1',
    sentence: 'No IV is used twice under one key.',
    explain: ivRepeated,
    source: 'RFC 4106 section 3.1; RFC 6027 section 3.7.1',
    memory: record({
      ...firstMember(constants),
      sas: each(
        trafficSasOf(constants),
        each(ivPrefixes(constants), record({ used: setOf(range(0, highestIv(constants))) })),
      ),
    }),
    on: {
      espSent(memory, { sender, sa, ivPrefix, iv }, judge) {
        if (sender === 'P') return
        if (anotherTakesPart(constants, memory, sender)) judge.arose()
        const { used } = memory.sas[sa]![ivPrefix]!
        if (used.has(iv)) judge.violated()
        used.add(iv)
      },
    },
  })

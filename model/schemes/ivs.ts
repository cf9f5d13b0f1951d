/** RFC 6027 section 3.7.1: how IVs are kept apart. Where the IV is the sequence number, IV-1 is SEQ-1. */
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { esp, sas, wideJump, withEsp } from './policies.ts'

const judgedBy: readonly FocusName[] = ['outbound']
const shared = withEsp(sas, { sharing: 'all' })

export const ivs: readonly NamedScheme[] = [
  {
    judgedBy,
    name: 'iv-own-counter',
    about: 'As esp-wide-jump, with IVs from a counter of each member that is not synchronised.',
    scheme: withEsp(wideJump, { iv: 'counter' }),
  },
  {
    judgedBy,
    name: 'iv-lfsr-seeded-anew',
    about: 'As esp-wide-jump, with IVs from a shift register that a new active member seeds anew.',
    scheme: withEsp(wideJump, { iv: 'lfsr' }),
  },
  {
    judgedBy,
    name: 'iv-random',
    about: 'As esp-wide-jump, with random IVs: only probability keeps them apart, in a single gateway too.',
    scheme: withEsp(wideJump, { iv: 'random' }),
  },
  {
    judgedBy,
    name: 'iv-salted',
    about:
      'As esp-as-is, with sequence numbers that each member salts with a random value of its own as IVs.',
    scheme: withEsp(esp, { iv: 'salted' }),
  },
  {
    judgedBy,
    name: 'iv-member-id',
    about:
      'As shared-sa, with IVs from a counter behind an ID of the member, which it keeps when it returns.',
    scheme: withEsp(shared, { iv: 'memberId' }),
  },
  {
    judgedBy,
    name: 'iv-incarnation-id',
    about: 'As iv-member-id, but a member that has lost its memory gets another ID.',
    scheme: withEsp(shared, { iv: 'incarnationId' }),
  },
]

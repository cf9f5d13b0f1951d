/** RFC 6027 section 3.5: what a new active member takes from the peer. */
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { esp, nothing, sas, wideJump, withEsp } from './policies.ts'

const judgedBy: readonly FocusName[] = ['inbound', 'inbound-delayed', 'packets-lost-in']

export const inbound: readonly NamedScheme[] = [
  {
    judgedBy,
    name: 'inbound-learns',
    about: 'A new active member takes the first packet whatever its number, and counts on from it.',
    scheme: withEsp(esp, { learns: true }),
  },
  {
    judgedBy: [...judgedBy, 'inbound-long', 'inbound-gaps'],
    name: 'inbound-raised',
    about: 'A new active member raises its windows by 6, as far as it may lag, and rejects all below.',
    scheme: withEsp(esp, { raise: 6 }),
  },
  {
    judgedBy,
    name: 'inbound-noted',
    about: 'Every member gets every packet and notes it in its own window; one of them takes it.',
    scheme: withEsp(sas, { delivery: 'allNote' }),
  },
  {
    judgedBy: ['inbound-rekey'],
    name: 'told-until-rekey',
    about: 'As esp-as-is, and the child SA can be rekeyed; until then the windows are as they were told.',
    scheme: esp,
  },
  {
    judgedBy: ['inbound-rekey', 'inbound-gaps'],
    name: 'closed-until-rekey',
    about: 'A new active member rejects every packet on the child SA until that has been rekeyed.',
    scheme: withEsp(esp, { raise: 'maximum' }),
  },
  {
    judgedBy: ['inbound-esn'],
    name: 'esn-raised',
    about: 'As inbound-raised with extended sequence numbers.',
    scheme: withEsp(wideJump, { esn: true, raise: 6 }),
  },
  {
    judgedBy,
    name: 'advances-first',
    about: 'A single gateway that advances its window before it has authenticated a packet.',
    scheme: { ...withEsp(nothing, { advances: 'anything' }), cluster: false },
  },
  {
    judgedBy: ['inbound'],
    name: 'tells-of-drops',
    about: 'As esp-as-is, and a packet outside the window makes a member tell the others of its window.',
    scheme: withEsp(esp, { alarms: true }),
  },
]

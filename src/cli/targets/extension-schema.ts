/** What an extension must be before anything of it is run: its fields, and the bounds of its searches. */
import type { Extension } from '../../../model/extending/extension.ts'
import { ModelFault } from '../../modelling/fault.ts'
import { count, flag, listOf, object, oneOf, text } from '../../report/text/schema-parts.ts'
import { checkerOf } from '../files/json.ts'

const words = { ...text, minLength: 1 }
const texts = listOf(words)
const callable = { callable: true }
/** An object with these fields only. */
const only = (...fields: Parameters<typeof object>) => ({ ...object(...fields), additionalProperties: false })

const REQUESTS = only({}, { createChild: count, rekeyChild: count, deleteChild: count, rekeyIke: count })
const numbers = listOf(count)

const SCOPE = only(
  {},
  {
    members: oneOf(2, 3),
    requests: only({ cluster: REQUESTS, peer: REQUESTS }),
    probes: only({ cluster: flag, peer: flag }),
    window: oneOf(1, 2),
    esp: only(
      { outbound: count, inbound: count, window: { type: 'integer', minimum: 1 }, wireBits: count },
      { bursts: numbers, from: count, copied: numbers },
    ),
    crashes: count,
    returns: count,
    handovers: count,
    splits: flag,
    synchLosses: count,
    retransmissions: count,
    network: count,
    synch: count,
    spi: only({ values: count, allocations: count, peers: oneOf(1, 2) }),
    addresses: only({ packets: count, renewals: oneOf(0, 1) }),
    hints: count,
  },
)

const ATTACKERS = { type: 'array', minItems: 1, items: oneOf('A0', 'A1', 'A2') }

const BODY = only(
  {
    kind: { const: 'extension' },
    name: words,
    about: words,
    source: words,
    negotiation: oneOf('both', 'members'),
    parameters: {
      type: 'object',
      additionalProperties: {
        type: 'array',
        minItems: 1,
        items: { type: ['string', 'number', 'boolean'] },
      },
    },
    schemes: texts,
    searches: { type: 'array', items: { type: ['string', 'object'] } },
    claims: {
      type: 'array',
      items: only(
        { property: words, claim: oneOf('repairs', 'keeps') },
        { searches: texts, schemes: texts, source: words, partOf: words },
      ),
    },
  },
  { contains: texts, policies: callable, bounds: callable, children: callable, define: callable },
)

const SEARCH = only({ name: words, about: words, scope: SCOPE }, { attackers: ATTACKERS })

const problemIn = checkerOf(BODY)
const problemInSearch = checkerOf(SEARCH)

/** Refuses what is misspelt, missing or of another type, which would otherwise go unnoticed. Throws `ModelFault`. */
export const checkBody = (extension: Extension): void => {
  const { name } = extension as { readonly name?: unknown }
  const whose =
    typeof name === 'string' && name !== '' ? `Extension '${name}'` : 'An extension without a name'
  const problem = problemIn(extension)
  if (problem !== undefined) throw new ModelFault({ problem: `${whose} is not well formed: ${problem}.` })
  for (const search of extension.searches) {
    const problem = typeof search === 'string' ? undefined : problemInSearch(search)
    if (problem !== undefined)
      throw new ModelFault({ problem: `${whose} has a search that is not well formed: ${problem}.` })
  }
}

/** A validation as JSON, with a versioned schema. */
import type { Finding, Row } from './claims.ts'
import type { ValidationVerdict } from './verdicts.ts'

const findingJson = ({ trial, judgement, states }: Finding) => ({
  verdict: judgement.verdict,
  ...(judgement.value !== undefined && { value: judgement.value }),
  ...(judgement.verdict === 'violated' && { steps: judgement.path!.length - 1 }),
  states,
  attackers: trial.attackers,
  peer: trial.variant === 'unmodified' ? 'unmodified' : 'supports',
})

/** The whole result. `token`: what replays a counterexample. */
export const validationJson = (verdict: ValidationVerdict, token: (finding: Finding) => string) => {
  const row = ({ scheme, search, label, without, found }: Row) => ({
    scheme,
    search,
    property: label,
    ...(without && { without: findingJson(without) }),
    with: {
      ...findingJson(found),
      ...(found.judgement.verdict === 'violated' && { replay: token(found) }),
    },
  })
  return {
    schema: 'clustercheck-validation-1',
    extensions: verdict.used.map(({ extension, parameters }) => ({
      name: extension.name,
      source: extension.source,
      parameters,
    })),
    claims: verdict.claims.map(({ extension, claim, scheme, status, shown }) => ({
      extension,
      property: claim.property,
      claim: claim.claim,
      scheme,
      status,
      shown: row(shown),
    })),
    jointClaims: verdict.joint.map(({ extension, name, scheme, status, parts }) => ({
      extension,
      claim: name,
      scheme,
      status,
      properties: [...new Set(parts.map(({ claim }) => claim.property))],
    })),
    newlyViolated: verdict.broken.map(row),
    onlyWithAttacker: verdict.attacks.map(row),
    interactions: verdict.interactions.map(({ alone, claimedBy, ...rest }) => ({
      ...row(rest),
      ...(alone && { alone: findingJson(alone) }),
      ...(claimedBy && { claimedBy }),
    })),
    repaired: verdict.repaired.map(row),
    prices: verdict.prices.map(row),
    interoperability: {
      verdicts: verdict.interoperability.rows,
      differing: verdict.interoperability.differing.map(row),
    },
    searches: { cut: verdict.cut.map(({ trial }) => trial.name) },
  }
}

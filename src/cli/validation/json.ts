/** A validation as JSON, of which `schema.ts` says what it holds. */
import { type Finding, type Row, statusOf } from './claims.ts'
import type { ValidationVerdict } from './verdicts.ts'

const findingJson = ({ trial, judgement, states }: Finding) => ({
  verdict: judgement.verdict,
  ...(judgement.value !== undefined && { value: judgement.value }),
  ...(judgement.verdict === 'violated' && { steps: judgement.path!.length - 1 }),
  states,
  attackers: trial.attackers,
  peer: trial.variant === 'unmodified' ? 'unmodified' : 'supports',
})

/** The version of the form: it rises when something is no longer there, or means something else. */
export const VALIDATION_VERSION = 2

/** How a validation ended, worst first. */
export type ValidationOutcome = 'violated' | 'vacuous' | 'cut' | 'good'

/** The whole result. `token`: what replays a counterexample. */
export const validationJson = (
  verdict: ValidationVerdict,
  outcome: ValidationOutcome,
  token: (finding: Finding) => string,
) => {
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
    schemaVersion: VALIDATION_VERSION,
    kind: 'validation' as const,
    outcome,
    extensions: verdict.used.map(({ extension, parameters }) => ({
      name: extension.name,
      source: extension.source,
      parameters,
    })),
    claims: verdict.claims.map(({ extension, claim, scheme, status, shown, rows }) => ({
      extension,
      property: claim.property,
      claim: claim.claim,
      scheme,
      status,
      ...(claim.source && { source: claim.source }),
      shown: row(shown),
      rows: rows.map((one) => ({ ...row(one), status: statusOf(one, claim) })),
    })),
    unjudgedClaims: verdict.unjudged.map(({ extension, claim, scheme }) => ({
      extension,
      property: claim.property,
      claim: claim.claim,
      scheme,
    })),
    jointClaims: verdict.joint.map(({ extension, name, scheme, status, parts }) => ({
      extension,
      claim: name,
      scheme,
      status,
      properties: [...new Set(parts.map(({ claim }) => claim.property))],
    })),
    newlyViolated: verdict.broken.map(row),
    stillViolated: verdict.remaining.map((one) => ({ ...row(one), sooner: verdict.sooner.includes(one) })),
    noLongerTested: verdict.lost.map(row),
    neverTaken: verdict.neverTaken,
    assumptions: verdict.assumptions,
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

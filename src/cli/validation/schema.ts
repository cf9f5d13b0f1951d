/** The JSON schema of a validation, version 2: one object for each, in a list where `--policies` makes several. */
import {
  about,
  count,
  DRAFT,
  flag,
  listOf,
  number,
  object,
  oneOf,
  text,
} from '../../report/text/schema-parts.ts'
import { VALIDATION_VERSION } from './json.ts'

const STATUS = oneOf('confirmed', 'refuted', 'undecided', 'idle', 'vacuous')
const CLAIM = { extension: text, property: text, claim: oneOf('repairs', 'keeps'), scheme: text }

const FINDING = object(
  {
    verdict: oneOf('holds', 'violated', 'reached', 'unreached', 'measured', 'vacuous', 'unknown'),
    states: about('distinct states of the search', count),
    attackers: listOf(oneOf('A0', 'A1', 'A2')),
    peer: about('whether the peer supports what is negotiated', oneOf('supports', 'unmodified')),
  },
  {
    value: about('the largest reading of a measure', number),
    steps: about('of a counterexample, after the initial state', count),
    replay: about('what clustercheck replay takes', text),
  },
)

const ROW = { scheme: text, search: text, property: text, with: FINDING }
const row = (more: Readonly<Record<string, object>> = {}) =>
  object({ ...ROW, ...more }, { without: about('absent where only the extension has it', FINDING) })

const ONE = object({
  schemaVersion: { const: VALIDATION_VERSION },
  kind: { const: 'validation' },
  outcome: about(
    'the worst of all, which the exit code says as well; vacuous: a claim or an action was not put to the test, and --vacuity is error',
    oneOf('violated', 'vacuous', 'cut', 'good'),
  ),
  extensions: listOf(object({ name: text, source: text, parameters: { type: 'object' } })),
  claims: listOf(
    object(
      { ...CLAIM, status: STATUS, shown: row(), rows: listOf(row({ status: STATUS })) },
      { source: text },
    ),
  ),
  unjudgedClaims: about('what no search judged, as it was asked for', listOf(object(CLAIM))),
  jointClaims: listOf(
    object({ extension: text, claim: text, scheme: text, status: STATUS, properties: listOf(text) }),
  ),
  newlyViolated: listOf(row()),
  stillViolated: about(
    'violated without and with; sooner: in fewer steps with',
    listOf(row({ sooner: flag })),
  ),
  noLongerTested: about('its situation arises without, and not with', listOf(row())),
  neverTaken: about('actions of the extensions', listOf(text)),
  assumptions: about(
    'what the verdicts rest on beyond the base model',
    listOf(
      object({ extension: text, kind: oneOf('oracle', 'losses', 'unjudged'), about: text }, { reason: text }),
    ),
  ),
  onlyWithAttacker: listOf(row()),
  interactions: listOf({
    ...row(),
    properties: { ...row().properties, alone: FINDING, claimedBy: text },
  }),
  repaired: about('violated without, and not with, and not claimed', listOf(row())),
  prices: about('measures whose reading changes', listOf(row())),
  interoperability: object({ verdicts: count, differing: listOf(row()) }),
  searches: object({ cut: listOf(text) }),
})

export const VALIDATION_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck validate --json prints',
  anyOf: [ONE, listOf(ONE)],
}

/** The JSON schema of a result, version 2. A test holds every result of the program against it, and every field. */
import { PROPERTY_KINDS } from '../../modelling/property.ts'
import {
  about,
  amount,
  count,
  DRAFT,
  flag,
  listOf,
  number,
  object,
  oneOf,
  text,
} from '../text/schema-parts.ts'

const VERDICT = oneOf('holds', 'violated', 'reached', 'unreached', 'measured', 'vacuous', 'unknown')
const CUT = oneOf('states', 'seconds', 'bytes', 'interrupt', 'bitstate', 'failed')
const SCOPE = oneOf('small', 'default', 'large')

const PLACE = object({
  file: about(
    'relative to the root of the repository where a job says it, else to the folder of the run',
    text,
  ),
  line: { type: 'integer', minimum: 1 },
})

/** How much supports a comparison with a specification. */
export const COMPARED = object(
  {
    states: about('of the model, with what its observer remembers and what was seen last', count),
    specification: about('the same of the specification', count),
    pairs: about('of a state and a set of places in which the specification can be then', count),
    sets: count,
    largest: about('places of the largest set', count),
  },
  { cut: about('why it ended early', oneOf('states', 'seconds', 'bytes', 'interrupt', 'bitstate')) },
)

const TRACE = object(
  {
    length: about('steps after the initial state', count),
    token: about('what clustercheck replay takes', text),
    initial: text,
    steps: listOf(text),
  },
  {
    changes: about(
      'what the initial state and each step changed, a text for each variable; not in a matrix',
      listOf(listOf(text)),
    ),
  },
)

const VERDICTS = object(
  {
    property: text,
    label: text,
    kind: oneOf(...PROPERTY_KINDS, 'deadlock'),
    verdict: VERDICT,
    asDeclared: about('or the good verdict, where nothing is declared', flag),
    states: about('distinct states of the searches that judged it', count),
  },
  {
    sentence: text,
    source: text,
    declared: about('a verdict, or the number of a measure', { anyOf: [VERDICT, number] }),
    reason: about('why that is declared, or waived', text),
    waived: about('the target waives the property: whatever is found of it is as expected', flag),
    flips: about(
      'raised bounds with which what holds is known not to hold',
      listOf(object({ search: text, bound: text, words: text, from: count, to: count, steps: count })),
    ),
    place: about('where the property stands', PLACE),
    expectedAt: about('where a file of expectations says what is expected of it', PLACE),
    missingFairness: about('what else would have to be fair for a property of whole runs to hold', text),
    compared: about('what supports the comparison with a specification', COMPARED),
    value: about('the largest reading of a measure; a lower bound when the verdict is unknown', number),
    unit: text,
    counterexample: TRACE,
    witness: TRACE,
  },
)

/** What an action did. */
export const COVERAGE = object({ action: text, enabled: count, taken: count, fresh: count })

/** Which identities were permuted. */
export const SYMMETRY = object({
  order: amount,
  families: listOf({ type: 'object' }),
})

/** Where time and states went. */
export const PROFILE = object(
  { states: count, actions: listOf({ type: 'object' }), variables: listOf({ type: 'object' }) },
  { storing: amount },
)

/** What became of the bits of a bitstate search. */
export const BITSTATE = object(
  {
    bits: count,
    set: count,
    hashes: count,
    omitted: amount,
    depth: count,
    bound: count,
    seed: count,
  },
  { searches: about('of a swarm: how many searches, each with a seed higher by one', count) },
)

const SEARCH = object(
  {
    name: text,
    distinct: count,
    generated: count,
    depth: count,
    complete: flag,
    exact: about('whether states were compared whole', flag),
    missProbability: about('a bound on the probability that a state was missed', amount),
    elapsedSeconds: amount,
    asDeclared: flag,
  },
  {
    cut: CUT,
    frontier: about('states known and not expanded', count),
    beyond: about('states beyond the constraint of the model, which are not among the distinct ones', count),
    declared: about('distinct states', count),
    symmetry: SYMMETRY,
    assumesSymmetry: about('symmetry was supposed and not shown, so that nothing holds', flag),
    checkedTwice: about('runs of closures that were made twice and compared', count),
    profile: PROFILE,
    bitstate: BITSTATE,
  },
)

const TARGET = object(
  {
    name: text,
    about: text,
    asDeclared: flag,
    search: about(
      'sums over the searches; the depth is the largest',
      object({
        distinct: count,
        generated: count,
        depth: count,
        exact: flag,
        missProbability: amount,
        complete: flag,
        elapsedSeconds: amount,
      }),
    ),
    searches: listOf(SEARCH),
    verdicts: listOf(VERDICTS),
    missing: about(
      'labels and searches of which something is declared, and which there are not',
      listOf(text),
    ),
    actions: listOf(COVERAGE),
    idle: about('actions that no search took', listOf(text)),
  },
  {
    place: about('where it stands', PLACE),
    expectedAt: about('where a file of expectations says what is expected of it', PLACE),
    actionPlaces: about('by name of an action that a trace takes', {
      type: 'object',
      additionalProperties: PLACE,
    }),
    scope: SCOPE,
    availability: about(
      'kept from clustercheck availability under the default timing, in a matrix; no finding of its searches',
      object({
        states: about('of the chain', count),
        seconds: about(
          'that one failover costs when nothing else fails meanwhile',
          object({ traffic: amount, ike: amount }),
        ),
        doomed: about('IKE SAs of a million that a failover dooms', amount),
        nines: object({ traffic: amount, withPackets: amount, ike: amount }),
      }),
    ),
    compared: about(
      'what comparisons with a single gateway found, by column, kept or made anew, in a matrix; absent where it was not compared',
      {
        type: 'object',
        additionalProperties: object(
          {
            verdict: oneOf('holds', 'violated', 'vacuous', 'unknown'),
            parts: about('of what was compared that have this verdict', listOf(text)),
          },
          { steps: about('of a shortest trace', count) },
        ),
      },
    ),
    scaling: about(
      'the quantities of a described cluster, as they are and as they are searched',
      listOf(object({ quantity: text, real: text, scaled: text, rule: text })),
    ),
  },
)

const FINDING = object(
  {
    level: oneOf('error', 'warning'),
    kind: oneOf('violation', 'difference', 'vacuity', 'cut'),
    target: text,
    sentence: text,
  },
  { label: text, search: text },
)

const COMPARISON = object({
  baseline: text,
  lessSecure: listOf(object({ scheme: text, violated: listOf(object({ label: text, steps: count })) })),
  undecided: listOf(text),
  partlyJudged: listOf(object({ scheme: text, unjudged: listOf(text) })),
  asSecure: listOf(text),
})

const ADVISED = about(
  'changes of policies that would repair the one target, where that was looked for',
  object(
    {
      scope: SCOPE,
      advice: listOf(
        object(
          {
            changes: listOf(object({ policy: text, from: text, to: text, means: text })),
            scope: about('where the cluster with these changes was judged', SCOPE),
            minimal: about('whether it was searched that none of the changes can be left out', flag),
            repairs: about('labels that were violated and hold now', listOf(text)),
            breaks: about('labels that were not violated and are now', listOf(text)),
            vacuous: about('labels that were violated and are no longer put to the test', listOf(text)),
            prices: listOf(object({ label: text, unit: text, before: number, after: number })),
          },
          {
            scheme: about(
              'the shipped scheme whose policies they are, without what is not needed; absent where they were found one by one',
              text,
            ),
          },
        ),
      ),
      unrepaired: listOf(text),
      tried: about('sets of changes that were judged by complete searches', count),
      searches: count,
      sizes: about(
        'how many sets of so many changes there are, and how many of them were judged',
        listOf(object({ changes: count, scope: SCOPE, sets: count, judged: count })),
      ),
      schemes: about(
        'shipped schemes for whose policies its own were exchanged as a whole',
        object({ sets: count, judged: count }),
      ),
      budget: object({ seconds: amount, searches: count, changes: count }),
      cut: about('whether the search for repairs ended before all was tried', flag),
    },
    { over: about('what ended it', oneOf('seconds', 'searches', 'interrupt')) },
  ),
)

export const RESULT_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck found',
  ...object(
    {
      schemaVersion: { const: 2 },
      kind: { const: 'result' },
      clustercheck: about('the version that searched', text),
      command: oneOf('matrix', 'check'),
      expected: about(
        'declared: a violation that is declared is as expected; good: every violation is a finding',
        oneOf('declared', 'good'),
      ),
      vacuity: oneOf('error', 'warn', 'ignore'),
      interrupted: flag,
      outcome: oneOf('expected', 'unexpected', 'cut'),
      targets: listOf(TARGET),
      findings: listOf(FINDING),
      run: about(
        'what differs from run to run, beside elapsedSeconds',
        object({ seconds: amount, searches: count, cached: count }),
      ),
    },
    {
      config: about('the file of expectations', text),
      only: about('the labels that were asked for; absent where all properties were judged', listOf(text)),
      groups: about('columns of the matrix', listOf(object({ title: text, labels: listOf(text) }))),
      comparison: COMPARISON,
      comparedAnew: about(
        'the comparisons of targets with a single gateway were made in this run, and are not kept',
        { const: true },
      ),
      advised: ADVISED,
    },
  ),
}

/** Drills as JSON with a versioned schema. Fields are added to a version, never changed. */
import { DRILL_VERDICTS } from '../../drill/judge.ts'
import { about, amount, count, DRAFT, flag, listOf, object, oneOf, text } from '../text/schema-parts.ts'
import { type Drilled, type Repeated, verdictOf } from './drilled.ts'

const SCHEMA_VERSION = 1

/** What `clustercheck drill --json` prints. */
export const drillsJson = (all: readonly Repeated[]): object => ({
  schemaVersion: SCHEMA_VERSION,
  command: 'drill',
  drills: all.map((repeated) => {
    const { run, verdict, steady } = verdictOf(repeated)
    const { caption, sentence } = run
    return {
      token: caption.token,
      target: caption.scheme,
      label: caption.label,
      sentence,
      verdict,
      steady,
      runs: repeated.runs.map(runJson),
    }
  }),
})

const runJson = ({ judgement, driven, words, explained, captures, seconds }: Drilled): object => ({
  verdict: judgement.verdict,
  because: judgement.because,
  seconds,
  ...(driven && {
    gateways: driven.gateways,
    operations: driven.done.map(({ step, text, at, outcome, note, operation }) => ({
      step,
      do: operation.do,
      text,
      at,
      outcome,
      ...(note !== undefined && { note }),
    })),
    ...(driven.deviation !== undefined && { deviation: driven.deviation }),
    notes: driven.notes,
    sas: driven.sas,
    probes: driven.probes,
  }),
  ...(explained && { explained }),
  verdicts: words.map(({ capture, label, verdict }) => ({ capture, label, verdict })),
  captures,
})

const sas = object({
  up: flag,
  ike: listOf(text),
  children: listOf(object({ in: text, out: text })),
})

const run = object(
  {
    verdict: oneOf(...DRILL_VERDICTS),
    because: about('sentences, the weightiest first', listOf(text)),
    seconds: amount,
    verdicts: about(
      'what the captures as sent and at the peer say of each property',
      listOf(object({ capture: oneOf('senders', 'peer'), label: text, verdict: text })),
    ),
    captures: about('files that were kept, by name', { type: 'object', additionalProperties: text }),
  },
  {
    gateways: about('what was driven, in the words of the driver', text),
    operations: listOf(
      object(
        {
          step: count,
          do: text,
          text,
          at: about('seconds since the start', amount),
          outcome: oneOf('done', 'otherwise'),
        },
        { note: text },
      ),
    ),
    deviation: about('where the gateways first did something else', text),
    notes: about('what was done in another way than the trace says', listOf(text)),
    sas: about('the SAs that each party listed at the end', { type: 'object', additionalProperties: sas }),
    probes: about(
      'what came of asking an end once more',
      listOf(
        object(
          { side: oneOf('cluster', 'peer'), answered: flag, requests: count },
          {
            messageId: about('counted as in the trace; absent: no request', { type: 'integer' }),
            note: text,
          },
        ),
      ),
    ),
    explained: about(
      'how far the scheme explains what was sent',
      object(
        {
          scheme: text,
          verdict: oneOf('explained', 'not explained', 'unknown', 'vacuous'),
          explained: count,
          messages: count,
        },
        { first: about('the first message that it does not explain', text) },
      ),
    ),
  },
)

/** Version 1. */
export const DRILL_SCHEMA = {
  ...DRAFT,
  title: 'The result of clustercheck drill --json',
  ...object({
    schemaVersion: oneOf(SCHEMA_VERSION),
    command: oneOf('drill'),
    drills: listOf(
      object({
        token: text,
        target: text,
        label: text,
        sentence: about('what the trace shows, in words', text),
        verdict: about('that of most runs', oneOf(...DRILL_VERDICTS)),
        steady: about('whether it was that of all runs', flag),
        runs: listOf(run),
      }),
    ),
  }),
}

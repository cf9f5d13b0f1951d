/** Answers `capture FILE --scheme S`: the messages of a capture, the model of a scheme, and what they say together. */
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { CaptureResult } from '../../capture/result.ts'
import type { Collector } from '../../conformance/collector.ts'
import type { Conformance } from '../../report/captures/conformance-text.ts'
import { DEFAULT_SCOPE } from '../../search/suite.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import { namedClusters } from '../targets/targets.ts'

/** States that are kept at one time, where nothing else is asked for. */
export const STATES = 50_000

/** The scheme of a name, or what a cluster file describes; of several peers the first. Throws `UsageError`. */
export const namedScheme = async (name: string): Promise<NamedScheme> =>
  (await namedClusters(name, DEFAULT_SCOPE))[0]!

/** Explains every IKE SA that has messages. What was not read may be what seems to be missing: then nothing is sure. */
export const conformanceOf = async (
  scheme: NamedScheme,
  seen: Collector,
  { damage, incompleteDatagrams, skipped }: CaptureResult,
  limit: number,
): Promise<Conformance> => {
  const { explainSa } = await import('../../conformance/explain-sas.ts')
  const { conformanceModels, LENS, MOST_MEMBERS } = await import('../../../properties/conformance.ts')
  const explainer = {
    lens: LENS,
    members: MOST_MEMBERS,
    models: (trace: Parameters<typeof conformanceModels>[1]) => conformanceModels(scheme, trace),
  }
  const sas = seen
    .all()
    .filter(({ messages }) => messages.length > 0)
    .map((sa) => explainSa(sa, explainer, limit))
  const some = (verdict: string) => sas.some((sa) => sa.verdict === verdict)
  const verdict = some('not explained') ? 'not explained' : some('unknown') ? 'unknown' : 'explained'
  const common = { scheme: scheme.name, sas, leftOut: seen.leftOut() }
  const missing = damage.unreadable + incompleteDatagrams + (skipped.tcp ?? 0) + seen.dropped()
  if (missing > 0)
    return {
      ...common,
      verdict: 'unknown',
      reason: `${missing} records, datagrams or messages of the capture could not be read or kept; the rest is ${verdict}`,
    }
  return { ...common, verdict: sas.length === 0 ? 'vacuous' : verdict }
}

/** As a search: what is cut, or says nothing, is not as expected. */
export const exitOfConformance = ({ verdict }: Conformance): ExitCode =>
  verdict === 'not explained' ? EXIT.violation : verdict === 'unknown' ? EXIT.cut : EXIT.asExpected

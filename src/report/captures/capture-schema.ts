/** The JSON schema of what `clustercheck capture --json` prints. */
import { CAPTURE_VERDICTS } from '../../capture/result.ts'
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

const moment = { frame: count, time: number }
const certainty = oneOf(
  'certain',
  'unless negotiated again',
  'if counter mode',
  'undecided',
  'sign',
  'dismissed',
)
const row = object({ frame: count, address: text, member: text, to: text, text }, { time: number })

const finding = object(
  {
    label: text,
    subject: about('the SA, as it is listed', text),
    certainty,
    count,
    frames: about('the first of them', listOf(count)),
    first: object({ ...moment, text, certainty, story: listOf(row) }),
  },
  { evidence: text, expected: about('it was named with --expect', flag) },
)

const judged = object(
  {
    label: text,
    name: text,
    sentence: text,
    source: text,
    verdict: oneOf(...CAPTURE_VERDICTS),
    findings: listOf(finding),
    told: about('events that the property was told', count),
  },
  {
    arose: about('whether its situation arose', flag),
    certainty,
    expected: about('everything that makes it violated was named with --expect', flag),
    remedy: about(
      'what to do, a scheme that has this fault, and one that has not',
      object({ advice: text, fault: text, repair: text }),
    ),
  },
)

/** Version 1. Times are seconds since 1970. */
export const CAPTURE_SCHEMA = {
  ...DRAFT,
  title: 'The result of clustercheck capture FILE --json',
  ...object(
    {
      schemaVersion: oneOf(1),
      command: oneOf('capture'),
      file: text,
      frames: count,
      start: number,
      seconds: amount,
      packets: object({ esp: count, ike: count, arp: count, other: count }),
      skipped: about('frames that say nothing, by why', { type: 'object', additionalProperties: count }),
      unopened: about('what IKE or ESP may be inside of and could not be opened, by name', {
        type: 'object',
        additionalProperties: count,
      }),
      damage: object({ unreadable: count, bytes: count, cut: flag }),
      interrupted: about('reading was stopped before the end', flag),
      incompleteDatagrams: count,
      openedMessages: count,
      verdicts: listOf(judged),
      childSas: listOf(object({ name: text, spi: text, target: text, packets: count, reused: count })),
      ikeSas: listOf(object({ name: text, initiatorSpi: text, responderSpi: text, messages: count })),
      takeovers: listOf(
        object({ address: text, from: text, to: text, signs: listOf(object({ ...moment, text })) }),
      ),
      clear: listOf(object({ source: text, target: text, count, frames: listOf(count) })),
      notes: listOf(object({ ...moment, text })),
    },
    {},
  ),
}

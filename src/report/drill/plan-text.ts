/** Plans as text and as JSON: the operations of a trace, one a line, and what has none. */
import { operationText, SYNCH_KINDS } from '../../drill/operations.ts'
import type { Plan } from '../../drill/plan.ts'
import { printable } from '../../modelling/printable.ts'
import { counted, folded, tabledWithin } from '../text/columns.ts'
import { about, count, DRAFT, listOf, object, oneOf, text } from '../text/schema-parts.ts'
import type { Caption } from '../trace/caption.ts'

/** What is planned. */
export interface PlannedTrace {
  readonly caption: Caption
  /** What the trace shows, in words. */
  readonly sentence: string
  readonly plan: Plan
}

export const planText = ({ caption, sentence, plan }: PlannedTrace, columns: number): string => {
  const { operations, gaps } = plan
  const width = String(operations.at(-1)?.step ?? 0).length
  const lines = [
    ...folded(sentence, columns, '  '),
    '',
    `${printable(caption.scheme)}, ${caption.label}: ${counted(operations.length, 'operation')}, ${gaps.length === 0 ? 'nothing is left out' : `${counted(gaps.length, 'thing')} cannot be driven`}`,
    '',
    ...operations.map(({ step, operation }, i) => {
      const number = operations[i - 1]?.step === step ? '' : String(step)
      return `${number.padStart(width + 2)}  ${operationText(operation)}`
    }),
    ...(gaps.length === 0 ? [] : ['', 'What cannot be driven']),
    ...gaps.flatMap(({ step, action, reason }) =>
      folded(`step ${step}, ${printable(action)}: ${reason}`, columns - 2, '  ').map((line) => `  ${line}`),
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** A table of many plans. */
export const plansText = (all: readonly PlannedTrace[], columns: number): string => {
  const rows = all.map(({ caption, plan: { operations, gaps } }) => [
    printable(caption.scheme),
    caption.label,
    gaps.length === 0 ? counted(operations.length, 'operation') : 'cannot be driven',
    gaps[0] ? printable(`step ${gaps[0].step}: ${gaps[0].reason}`) : '',
  ])
  const drivable = all.filter(({ plan }) => plan.gaps.length === 0).length
  return `${tabledWithin([['scheme', 'property', 'plan', 'why'], ...rows], '<<<<', columns).join('\n')}

${counted(all.length, 'counterexample')}, ${drivable} of which can be driven
`
}

/** What `clustercheck drill --plan --json` prints. Fields are added to a version of the schema, never changed. */
export const planJson = (all: readonly PlannedTrace[]): object => ({
  schemaVersion: 1,
  command: 'drill --plan',
  plans: all.map(({ caption, sentence, plan }) => ({
    token: caption.token,
    target: caption.scheme,
    label: caption.label,
    sentence,
    members: plan.members,
    told: plan.told,
    operations: plan.operations.map(({ step, operation }) => ({
      step,
      ...operation,
      text: operationText(operation),
    })),
    gaps: plan.gaps,
  })),
})

/** Version 1. */
export const PLAN_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck drill --plan --json prints',
  ...object({
    schemaVersion: oneOf(1),
    command: oneOf('drill --plan'),
    plans: listOf(
      object({
        token: text,
        target: text,
        label: text,
        sentence: about('what the trace shows, in words', text),
        members: about('members of the cluster', count),
        told: about(
          'kinds of synch messages that the scheme has; the wire drops others',
          listOf(oneOf(...SYNCH_KINDS)),
        ),
        operations: listOf(
          about(
            'what is done, and fields that depend on it',
            object({ step: about('of the trace', count), do: text, text: about('in words', text) }),
          ),
        ),
        gaps: about('what cannot be driven', listOf(object({ step: count, action: text, reason: text }))),
      }),
    ),
  }),
}

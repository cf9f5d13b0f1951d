/** A plan as text and as JSON: the operations of a trace, one a line, and what has none. */
import { operationText } from '../../drill/operations.ts'
import type { Plan } from '../../drill/plan.ts'
import { printable } from '../../modelling/printable.ts'
import { counted, folded } from '../text/columns.ts'
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

/** What `clustercheck drill TOKEN --plan --json` prints. Fields are added to a version of the schema, never changed. */
export const planJson = ({ caption, sentence, plan }: PlannedTrace): object => ({
  schemaVersion: 1,
  command: 'drill --plan',
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
})

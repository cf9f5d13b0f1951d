/** `clustercheck replay TOKEN`: a trace again, step by step. */
import { type Caption, valueText } from '../../report/trace/caption.ts'
import { traceText } from '../../report/trace-formats/trace-text.ts'
import type { Trace } from '../../search/engine/path.ts'
import type { Command } from '../options/command.ts'
import { EXIT } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { type Traced, tracedBy } from '../targets/traced.ts'

export const replay: Command = {
  options: [{ flags: '--json', sentence: 'print steps, events and changes as JSON' }],
  async run({ argument, options, terminal }) {
    const traced = await tracedBy(argument)
    sayChanges(traced, terminal)
    if (options.json === true) {
      const { traceJson } = await import('../../report/trace-formats/trace-json.ts')
      const { trace, caption, ...rest } = traced
      terminal.out(
        `${JSON.stringify(traceJson(trace, caption, { ...rest, token: caption.token }), null, 2)}\n`,
      )
      return traced.shows ? EXIT.asExpected : EXIT.violation
    }
    // The text of a trace says what it shows; one that does not show it is told by its steps alone.
    terminal.out(
      traced.shows
        ? traceText(traced.trace, traced.caption, { columns: terminal.columns })
        : stepsText(traced.trace),
    )
    return traced.shows ? EXIT.asExpected : EXIT.violation
  },
}

const stepsText = ({ steps }: Trace): string =>
  steps.map(({ instance }, i) => `${String(i).padStart(3)}  ${instance.text}\n`).join('')

const said = ({ verdict, value, unit }: Caption): string =>
  value === undefined ? `is ${verdict}` : `reads ${valueText(value, unit)}`

/** Says on standard error what is no longer as it was when the trace was made. */
export const sayChanges = ({ changed, shows, caption }: Traced, terminal: Terminal): void => {
  if (changed) terminal.err('The model has changed since this trace was made; its steps are still enabled.\n')
  if (!shows)
    terminal.err(`The trace no longer shows that ${caption.property} ${said(caption)} at its last step.\n`)
}

/** The files of `counterexamples/`: for each violated cell of the matrix text, DOT and SVG, and a README. */
import { altTextOf } from '../../report/pictures/alt-text.ts'
import { lanesDot } from '../../report/pictures/lanes.ts'
import { svgOf } from '../../report/pictures/render.ts'
import type { JudgedSuite } from '../../report/results/judged-suite.ts'
import { insightOf } from '../../report/trace/insight.ts'
import { traceText } from '../../report/trace-formats/trace-text.ts'
import { type OutputFile, TRACES } from '../files/output-files.ts'

const FORMS = ['txt', 'svg', 'dot'] as const

/** Makes the files of every violated cell, and the README that lists them. Nothing in them depends on the run. */
export const counterexampleFiles = async (suites: readonly JudgedSuite[]): Promise<readonly OutputFile[]> => {
  const files: OutputFile[] = []
  const rows: string[] = []
  for (const { target, properties } of suites)
    for (const { verdict, shown } of properties) {
      if (verdict.verdict !== 'violated' || !shown) continue
      const { trace, caption } = shown
      const name = fileStem(target, verdict.label)
      const dot = lanesDot(trace, caption)
      files.push(
        { name: `${name}.txt`, content: traceText(trace, caption) },
        { name: `${name}.svg`, content: await svgOf(dot, { alt: altTextOf(trace, caption) }) },
        { name: `${name}.dot`, content: dot },
      )
      rows.push(
        row([
          target,
          verdict.label,
          insightOf(trace, caption).sentence.text,
          caption.source ?? '',
          String(trace.steps.length - 1),
          FORMS.map((form) => `[${form}](${name}.${form})`).join(' '),
          `\`${caption.token}\``,
        ]),
      )
    }
  return [...files, { name: 'README.md', content: readme(rows) }]
}

/** The folder in the project, made in the default scope. */
export const FOLDER = 'counterexamples'

/** The name of the files of a cell, without extension. */
export const fileStem = (scheme: string, label: string): string =>
  `${scheme}-${label}`.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')

const HEAD = ['scheme', 'property', 'how it is violated', 'source', 'steps', 'files', 'replay token']

const readme = (rows: readonly string[]): string =>
  [
    TRACES.mark,
    '# Counterexamples',
    '',
    'A shortest counterexample for each violated cell of the matrix: the trace as text, as a diagram (SVG), and as',
    'the DOT text of the diagram. `clustercheck replay TOKEN` runs a trace again.',
    '',
    ...(rows.length === 0
      ? ['No property is violated.']
      : [row(HEAD), row(HEAD.map((name) => (name === 'steps' ? '---:' : '---'))), ...rows]),
    '',
  ].join('\n')

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** A trace as a test for vitest that replays it. */
import { printable } from '../../modelling/printable.ts'
import type { Trace } from '../../search/engine/path.ts'
import { type Caption, headline, replayCommand } from '../trace/caption.ts'

/**
 * The text of a test file. `file`: the module whose default export is the model, relative to the folder of the test;
 * without one the trace is of a scheme of clustercheck, and is replayed by its token.
 */
export const vitestText = (trace: Trace, caption: Caption, file: string | undefined): string =>
  `${(file === undefined ? bySchemeToken(trace, caption) : byModel(trace, caption, file)).join('\n')}\n`

/** A literal of any text: what acts in one is named, which a reader of the program takes for itself. */
const quoted = (text: string): string =>
  `'${printable(text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}'`

const byModel = (trace: Trace, caption: Caption, file: string): readonly string[] => {
  const { property, value } = caption
  const from = /^\.{0,2}\//.test(file) ? file : `./${file}`
  const reading = value === undefined ? '' : `, ${value}`
  return [
    `// ${caption.sentence ?? property}`,
    `// ${replayCommand(caption)}`,
    "import { replay, shows } from 'clustercheck'",
    "import { expect, test } from 'vitest'",
    `import model from ${quoted(from)}`,
    '',
    `test(${quoted(headline(trace, caption))}, () => {`,
    `  const trace = replay(model, [${trace.path.join(', ')}])`,
    '  expect(trace.steps.map(({ instance }) => instance.text)).toEqual([',
    ...trace.steps.map(({ instance }) => `    ${quoted(instance.text)},`),
    '  ])',
    '  // False, or a step that is not enabled any more, when the model has been repaired.',
    `  expect(shows(trace, ${quoted(property)}${reading})).toBe(true)`,
    '})',
  ]
}

const bySchemeToken = (trace: Trace, caption: Caption): readonly string[] => [
  `// ${caption.sentence ?? caption.property}`,
  "import { execFileSync } from 'node:child_process'",
  "import { expect, test } from 'vitest'",
  '',
  `test(${quoted(`${caption.scheme}: ${headline(trace, caption)}`)}, () => {`,
  '  // Throws when the trace no longer shows that, or cannot be replayed.',
  `  const text = execFileSync('npx', ['clustercheck', 'replay', ${quoted(caption.token)}], {`,
  "    encoding: 'utf8',",
  '  })',
  `  expect(text).toContain(${quoted(headline(trace, caption))})`,
  '})',
]

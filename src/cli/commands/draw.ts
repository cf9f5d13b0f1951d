/** `clustercheck draw TOKEN`: a trace as text, as a picture, as a page, or in the format of another tool. */

import { tracePage } from '../../explore/pages/trace-page.ts'
import { altTextOf } from '../../report/pictures/alt-text.ts'
import { type Look, lanesDot } from '../../report/pictures/lanes.ts'
import { pngOf, svgOf } from '../../report/pictures/render.ts'
import { THEMES } from '../../report/pictures/theme.ts'
import { mermaidText, plantumlText } from '../../report/trace-formats/sequence-text.ts'
import { itfOf } from '../../report/trace-formats/trace-itf.ts'
import { traceText } from '../../report/trace-formats/trace-text.ts'
import { vitestText } from '../../report/trace-formats/trace-vitest.ts'
import { requireEnding, writeFile } from '../files/output-files.ts'
import { pageText } from '../files/page-text.ts'
import { given, oneOfWords } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { OUTPUT_FILE, THEME } from '../options/shared.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { type Traced, tracedBy } from '../targets/traced.ts'
import { sayChanges } from './replay.ts'

const FORMATS = ['text', 'dot', 'svg', 'png', 'html', 'itf', 'mermaid', 'plantuml', 'vitest'] as const
type Format = (typeof FORMATS)[number]

export const draw: Command = {
  options: [
    {
      flags: '--format <format>',
      sentence: `one of ${FORMATS.join(', ')} (otherwise: by the name of the output, or text)`,
    },
    OUTPUT_FILE,
    THEME,
    { flags: '--unfolded', sentence: 'a row for each step of a long trace, in a picture' },
  ],
  async run({ argument, options, terminal }) {
    const output = given(options, 'output', (_, text) => text)
    const ofEnding = formatOf(output)
    const format =
      given(options, 'format', (option, text) => oneOfWords(option, text, FORMATS)) ?? ofEnding ?? 'text'
    requireEnding(output, format, ofEnding)
    if (format === 'png' && output === undefined && terminal.outIsTerminal)
      throw new UsageError({
        problem: 'A PNG is not shown on a terminal.',
        hint: 'add --output trace.png, or redirect standard output',
      })
    const theme = given(options, 'theme', (option, text) => oneOfWords(option, text, THEMES)) ?? 'light'
    const look = { theme, unfolded: options.unfolded === true }
    const traced = await tracedBy(argument)
    sayChanges(traced, terminal)
    if (!traced.shows) {
      terminal.err('Nothing was drawn.\n')
      return EXIT.violation
    }
    const drawing = await drawn(traced, format, look)
    if (output === undefined) terminal.out(drawing)
    else writeFile(output, drawing)
    return EXIT.asExpected
  },
}

const formatOf = (output: string | undefined): Format | undefined => {
  const extension = /\.(\w+)$/.exec(output ?? '')?.[1]?.toLowerCase()
  const known: Readonly<Record<string, Format>> = {
    json: 'itf',
    htm: 'html',
    mmd: 'mermaid',
    puml: 'plantuml',
    ts: 'vitest',
    txt: 'text',
  }
  return known[extension ?? ''] ?? FORMATS.find((format) => format === extension)
}

const drawn = async (
  { trace, caption, file }: Traced,
  format: Format,
  look: Look,
): Promise<string | Uint8Array> => {
  const dot = () => lanesDot(trace, caption, look)
  const svg = () => svgOf(dot(), { alt: altTextOf(trace, caption) })
  switch (format) {
    case 'text':
      return traceText(trace, caption)
    case 'itf':
      return `${JSON.stringify(itfOf(trace, caption), null, 2)}\n`
    case 'vitest':
      return vitestText(trace, caption, file)
    case 'dot':
      return dot()
    case 'html':
      return pageText(`${caption.label}, ${caption.scheme}`, tracePage(VERSION, trace, caption))
    case 'mermaid':
      return mermaidText(trace, caption)
    case 'plantuml':
      return plantumlText(trace, caption)
    case 'svg':
      return svg()
    case 'png':
      return pngOf(await svg())
  }
}

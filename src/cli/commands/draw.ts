/** `clustercheck draw TOKEN`: a trace as text, DOT, SVG, PNG, ITF or a test. */
import { lanesDot } from '../../report/lanes.ts'
import { pngOf, svgOf } from '../../report/render.ts'
import { itfOf } from '../../report/trace-itf.ts'
import { traceText } from '../../report/trace-text.ts'
import { vitestText } from '../../report/trace-vitest.ts'
import { given, oneOfWords } from '../arguments.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../errors.ts'
import { EXIT } from '../exit-codes.ts'
import { writeFile } from '../output-files.ts'
import { type Traced, tracedBy } from '../traced.ts'
import { sayChanges, TOKEN } from './replay.ts'

const FORMATS = ['text', 'dot', 'svg', 'png', 'itf', 'vitest'] as const
type Format = (typeof FORMATS)[number]

export const draw: Command = {
  name: 'draw',
  sentence: 'Draw the trace of a token: lanes side by side, time downwards.',
  argument: TOKEN,
  options: [
    {
      flags: '--format <format>',
      sentence: `one of ${FORMATS.join(', ')} (otherwise: by the name of the output, or text)`,
    },
    { flags: '--output <file>', sentence: 'write to this file rather than to standard output' },
  ],
  examples: [
    'draw TOKEN --output trace.svg',
    'draw TOKEN --format itf',
    'draw TOKEN --output regression.test.ts',
  ],
  async run({ argument, options, terminal }) {
    const output = given(options, 'output', (_, text) => text)
    const format =
      given(options, 'format', (option, text) => oneOfWords(option, text, FORMATS)) ?? formatOf(output)
    if (format === 'png' && output === undefined && terminal.outIsTerminal)
      throw new UsageError({
        problem: 'A PNG is not shown on a terminal.',
        hint: 'add --output trace.png, or redirect standard output',
      })
    const traced = await tracedBy(argument)
    sayChanges(traced, terminal)
    if (!traced.shows) {
      terminal.err('Nothing was drawn.\n')
      return EXIT.violation
    }
    const drawing = await drawn(traced, format)
    if (output === undefined) terminal.out(drawing)
    else writeFile(output, drawing)
    return EXIT.asExpected
  },
}

const formatOf = (output: string | undefined): Format => {
  const extension = /\.(\w+)$/.exec(output ?? '')?.[1]?.toLowerCase()
  if (extension === 'ts') return 'vitest'
  return extension === 'json' ? 'itf' : (FORMATS.find((format) => format === extension) ?? 'text')
}

const drawn = async ({ trace, caption, file }: Traced, format: Format): Promise<string | Uint8Array> => {
  switch (format) {
    case 'text':
      return traceText(trace, caption)
    case 'itf':
      return `${JSON.stringify(itfOf(trace, caption), null, 2)}\n`
    case 'vitest':
      return vitestText(trace, caption, file)
    case 'dot':
      return lanesDot(trace, caption)
    case 'svg':
      return svgOf(lanesDot(trace, caption))
    case 'png':
      return pngOf(await svgOf(lanesDot(trace, caption)))
  }
}

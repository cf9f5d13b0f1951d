/** `clustercheck graph TARGET`: the reachable states of a small search as a picture, or classes of them. */

import type { Model } from '../../modelling/model.ts'
import { graphDot, quotientGraph, stateGraph, variablesOf } from '../../report/pictures/graph.ts'
import { autText } from '../../report/pictures/graph-aut.ts'
import { pngOf, svgOf } from '../../report/pictures/render.ts'
import { PALETTE, THEMES } from '../../report/pictures/theme.ts'
import { type Explored, exploredOf } from '../../search/reachability-graph.ts'
import type { Focus } from '../../search/suite.ts'
import { requireEnding, writeFile } from '../files/output-files.ts'
import { watchedHere } from '../jobs/watch-here.ts'
import { given, oneOfWords } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { OUTPUT_FILE, THEME } from '../options/shared.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { focusOf } from '../targets/focuses.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'
import { isOfFile, targetOf } from '../targets/targets.ts'

/** More nodes than this are no picture any more. */
const MOST_NODES = 300
/** States that are explored for a picture of their classes, or to be written. */
const MOST_STATES = 50_000

const FORMATS = ['dot', 'svg', 'png', 'aut'] as const
type Format = (typeof FORMATS)[number]

export const graph: Command = {
  options: [
    SCOPE,
    { flags: '--search <name>', sentence: 'the search of the scheme to draw, where it has several' },
    {
      flags: '--by <variables>',
      sentence:
        'one node for the states that agree in these variables, separated by commas; member.A names all below it',
    },
    {
      flags: '--format <format>',
      sentence: `one of ${FORMATS.join(', ')} (otherwise: by the name of the output, or dot); aut is the Aldebaran format of CADP and mCRL2`,
    },
    OUTPUT_FILE,
    THEME,
  ],
  async run({ argument, options, terminal }) {
    const output = given(options, 'output', (_, text) => text)
    const extension = /\.(\w+)$/.exec(output ?? '')?.[1]?.toLowerCase()
    const ofEnding = FORMATS.find((one) => one === extension)
    const format =
      given(options, 'format', (option, text) => oneOfWords(option, text, FORMATS)) ?? ofEnding ?? 'dot'
    requireEnding(output, format, ofEnding)
    const theme = given(options, 'theme', (option, text) => oneOfWords(option, text, THEMES)) ?? 'light'
    const by = given(options, 'by', (_, text) => text)
    if (format === 'png' && output === undefined && terminal.outIsTerminal)
      throw new UsageError({
        problem: 'A PNG is not shown on a terminal.',
        hint: 'add --output graph.png, or redirect standard output',
      })
    const { name, suite, source } = await targetOf(argument, namedScope(options))
    const found = focusOf(
      name,
      suite.focuses,
      given(options, 'search', (_, text) => text),
    )
    const focus = isOfFile(source) ? { ...found, model: watchedHere(found.model) } : found
    const picture = format === 'aut' ? written(focus, by) : await pictured(focus, by, theme, format)
    if (output === undefined) terminal.out(picture)
    else writeFile(output, picture)
    return EXIT.asExpected
  },
}

/** All states and steps, for CADP and mCRL2. */
const written = ({ model }: Focus, by: string | undefined): string => {
  if (by !== undefined)
    throw new UsageError({
      problem: `--by ${by} makes classes of states; the format aut has every state and step.`,
    })
  return autText(exploredWithin(model, MOST_STATES, { refused: '', hint: 'lower the scope' }))
}

const pictured = async (
  focus: Focus,
  by: string | undefined,
  theme: (typeof THEMES)[number],
  format: Exclude<Format, 'aut'>,
): Promise<string | Uint8Array> => {
  const { title, dot } = drawn(focus, by, theme)
  return rendered(dot, format, title)
}

/** The whole graph. Throws `UsageError` when it has more than `most` states. */
const exploredWithin = (
  model: Model,
  most: number,
  { refused, hint }: { readonly refused: string; readonly hint: string },
): Explored => {
  const explored = exploredOf(model, most)
  if (explored.complete) return explored
  throw new UsageError({
    problem: `${model.name} has more than ${most.toLocaleString('en-US')} states${refused}.`,
    hint,
  })
}

const drawn = (
  { model }: Focus,
  by: string | undefined,
  theme: (typeof THEMES)[number],
): { readonly title: string; readonly dot: string } => {
  const explored =
    by === undefined
      ? exploredWithin(model, MOST_NODES, {
          refused: ', which make no picture',
          hint: 'lower the scope, or name variables with --by',
        })
      : exploredWithin(model, MOST_STATES, { refused: '', hint: 'lower the scope' })
  const picture =
    by === undefined
      ? stateGraph(model, explored)
      : quotientGraph(model, explored, chosen(model.name, by, variablesOf(model, explored)))
  if (picture.nodes.length > MOST_NODES)
    throw new UsageError({
      problem: `The states of ${model.name} fall into ${picture.nodes.length} classes; at most ${MOST_NODES} make a picture.`,
      hint: 'name fewer variables with --by',
    })
  const kind = by === undefined ? '' : `, in ${picture.nodes.length} classes by ${by}`
  const title = `${model.name}: ${explored.states.length} states, ${explored.steps.length} steps${kind}`
  return { title, dot: graphDot(picture, title, PALETTE[theme]) }
}

/** The variables that are meant: each word names one, or all below it. */
const chosen = (model: string, by: string, all: readonly string[]): readonly string[] =>
  by.split(',').flatMap((text) => {
    const word = text.trim()
    const meant = all.filter((path) => path === word || path.startsWith(`${word}.`))
    if (meant.length === 0) throw unknownName(`variable of ${model}`, word, all)
    return meant
  })

const rendered = async (dot: string, format: Format, title: string): Promise<string | Uint8Array> => {
  if (format === 'dot') return dot
  const svg = await svgOf(dot, { engine: 'dot', alt: { title, description: title } })
  return format === 'svg' ? svg : pngOf(svg)
}

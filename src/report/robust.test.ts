/** No trace breaks a report: lengths of 1, 2 and 500 steps, and names that every format gives a meaning to. */
import { describe, expect, it } from 'vitest'
import { actionsOn, eventsOf, model, monitorOn, oneOf, range, record } from '../index.ts'
import { replay } from '../search/engine/path.ts'
import { altTextOf } from './pictures/alt-text.ts'
import { lanesDot } from './pictures/lanes.ts'
import { pngOf, svgOf } from './pictures/render.ts'
import type { Caption } from './trace/caption.ts'
import { mermaidText, plantumlText } from './trace-formats/sequence-text.ts'
import { itfOf } from './trace-formats/trace-itf.ts'
import { traceText } from './trace-formats/trace-text.ts'

const NASTY = [
  '"q" \'s\' \\n',
  '<b>&amp;</b>',
  'Grüße an Ü',
  'two\nlines\r\nthree',
  '--> end ## %% ;',
  ' ',
  '\u0000\ud800',
] as const
const state = record({ n: range(0, 1000), last: oneOf(...NASTY) })
type Wire = { went: { name: string; n: number } }
const action = actionsOn<typeof state, Wire>()

const nasty = model('Nasty "model" <x>', {
  state,
  events: eventsOf<Wire>([...NASTY], {
    went: ({ name, n }) =>
      n % 3 === 0
        ? { shape: 'mark', lane: name, text: name, grave: true }
        : n % 3 === 1
          ? { shape: 'send', lane: name, to: NASTY[0], message: String(n), text: name }
          : { shape: 'receive', lane: NASTY[0], message: String(n - 1), text: name },
  }),
  actions: [
    action('Go', {
      choose: { name: NASTY },
      effect: (d, { name }, emit) => {
        d.n += 1
        d.last = name
        emit.went({ name, n: d.n })
      },
    }),
  ],
  properties: [
    monitorOn<Wire>()('Never', {
      memory: record({}),
      on: { went: (_, _event, judge) => judge.violated() },
    }),
  ],
})

const caption: Caption = {
  property: 'Never',
  label: NASTY[1],
  sentence: NASTY.join(' '),
  source: NASTY[3],
  verdict: 'violated',
  scheme: NASTY[0],
  focus: NASTY[3],
  scope: NASTY[4],
  token: `cc1:${NASTY[1]}`,
}

const traceOf = (steps: number) =>
  replay(nasty, [0, ...Array.from({ length: steps - 1 }, (_, i) => i % NASTY.length)])

const MERMAID = [
  /^sequenceDiagram$/,
  /^ {2}title [^\n]+$/,
  /^ {2}%% [^\n]*$/,
  /^ {2}participant L\d+ as \S[^\n]*$/,
  /^ {2}L\d+(->>|--x|--\)|-->>)L\d+: \S[^\n]*$/,
  /^ {2}Note over L\d+(,L\d+)?: \S[^\n]*$/,
]
const PLANTUML = [
  /^@startuml$/,
  /^@enduml$/,
  /^hide footbox$/,
  /^title \S[^\n]*$/,
  /^' [^\n]*$/,
  /^participant "[^"\n]+" as L\d+$/,
  /^L\d+ (->|-->x|-->>|-->) L\d+ : \S[^\n]*$/,
  /^note over L\d+(, L\d+)? : \S[^\n]*$/,
]

describe.each([1, 2, 500])('a trace of %i steps with odd names', (steps) => {
  const trace = traceOf(steps)

  it('makes a picture that is well formed, and in the same bytes again', async () => {
    const dot = lanesDot(trace, caption)
    const svg = await svgOf(dot, { alt: altTextOf(trace, caption) })
    expect(lanesDot(trace, caption)).toBe(dot)
    expect(svg).toContain('<desc id="desc">')
    // Resvg refuses what is no XML.
    expect((await pngOf(svg)).subarray(1, 4)).toEqual(new Uint8Array(Buffer.from('PNG')))
  })

  it('makes a picture in the dark theme, and one with every step', async () => {
    const dark = lanesDot(trace, caption, { theme: 'dark', unfolded: false })
    expect(dark).toContain('bgcolor="#16191D"')
    const unfolded = lanesDot(trace, caption, { theme: 'light', unfolded: true })
    expect(unfolded).toContain(`id="row-${steps - 1}"`)
    expect(dark.match(/id="row-/g)!.length).toBeLessThanOrEqual(Math.min(steps, 31))
  })

  it('is text and ITF', () => {
    expect(traceText(trace, caption)).toMatch(/\n$/)
    const itf = JSON.parse(JSON.stringify(itfOf(trace, caption)))
    expect(itf.states).toHaveLength(steps)
  })

  it.each([
    ['Mermaid', mermaidText, MERMAID],
    ['PlantUML', plantumlText, PLANTUML],
  ] as const)('is %s in which every line is a statement', (_, write, forms) => {
    const lines = write(trace, caption).trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(steps)
    for (const line of lines)
      expect(
        forms.some((form) => form.test(line)),
        line,
      ).toBe(true)
    expect(lines.filter((line) => !/^( {2}%%|')/.test(line)).join('\n')).not.toContain('<b>')
  })
})

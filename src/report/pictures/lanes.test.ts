// Tests of the laned diagram: no two texts meet in any story, arrows go where they should, and Graphviz draws it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Depiction } from '../../modelling/events.ts'
import { REUSE, storyOf, toyCaption, toyCluster, traceOf } from '../../testing/toy-traces.ts'
import { lanesDot } from './lanes.ts'
import { svgOf } from './render.ts'
import { widthOf } from './text-width.ts'
import { FONT, PALETTE } from './theme.ts'

interface Text {
  readonly label: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const NODE =
  /pos="(-?[\d.]+),(-?[\d.]+)!", shape=plaintext, .*?width=([\d.]+), height=([\d.]+).*?label="((?:[^"\\]|\\.)*)"/g

/** The texts of a drawing with their edges. */
const textsOf = (dot: string): readonly Text[] =>
  [...dot.matchAll(NODE)].map(([, x, y, width, height, label]) => {
    const [halfWidth, halfHeight] = [Number(width) * 36, Number(height) * 36]
    return {
      label: label!,
      left: Number(x) - halfWidth,
      right: Number(x) + halfWidth,
      top: -Number(y) - halfHeight,
      bottom: -Number(y) + halfHeight,
    }
  })

const meeting = (dot: string): readonly string[] => {
  const texts = textsOf(dot)
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5)
      .filter((b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5)
      .map((b) => `${a.label} | ${b.label}`),
  )
}

const LANES = ['member 1', 'synch channel', 'member 2', 'attacker', 'peer']

const story = fc.integer({ min: 2, max: 5 }).chain((count) => {
  const lanes = LANES.slice(0, count)
  const lane = fc.constantFrom(...lanes)
  const message = fc.constantFrom('1', '2', '3')
  const text = fc
    .array(fc.constantFrom('CREATE_CHILD_SA', 'request', 'mid=7', '"quoted"', '\\N', '&lt;'), {
      minLength: 1,
      maxLength: 14,
    })
    .map((words) => words.join(' '))
  const picture: fc.Arbitrary<Depiction> = fc.oneof(
    fc.record({ shape: fc.constant('send' as const), lane, to: lane, message, text }),
    fc.record({ shape: fc.constant('receive' as const), lane, message }),
    fc.record({ shape: fc.constant('receive' as const), lane, message, text }),
    fc.record({ shape: fc.constant('lose' as const), message }),
    fc.record({ shape: fc.constant('pass' as const), lane, to: lane, text }),
    fc.record({ shape: fc.constant('mark' as const), lane, text, grave: fc.boolean() }),
  )
  const row = fc
    .tuple(text, fc.array(picture, { maxLength: 3 }))
    .map(([name, pictures]) => [name, ...pictures] as const)
  return fc.tuple(fc.constant(lanes), fc.array(row, { minLength: 1, maxLength: 12 }))
})

test('no two texts of any story meet', () => {
  fc.assert(
    fc.property(story, ([lanes, rows]) => {
      const dot = lanesDot(storyOf(lanes, rows), toyCaption)
      expect(textsOf(dot).length).toBeGreaterThan(lanes.length)
      expect(meeting(dot)).toEqual([])
    }),
  )
})

test('Graphviz draws any story with every text in it', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ([lanes, rows]) => {
      const dot = lanesDot(storyOf(lanes, rows), toyCaption)
      const svg = await svgOf(dot)
      const shown = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].length
      const lines = textsOf(dot).reduce(
        (sum, { label }) => sum + label.replace(/\\[lr]$/, '').split(/\\[nlr]/).length,
        0,
      )
      // A backslash of the story's own, written twice, splits nothing.
      const escapes = textsOf(dot).reduce((sum, { label }) => sum + label.split('\\\\N').length - 1, 0)
      expect(shown).toBeGreaterThanOrEqual(lines - escapes)
    }),
    { numRuns: 15 },
  )
})

const CLUSTER = lanesDot(traceOf(toyCluster, ...REUSE), toyCaption)

/** The lines of a drawing. */
const linesOf = (dot: string) => {
  const places = new Map(
    [...dot.matchAll(/^ {2}("[^"]+") \[pos="(-?[\d.]+),(-?[\d.]+)!"/gm)].map((m) => [m[1]!, m]),
  )
  return [...dot.matchAll(/^ {2}("[^"]+") -> ("[^"]+") \[(.*)\]$/gm)].map(([, from, to, style]) => ({
    section: to!.slice(1).split(' #')[0],
    from: [Number(places.get(from!)![2]), -Number(places.get(from!)![3])] as const,
    to: [Number(places.get(to!)![2]), -Number(places.get(to!)![3])] as const,
    style: style!,
  }))
}

const arrowsIn = (step: number) => linesOf(CLUSTER).filter(({ section }) => section === `step ${step}`)

const laneX = (name: string): number => {
  const head = textsOf(CLUSTER).find(({ label }) => label === name)!
  return Math.round(((head.left + head.right) / 2) * 10) / 10
}

test('the lanes stand from left to right as declared', () => {
  const xs = ['A', 'synch', 'B', 'P'].map(laneX)
  expect([...xs].sort((a, b) => a - b)).toEqual(xs)
})

test('an arrow goes from its send to its receipt, and a duplicate leaves from the same send, dashed', () => {
  const [first] = arrowsIn(2)
  const [second] = arrowsIn(5)
  expect([first!.from[0], first!.to[0]]).toEqual([laneX('A'), laneX('P')])
  expect(second!.from).toEqual(first!.from)
  expect(second!.to[1]).toBeGreaterThan(first!.to[1])
  expect(first!.style).not.toContain('dashed')
  expect(second!.style).toContain('dashed')
})

test('a lost message ends in a cross between two lanes', () => {
  const [lost, ...cross] = arrowsIn(6)
  expect(lost!.from[0]).toBe(laneX('A'))
  expect(lost!.style).not.toContain('arrowhead')
  expect(cross).toHaveLength(2)
  for (const { from, to } of cross) expect((from[0] + to[0]) / 2).toBeCloseTo(lost!.to[0], 0)
  for (const lane of ['synch', 'B', 'P']) expect(Math.abs(lost!.to[0] - laneX(lane))).toBeGreaterThan(20)
})

test('a message still under way at the end is a dotted arrow that reaches no lane', () => {
  const [open] = arrowsIn(10)
  expect(open!.style).toContain('dotted')
  for (const lane of ['synch', 'B', 'P']) expect(Math.abs(open!.to[0] - laneX(lane))).toBeGreaterThan(20)
})

test('only the step that violates is in the strong colour', () => {
  expect(arrowsIn(15)[0]!.style).toContain(PALETTE.light.violated)
  for (const { section, style } of linesOf(CLUSTER))
    if (section !== 'step 15' && section !== 'legend') expect(style).not.toContain(PALETTE.light.violated)
  expect(CLUSTER).toMatch(/label="ESP 5\\l", .*fontname="Helvetica-Bold"/)
})

test('the title names property, sentence, source and scheme, and the foot the replay', () => {
  for (const words of [
    'ESP-1 NoReuse is violated after 15 steps',
    'No sequence number is put on the wire twice under one key.',
    'RFC 4303 section 3.3.3',
    'scheme hot-standby',
    'focus outbound',
    'clustercheck replay hot-standby/outbound',
  ])
    expect(CLUSTER).toContain(words)
})

test('the drawing is ASCII and the same each time', () => {
  const caption = { ...toyCaption, sentence: 'R\u00e9sum\u00e9 \u2013 \u00a72 \u2192 "x" \\l' }
  const dot = lanesDot(traceOf(toyCluster, ...REUSE), caption)
  expect(dot).toMatch(/^[\n -~]*$/)
  expect(lanesDot(traceOf(toyCluster, ...REUSE), caption)).toBe(dot)
})

test('a lane that only an event names stands last', () => {
  const dot = lanesDot(storyOf(['A'], [['Go', { shape: 'pass', lane: 'A', to: 'Z', text: 'x' }]]), toyCaption)
  const [a, z] = ['A', 'Z'].map((name) => textsOf(dot).find(({ label }) => label === name))
  expect(z!.left).toBeGreaterThan(a!.right)
})

test('a trace of the initial state alone is drawn', async () => {
  expect(await svgOf(lanesDot(traceOf(toyCluster), { ...toyCaption, verdict: 'reached' }))).toContain(
    '>init<',
  )
})

test('a long text is broken into lines of about one length, and no word is cut', () => {
  const text = 'CREATE_CHILD_SA response that carries a reason too long for one line'
  const dot = lanesDot(storyOf(['A', 'B'], [['Go', { shape: 'pass', lane: 'A', to: 'B', text }]]), toyCaption)
  const label = textsOf(dot).find((t) => t.label.startsWith('CREATE'))!.label
  const lines = label.split('\\l').filter((line) => line !== '')
  expect(lines.join(' ')).toBe(text)
  expect(lines).toHaveLength(2)
  const [first, second] = lines.map((line) => widthOf(line, FONT.text))
  expect(Math.abs(first! - second!)).toBeLessThan(widthOf('CREATE_CHILD_SA', FONT.text))
})

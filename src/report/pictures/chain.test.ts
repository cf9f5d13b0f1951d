// Tests of the chain of states that stands for a trace of a model without wire events.
import { expect, test } from 'vitest'
import { REUSE, silentCluster, toyCaption, traceOf } from '../../testing/toy-traces.ts'
import { lanesDot } from './lanes.ts'
import { svgOf } from './render.ts'
import { PALETTE } from './theme.ts'

test('a box for each step says what the step changed, and the arrow into it which step it was', async () => {
  const svg = await svgOf(lanesDot(traceOf(silentCluster, 'Crash(of: A)', 'TakeOver(to: B)'), toyCaption))
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
  expect(texts.slice(3)).toEqual([
    '0: init',
    'every variable is zero',
    '1: Crash(of: A)',
    'member.A.down false &#45;&gt; true',
    '2: TakeOver(to: B)',
    'active A &#45;&gt; B',
    'member.B.sent 0 &#45;&gt; 2',
    expect.stringContaining('clustercheck replay'),
  ])
})

test('only the last box is in the strong colour', () => {
  const dot = lanesDot(traceOf(silentCluster, ...REUSE), toyCaption)
  const boxes = dot.split('\n').filter((line) => line.includes('shape=box'))
  expect(boxes).toHaveLength(REUSE.length + 1)
  expect(boxes.filter((line) => line.includes(PALETTE.light.violated))).toEqual([boxes.at(-1)])
})

test('the drawing is the same each time', () => {
  const draw = () => lanesDot(traceOf(silentCluster, ...REUSE), toyCaption)
  expect(draw()).toBe(draw())
})

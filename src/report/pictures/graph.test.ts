/** Tests of graphs of states: every state and step once, and classes that the variables make. */
import { describe, expect, it } from 'vitest'
import { actionsOn, always, model, range, record } from '../../index.ts'
import { exploredOf } from '../../search/reachability-graph.ts'
import { graphDot, quotientGraph, stateGraph, variablesOf } from './graph.ts'
import { svgOf } from './render.ts'
import { PALETTE } from './theme.ts'

const state = record({ a: range(0, 2), b: range(0, 1) })
const action = actionsOn<typeof state>()
const small = model('Small "one" <&>', {
  state,
  actions: [
    action('Up', {
      guard: (s) => s.a < 2,
      effect: (d) => {
        d.a += 1
      },
    }),
    action('Turn', {
      effect: (d) => {
        d.b = 1 - d.b
      },
    }),
  ],
  properties: [always<typeof state>('Low', { holds: (s) => s.a < 2 })],
})

describe('the graph of the states', () => {
  const explored = exploredOf(small, 300)

  it('has every state and step', () => {
    expect(explored).toMatchObject({ complete: true })
    expect([explored.states.length, explored.steps.length]).toEqual([6, 10])
    const graph = stateGraph(small, explored)
    expect(graph.nodes.filter(({ isInitial }) => isInitial)).toHaveLength(1)
    expect(graph.nodes.filter(({ violated }) => violated.includes('Low'))).toHaveLength(2)
  })

  it('says that it was cut', () => {
    expect(exploredOf(small, 5)).toMatchObject({ complete: false, states: { length: 5 } })
    expect(exploredOf(small, 6).complete).toBe(true)
  })

  it('is drawn by dot, the same each time, whatever the names', async () => {
    const dot = graphDot(stateGraph(small, explored), small.name, PALETTE.light)
    const svg = await svgOf(dot, { engine: 'dot', alt: { title: small.name, description: small.name } })
    expect(svg.match(/class="node"/g)).toHaveLength(6)
    expect(svg.match(/class="edge"/g)).toHaveLength(10)
    expect(svg).toContain('<title id="title">Small &quot;one&quot; &lt;&amp;&gt;</title>')
    expect(await svgOf(dot, { engine: 'dot', alt: { title: small.name, description: small.name } })).toBe(svg)
  })

  it('falls into classes by some variables', () => {
    expect(variablesOf(small, explored)).toEqual(['a', 'b'])
    const { nodes, bundles } = quotientGraph(small, explored, ['a'])
    expect(nodes.map(({ lines }) => lines)).toEqual([
      ['a = 0', '2 states'],
      ['a = 1', '2 states'],
      ['a = 2', '2 states'],
    ])
    expect(bundles.map(({ from, to, texts }) => [from, to, ...texts])).toEqual([
      [0, 1, 'Up'],
      [1, 2, 'Up'],
    ])
  })
})

/** A replay takes each step once: an effect that tells of itself is heard once a step. */
import { afterAll, expect, it } from 'vitest'
import { cli, folderWith } from '../testing/under-test.ts'

const { path, remove } = folderWith({
  'm.mjs': `
import { actionsOn, always, eventsOf, model, monitorOn, range, record } from 'clustercheck'
const events = eventsOf(['a'], { heard: ({ n }) => ({ shape: 'mark', lane: 'a', text: String(n) }) })
const step = actionsOn()('Step', { guard: (s) => s.n < 3, effect: (d, _, emit) => { console.log('TAKEN'); d.n += 1; emit.heard({ n: d.n }) } })
export default model('Counter', {
  state: record({ n: range(0, 3) }), events, actions: [step],
  properties: [
    always('Low', { holds: (s) => s.n < 3 }),
    monitorOn()('Few', { memory: record({ k: range(0, 3) }), on: { heard: (m, { n }, judge) => { m.k = n; if (m.k > 2) judge.violated() } } }),
  ],
})
`,
})
afterAll(remove)

it('runs each effect once, for a property over states and for a monitor', async () => {
  const { stdout } = await cli(['check', 'm.mjs', '--json'], { cwd: path })
  const { verdicts } = JSON.parse(stdout).targets[0]
  expect(verdicts).toHaveLength(2)
  for (const { counterexample } of verdicts) {
    const { code, stdout, stderr } = await cli(['replay', counterexample.token], { cwd: path })
    expect(code).toBe(0)
    expect(stderr.match(/TAKEN/g)).toHaveLength(3)
    expect(stdout).toContain('n 2 -> 3')
  }
})

/** Tests of traces as JSON: the schema holds, and everything of the text form is there. */
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { REUSE, silentCluster, toyCaption, toyCluster, traceOf } from '../../testing/toy-traces.ts'
import { traceJson } from './trace-json.ts'
import { TRACE_SCHEMA } from './trace-schema.ts'

const valid = new Ajv({ strict: true, allErrors: true }).compile(TRACE_SCHEMA)
const replayed = { token: 'cc1:toy', changed: false, shows: true }

it('has the sentence, the events and the changes of each step', () => {
  const json = traceJson(traceOf(toyCluster, ...REUSE), toyCaption, replayed)
  expect(valid(json) ? [] : valid.errors).toEqual([])
  expect(JSON.parse(JSON.stringify(json))).toEqual(json)
  const { steps, sentence } = json as {
    sentence: string
    steps: { text: string; events: { text: string; clashes: boolean }[]; violated: string[] }[]
  }
  expect(sentence).not.toBe('')
  expect(steps.slice(1).map(({ text }) => text)).toEqual(REUSE)
  expect(steps.flatMap(({ events }) => events).some(({ clashes }) => clashes)).toBe(true)
  expect(steps.at(-1)!.violated).toEqual([toyCaption.label])
})

it('tells each change as the variable before and after', () => {
  const json = traceJson(traceOf(silentCluster, 'Crash(of: A)'), toyCaption, { ...replayed, shows: false })
  expect(valid(json) ? [] : valid.errors).toEqual([])
  expect(json).not.toHaveProperty('sentence')
  expect(json).toMatchObject({
    lanes: [],
    steps: [{ index: 0 }, { index: 1, action: 'Crash', choice: { of: 'A' }, events: [] }],
  })
  const { steps } = json as { steps: { changes: object[] }[] }
  expect(steps[1]!.changes).toContainEqual({ variable: 'member.A.down', before: 'false', after: 'true' })
})

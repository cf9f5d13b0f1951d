/** How `init --cluster` asks: choices by arrow keys, the usual answer, and again until the answer is one. */
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { QUESTIONS } from '../targets/cluster-questions.ts'
import { ask } from './init-cluster.ts'

const questionOf = (id: string) => QUESTIONS.find((one) => one.id === id)!
const [DOWN, ENTER, CTRL_C] = ['\u001b[B', '\r', '\u0003']

/** What is asked and answered when somebody presses these keys, one after the other. */
const asking = async (id: string, ...keys: readonly string[]) => {
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  output.on('data', (chunk) => {
    shown += chunk
  })
  const answer = ask(questionOf(id), { input, output })
  // A key is pressed when the question stands there.
  await new Promise((resolve) => output.once('data', resolve))
  for (const key of keys) input.write(key)
  return { answer: await answer, shown: shown.replace(/\s+/g, ' ') }
}

describe('a question', () => {
  it.each([
    ['peer', [DOWN, ENTER], 'strict-address'],
    ['peer', [DOWN, DOWN, ENTER], 'follows-address'],
    ['peer', [ENTER], 'by-the-book'],
    ['window', [' 128 ', ENTER], '128'],
    ['window', [ENTER], '64'],
    ['window', [CTRL_C], undefined],
    ['peer', [CTRL_C], undefined],
  ])('of %s that is answered by %j comes to %s', async (id, keys, answer) => {
    expect((await asking(id, ...keys)).answer).toBe(answer)
  })

  it('is asked again, with what was possible, until the answer is one', async () => {
    const { answer, shown } = await asking('loses', 'many', ENTER, ...Array(4).fill('\u007f'), '2', ENTER)
    expect(answer).toBe('2')
    expect(shown).toContain('Expected ')
  })

  it('names its section and its choices', async () => {
    const { shown } = await asking('peer', ENTER)
    expect(shown).toContain('What are its peers like? (RFC 7296 section 2)')
    expect(shown).toContain('strict-address they drop IKE')
  })
})

/** How `init --cluster` asks: choices by name or number, the usual answer, and again until the answer is one. */
import { describe, expect, it } from 'vitest'
import { QUESTIONS } from '../targets/cluster-questions.ts'
import { ask } from './init-cluster.ts'

const questionOf = (id: string) => QUESTIONS.find((one) => one.id === id)!
/** What is asked and answered when somebody types these lines. */
const asking = async (id: string, ...lines: readonly string[]) => {
  const shown: string[] = []
  const answer = await ask(
    questionOf(id),
    async (text) => {
      shown.push(text)
      return lines[shown.length - 1]!
    },
    80,
  )
  return { answer, shown }
}

describe('a question', () => {
  it.each([
    ['peer', 'strict-address', 'strict-address'],
    ['peer', '3', 'follows-address'],
    ['peer', '', 'by-the-book'],
    ['window', ' 128 ', '128'],
    ['window', '', '64'],
  ])('of %s that is answered by "%s" comes to %s', async (id, line, answer) => {
    expect((await asking(id, line)).answer).toBe(answer)
  })

  it('is asked again, with what was possible, until the answer is one', async () => {
    const { answer, shown } = await asking('peer', '7', 'strict', '2')
    expect(answer).toBe('strict-address')
    expect(shown[1]).toMatch(/^Expected one of by-the-book, strict-address, .*\.\n\[by-the-book\] $/)
    expect(shown[2]).toBe(shown[1])
    expect((await asking('loses', 'many', '2')).answer).toBe('2')
  })

  it('names its section and its choices within the width', async () => {
    const [text = ''] = (await asking('peer', '')).shown
    expect(text).toContain('What are its peers like? (RFC 7296 section 2)')
    expect(text).toMatch(/^ {2}2 {2}strict-address +they drop IKE/m)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})

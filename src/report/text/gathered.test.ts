/** Tests of paths gathered into few words. */
import { expect, it } from 'vitest'
import { gathered } from './gathered.ts'

const ALL = ['member.A.up', 'member.A.sent', 'member.B.up', 'member.B.sent', 'spent.crashes', 'cut']

it.each<readonly [meant: readonly string[], text: string]>([
  [[], ''],
  [['cut'], 'cut'],
  [['member.A.up'], 'member.A.up'],
  [['member.A.up', 'member.B.up'], 'member.A/B.up'],
  [['member.A.up', 'member.A.sent'], 'member.A'],
  [['member.A.up', 'member.A.sent', 'member.B.sent'], 'member.{A, B.sent}'],
  [['member.A.up', 'member.B.sent', 'cut'], 'member.{A.up, B.sent}, cut'],
  [ALL, 'member, spent, cut'],
])('%j is "%s"', (meant, text) => {
  expect(gathered(ALL, meant)).toBe(text)
})

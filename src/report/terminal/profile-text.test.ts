/** Tests of a profile as text. */
import { describe, expect, it } from 'vitest'
import type { Profile } from '../../search/engine/profile.ts'
import { profileTexts } from './profile-text.ts'

const PROFILE: Profile = {
  states: 4_096,
  actions: [
    { action: 'Crash', tries: 8_192, taken: 3, fresh: 2, time: 0.1 },
    { action: 'Send', tries: 4_096, taken: 4_000, fresh: 3_999, time: 0.6504 },
    { action: 'Never', tries: 4_096, taken: 0, fresh: 0, time: 0 },
  ],
  storing: 0.2496,
  variables: [
    { path: 'member.A.up', values: 2, bits: 0.02 },
    { path: 'member.A.spare', values: 1, bits: 0 },
    { path: 'member.B.spare', values: 1, bits: 0 },
    { path: 'network', values: 1_234, bits: 9.876 },
    { path: 'member.B.up', values: 2, bits: 1 },
  ],
}
const textOf = (profile: Profile, columns: number): string =>
  profileTexts('all', profile, columns)
    .map((lines) => lines.join('\n'))
    .join('\n\n')

describe('a profile', () => {
  it('begins with what costs most and what varies most, in 80 columns', () => {
    expect(textOf(PROFILE, 80)).toBe(`Profile of the search all: 4,096 states expanded by one thread.

action  taken  new states  tries each   time
Send    4,000       3,999         1.0  65.0%
Crash       3           2       2,731  10.0%
Never       0           0       never   0.0%
The rest of the time goes into looking states up, and judging and storing new
ones: 25.0%.

variable     values  bits
network       1,234  9.88
member.B.up       2  1.00

At most 0.10 bits each: member.A.up.
Never change: member.A/B.spare.
It takes 12.00 bits to tell the states apart; the variables, each taken alone,
  have 10.90.`)
  })

  it('has no line wider than there are columns', () => {
    const variables = Array.from({ length: 90 }, (_, i) => ({
      path: `member.A.field${i}`,
      values: 2 + (i % 40),
      bits: i / 30,
    }))
    for (const columns of [80, 120]) {
      const lines = textOf({ ...PROFILE, variables }, columns).split('\n')
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns)
      expect(lines.filter((line) => /^member\.A\.field\d+ +\d+ {2}\d\.\d\d$/.test(line))).toHaveLength(24)
    }
  })

  it('goes by successors where nothing was timed', () => {
    const { storing: _, ...untimed } = PROFILE
    const actions = PROFILE.actions.map(({ time: _, ...action }) => action)
    const text = textOf({ ...untimed, actions }, 80)
    expect(text).toContain('Send    4,000       3,999         1.0\nCrash       3 ')
    expect(text).toContain('\nToo few states to time actions.\n')
  })
})

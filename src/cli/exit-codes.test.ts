/** Tests of exit codes: a number for each conclusion, the same that the help of the program tells. */
import { describe, expect, it } from 'vitest'
import { EXIT, exitOf } from './process/exit-codes.ts'
import { programOf } from './program.ts'

describe('exit codes', () => {
  it('follow from what a run came to', () => {
    expect((['expected', 'unexpected', 'cut'] as const).map(exitOf)).toEqual([0, 1, 4])
  })

  it('are all told by --help', () => {
    let help = ''
    const terminal = {
      columns: 120,
      outIsTerminal: false,
      live: false,
      out: (text: string | Uint8Array) => {
        help += text
      },
      painted: () => {},
      err: () => {},
      line: () => {},
    }
    expect(() =>
      programOf(
        () => '1',
        terminal,
        undefined,
        () => {},
      ).parse(['--help'], { from: 'user' }),
    ).toThrow()
    for (const code of Object.values(EXIT)) expect(help).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'))
  })
})

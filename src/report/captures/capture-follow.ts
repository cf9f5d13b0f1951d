/** What is found in a capture while it is still read: a line for each finding and note, as it comes. */
import type { SoFar } from '../../capture/judge.ts'
import { folded } from '../text/columns.ts'
import { findingText, takeoverHeading } from './capture-text.ts'

/** Takes what is known so far, and writes what is new since the last time. */
export const following = (write: (text: string) => void, columns: number): ((soFar: SoFar) => void) => {
  const told = new Set<object | string>()
  return ({ findings, notes, takeovers, cluster, start }) => {
    const fresh = [
      ...findings
        .filter((finding) => !told.has(finding) && finding.certainty !== 'dismissed')
        .map((finding) => ({
          it: finding as object | string,
          at: finding.first,
          text: `${finding.label} ${findingText({ ...finding, count: 1 })}`,
        })),
      ...notes
        .filter((note) => !told.has(note))
        .map((note) => ({ it: note as object | string, at: note, text: `note: ${note.text}` })),
      // They are made anew each time: what they begin with names them.
      ...takeovers
        .map((takeover) => ({
          it: `${takeover.address} ${takeover.signs[0]!.frame}`,
          at: takeover.signs[0]!,
          text: takeoverHeading(takeover, cluster),
        }))
        .filter(({ it }) => !told.has(it)),
    ].sort((a, b) => a.at.frame - b.at.frame)
    for (const { it, at, text } of fresh) {
      told.add(it)
      const line = `${(at.time - start).toFixed(3)} s  frame ${at.frame}  ${text}`
      write(`${folded(line, columns, '    ').join('\n')}\n`)
    }
  }
}

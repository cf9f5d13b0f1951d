/** What is found in a capture while it is still read: a line for each finding and note, as it comes. */
import type { SoFar } from '../../capture/judge.ts'
import { folded } from '../text/columns.ts'
import { findingText } from './capture-text.ts'

/** Takes what is known so far, and writes what is new since the last time. */
export const following = (write: (text: string) => void, columns: number): ((soFar: SoFar) => void) => {
  const told = new Set<object>()
  return ({ findings, notes, start }) => {
    const fresh = [
      ...findings
        .filter((finding) => !told.has(finding) && finding.certainty !== 'dismissed')
        .map((finding) => ({
          it: finding as object,
          at: finding.first,
          text: `${finding.label} ${findingText({ ...finding, count: 1 })}`,
        })),
      ...notes
        .filter((note) => !told.has(note))
        .map((note) => ({ it: note as object, at: note, text: `note: ${note.text}` })),
    ].sort((a, b) => a.at.frame - b.at.frame)
    for (const { it, at, text } of fresh) {
      told.add(it)
      const line = `${(at.time - start).toFixed(3)} s  frame ${at.frame}  ${text}`
      write(`${folded(line, columns, '    ').join('\n')}\n`)
    }
  }
}

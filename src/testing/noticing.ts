/**
 * Whether a comparison notices that a piece of program text is broken. It does when its two sides disagree, or when
 * the broken program finds itself at fault. A text that does not parse, or a program that crashes, shows nothing about
 * the comparison, so neither counts.
 */
import { describe, expect, test } from 'vitest'

/** A piece of the text and what stands in its place, every time it occurs. */
export type Row = readonly [title: string, piece: string | RegExp, broken: string]

/** What changes a text. */
export type Rewrite = (text: string) => string

/** The sentences in which the run of a broken program over one of the models disagrees with what is true of it. */
export type Compare = (model: number, rewrite: Rewrite) => Promise<readonly string[]>

/** What the first model that notices says; runs the broken program on one after the other, throws when none notices. */
export const noticed = async (
  [title, piece, broken]: Row,
  models: number,
  compare: Compare,
): Promise<readonly string[]> => {
  let found = false
  let unparsable: unknown
  const crashes: string[] = []
  const rewrite: Rewrite = (text) => {
    const rewritten = text.replaceAll(typeof piece === 'string' ? piece : new RegExp(piece, 'g'), broken)
    if (rewritten === text) return text
    found = true
    try {
      new Function(rewritten)
    } catch (cause) {
      unparsable = cause
    }
    return rewritten
  }
  for (let i = 0; i < models; i++) {
    const sentences = await compare(i, rewrite).catch((thrown: unknown) => {
      if (ownFault(thrown)) return [thrown.message]
      crashes.push(String(thrown))
      return []
    })
    if (unparsable) throw new Error(`what the row '${title}' leaves does not parse: ${unparsable}`)
    if (sentences.length > 0) return sentences
  }
  if (!found) throw new Error(`no program contains what the row '${title}' breaks`)
  const also = crashes.length === 0 ? '' : `; ${crashes.length} crash, the first with ${crashes[0]}`
  throw new Error(`none of ${models} models notices that ${title}${also}`)
}

/** Whether a program has found a fault of its own; what JavaScript throws by itself, wrapped or not, is a crash. */
const ownFault = (thrown: unknown): thrown is Error =>
  thrown instanceof Error &&
  (thrown.name === 'Error' || thrown.name === 'ModelFault') &&
  !/^.* failed: /.test(thrown.message)

/** A test for each row: that it is noticed. */
export const testRows = (
  title: string,
  rows: readonly Row[],
  { models, compare }: { readonly models: () => number; readonly compare: Compare },
): void => {
  describe(title, () => {
    test.for(rows)('notices that %s', async (row) => {
      expect((await noticed(row, models(), compare)).length).toBeGreaterThan(0)
    })
  })
}

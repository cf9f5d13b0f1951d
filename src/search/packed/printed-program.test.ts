/** The printed program: what is printed is what runs, in parts that the page about it walks through. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import dieHard from '../../examples/die-hard.ts'
import { packedEngine } from './packed-engine.ts'
import { printedProgram } from './printed-program.ts'

const HEADING = /^ *\/\*\* == ([A-Z ]+) == \S.*\. \*\/$/

test('is the program that runs, formatted', async () => {
  let ran = ''
  packedEngine(dieHard, { exact: 'free', rewrite: (text) => (ran = text) }).close()
  const printed = await printedProgram(dieHard, { exact: 'free' })
  expect(() => new Function(printed)).not.toThrow()
  const functions = (text: string): readonly string[] => text.match(/\bfunction \w+/g)!
  expect(functions(printed)).toEqual(['function program', ...functions(ran)])
  // Comments are kept, and each explains what follows.
  const comments = (text: string): number => text.match(/\/\*\*|^ *\/\/ /gm)!.length
  expect(comments(printed)).toBe(comments(ran))
})

test('has the parts that the documentation walks through, in their order', async () => {
  const printed = await printedProgram(dieHard, { exact: 'free' })
  const parts = printed.split('\n').flatMap((line) => HEADING.exec(line)?.[1] ?? [])
  const page = readFileSync(join(import.meta.dirname, '../../../docs/internals/program.md'), 'utf8')
  const walked = [...page.matchAll(/^## ([A-Z ]+) \(/gm)].map(([, name]) => name)
  expect(parts).toEqual(walked)
})

test('shows what an option changes', async () => {
  const plain = await printedProgram(dieHard, { exact: 'free' })
  expect(await printedProgram(dieHard, { exact: 'free', profile: true })).not.toBe(plain)
})

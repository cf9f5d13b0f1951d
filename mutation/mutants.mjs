/** The mutants of files, as Stryker would make them. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import { createInjector } from 'typed-inject'
import { ROOT } from './places.mjs'

const SILENT = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false }

/** Names a mutant by where it is and what it puts there; lines and columns begin with 1 as in a report. */
export const keyOf = ({ fileName, location: { start, end }, mutatorName, replacement }) =>
  `${relative(ROOT, fileName)}:${start.line}:${start.column}-${end.line}:${end.column} ${mutatorName} ${replacement}`

/** Stryker counts from 0 before a report is made. */
export const fromOne = (mutant) => {
  const { start, end } = mutant.location
  const next = ({ line, column }) => ({ line: line + 1, column: column + 1 })
  return { ...mutant, location: { start: next(start), end: next(end) } }
}

const textAt = (lines, { start, end }) => {
  const part = lines.slice(start.line - 1, end.line)
  part[part.length - 1] = part.at(-1).slice(0, end.column - 1)
  part[0] = part[0].slice(start.column - 1)
  return part.join('\n')
}

/** `file`, `location`, `mutatorName`, `original`, `replacement` and `key` of each. */
export const mutantsOf = async (files) => {
  const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]))
  const instrumenter = createInjector().provideValue('logger', SILENT).injectFunction(createInstrumenter)
  const { mutants } = await instrumenter.instrument(
    files.map((file) => ({ name: join(ROOT, file), mutate: true, content: texts.get(file) })),
    { ignorers: [], excludedMutations: [], plugins: null },
  )
  return mutants.map(fromOne).map((mutant) => {
    const file = relative(ROOT, mutant.fileName)
    return {
      file,
      location: mutant.location,
      mutatorName: mutant.mutatorName,
      original: textAt(texts.get(file).split('\n'), mutant.location),
      replacement: mutant.replacement,
      key: keyOf(mutant),
    }
  })
}

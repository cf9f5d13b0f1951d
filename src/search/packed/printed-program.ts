/** The generated program of a search as a text for people: what runs, formatted, with its comments. */
import type { Model } from '../../modelling/model.ts'
import { packedEngine } from './packed-engine.ts'
import type { ProgramOptions } from './program.ts'

/** The program that searches a model in one thread. Throws `ModelFault` where the model cannot be searched. */
export const printedProgram = async (
  model: Model,
  options: Pick<ProgramOptions, 'exact' | 'symmetry' | 'profile'>,
): Promise<string> => {
  let text = ''
  const rewrite = (whole: string): string => {
    text = whole
    return whole
  }
  packedEngine(model, { ...options, rewrite }).close()
  const { transform } = await import('esbuild')
  // Of comments the formatter keeps those that are marked as legal ones.
  const marked = text.replaceAll('/**', '/*!').replaceAll(/^( *)\/\/ /gm, '$1//! ')
  const { code } = await transform(`function program($given) {${marked}}`, { legalComments: 'inline' })
  return code
    .replaceAll('/*!', '/**')
    .replaceAll(/^( *)\/\/! /gm, '$1// ')
    .replaceAll(/^( *\/\*\* == )/gm, '\n$1')
}

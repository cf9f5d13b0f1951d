/** The search of a target that a command line names. */
import type { Focus } from '../../search/suite.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'

/** The search `name`, which may be absent where there is one only. Throws `UsageError`. */
export const focusOf = (target: string, focuses: readonly Focus[], name: string | undefined): Focus => {
  const names = focuses.map((focus) => focus.name)
  if (name === undefined && focuses.length > 1)
    throw new UsageError({
      problem: `${target} has ${focuses.length} searches: ${names.join(', ')}.`,
      hint: `choose one, such as --search ${names[0]}`,
    })
  const found = name === undefined ? focuses[0] : focuses.find((focus) => focus.name === name)
  if (!found) throw unknownName(`search of ${target}`, name ?? '', names)
  return found
}

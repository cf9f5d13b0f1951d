/** What `explain` says of an extension: its parameters with their values, its searches, and its claims; nothing is searched. */
import type { Extension } from '../../../model/extending/extension.ts'
import { folded, tabledWithin } from '../../report/text/columns.ts'

/** The lines about an extension. */
export const extensionLines = (extension: Extension, columns: number): readonly string[] => {
  const { name, about, source, negotiation, parameters, schemes, searches, claims, contains = [] } = extension
  const section = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
    rows.length === 0
      ? []
      : ['', title, ...tabledWithin(rows, '<<<<', columns - 2).map((line) => `  ${line}`)]
  return [
    name,
    ...folded(about, columns),
    '',
    ...tabledWithin(
      [
        ['Source', source],
        [
          'Used',
          negotiation === 'both' ? 'where both ends support it' : 'by the members; the peer need not know',
        ],
        ['Schemes', schemes.join(', ')],
        ...(contains.length === 0 ? [] : [['Contains', contains.join(', ')]]),
      ],
      '<<',
      columns,
    ),
    ...section(
      'Parameters, the default first',
      Object.entries(parameters).map(([parameter, values]) => [parameter, values.join(', ')]),
    ),
    ...section(
      'Searches',
      searches.map((search) =>
        typeof search === 'string' ? [search, 'of the matrix'] : [search.name, search.about],
      ),
    ),
    ...section(
      'Claims',
      claims.map(({ property, claim, searches, schemes, source }) => [
        claim,
        property,
        [...(schemes ?? []), ...(searches ?? [])].join(', ') || 'everywhere',
        source ?? '',
      ]),
    ),
  ]
}

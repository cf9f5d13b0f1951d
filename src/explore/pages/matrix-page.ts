/** The pages of a matrix: a table that leads to the page of each violated cell, and back. */
import type { JudgedProperty, JudgedSuite } from '../../report/results/judged-suite.ts'
import { keptTables } from '../../report/results/kept-tables.ts'
import { insightOf } from '../../report/trace/insight.ts'
import type { Matrix } from '../../search/suite.ts'
import { groupsOf, judgedCell, propertyAbout } from '../matrix-of.ts'
import type { PageData } from '../page-data.ts'
import { tracePage } from './trace-page.ts'

const INDEX = 'index.html'

/** Makes the pages by their names; `nameOf` gives the file name of a cell without extension. */
export const matrixPages = (
  version: string,
  suites: readonly JudgedSuite[],
  { groups, ...kept }: Pick<Matrix, 'groups' | 'availability' | 'comparisons'>,
  nameOf: (target: string, label: string) => string,
): readonly { readonly name: string; readonly title: string; readonly data: PageData }[] => {
  const cells = suites.flatMap(({ target, properties }) =>
    properties.filter(isShown).map((property) => ({ target, property, label: property.verdict.label })),
  )
  const fileOf = (target: string, label: string): string => `${nameOf(target, label)}.html`
  const pages = cells.map(({ target, label, property: { shown } }, i) => {
    const link = (text: string, cell: (typeof cells)[number] | undefined) =>
      cell === undefined
        ? []
        : [{ text: `${text}: ${cell.target}, ${cell.label}`, href: fileOf(cell.target, cell.label) }]
    const links = [
      { text: 'The matrix', href: INDEX },
      ...link('Before', cells[i - 1]),
      ...link('Next', cells[i + 1]),
    ]
    return {
      name: fileOf(target, label),
      title: `${label}, ${target}`,
      data: tracePage(version, shown!.trace, shown!.caption, links),
    }
  })
  const verdicts = suites.flatMap((suite) => suite.properties.map(({ verdict }) => verdict))
  const properties = [...new Map(verdicts.map((one) => [one.label, one])).values()].map((one) =>
    propertyAbout(one.label, one.property ?? one),
  )
  const matrix = {
    scope: '',
    groups: groupsOf(
      groups,
      properties.map(({ label }) => label),
    ),
    properties,
    kept: keptTables(
      suites.map(({ target }) => target),
      kept,
    ),
    rows: suites.map(({ target, properties: own, outcome }) => ({
      target,
      about: outcome.suite.about,
      cells: own.map((property) => ({
        ...judgedCell(property),
        differs: !property.asDeclared,
        note: noteOf(property),
        ...(isShown(property) && { href: fileOf(target, property.verdict.label) }),
      })),
    })),
  }
  return [{ name: INDEX, title: 'The matrix', data: { matrix } }, ...pages]
}

const isShown = ({ verdict, shown }: JudgedProperty): boolean =>
  verdict.verdict === 'violated' && shown !== undefined

const noteOf = ({ verdict: { states, verdict }, shown }: JudgedProperty): string =>
  verdict === 'violated' && shown ? insightOf(shown.trace, shown.caption).sentence.text : `${states} states.`

/** The pages of a matrix: a table that leads to the page of each violated cell, and back. */
import { labelOf } from '../../modelling/property.ts'
import type { Group, Matrix } from '../../search/suite.ts'
import { xmlText } from '../pictures/render.ts'
import {
  AVAILABILITY_COLUMNS,
  AVAILABILITY_TITLE,
  availabilityRows,
} from '../results/availability-columns.ts'
import type { JudgedProperty, JudgedSuite } from '../results/judged-suite.ts'
import { numberText } from '../text/columns.ts'
import { insightOf } from '../trace/insight.ts'
import { pageText, tracePage } from './trace-page.ts'

/** A page by its file name. */
export interface Page {
  readonly name: string
  readonly content: string
}

const INDEX = 'index.html'

/** Makes the pages; `nameOf` gives the file name of a cell without extension, `mark` is the first line of the table's. */
export const matrixPages = async (
  suites: readonly JudgedSuite[],
  { groups, availability }: Pick<Matrix, 'groups' | 'availability'>,
  nameOf: (target: string, label: string) => string,
  mark: string,
): Promise<readonly Page[]> => {
  const pages: Page[] = []
  const cells = suites.flatMap(({ target, properties }) =>
    properties.flatMap((property) => (isShown(property) ? [{ target, property }] : [])),
  )
  for (const [i, { target, property }] of cells.entries()) {
    const link = (text: string, cell: (typeof cells)[number] | undefined) =>
      cell === undefined
        ? []
        : [
            {
              text: `${text}: ${cell.target}, ${cell.property.verdict.label}`,
              href: `${nameOf(cell.target, cell.property.verdict.label)}.html`,
            },
          ]
    const { trace, caption } = property.shown!
    const links = [
      { text: 'The matrix', href: `${INDEX}#${nameOf(target, '')}` },
      ...link('Before', cells[i - 1]),
      ...link('Next', cells[i + 1]),
    ]
    pages.push({
      name: `${nameOf(target, property.verdict.label)}.html`,
      content: await tracePage(trace, caption, { links }),
    })
  }
  return [{ name: INDEX, content: `${mark}\n${indexPage(suites, groups, availability, nameOf)}` }, ...pages]
}

const isShown = ({ verdict, shown }: JudgedProperty): boolean =>
  verdict.verdict === 'violated' && shown !== undefined

const indexPage = (
  suites: readonly JudgedSuite[],
  groups: readonly Group[],
  availability: Matrix['availability'],
  nameOf: (target: string, label: string) => string,
): string => {
  const named = groups.flatMap(({ labels }) => labels)
  const all = [...new Set(suites.flatMap(({ properties }) => properties.map(({ verdict }) => verdict.label)))]
  const rest = all.filter((label) => !named.includes(label))
  const tables = [...groups, ...(rest.length > 0 ? [{ title: 'Other', labels: rest }] : [])]
  /** The first row of a scheme is where its traces lead back to. */
  const anchored = new Set<string>()
  const anchorOf = (target: string): string => {
    if (anchored.has(target)) return ''
    anchored.add(target)
    return ` id="${xmlText(nameOf(target, ''))}"`
  }
  const table = ({ title, labels }: Group): string => {
    const used = labels.filter((label) => all.includes(label))
    if (used.length === 0) return ''
    const head = used.map(
      (label) => `<th scope="col" title="${xmlText(sentenceOf(suites, label))}">${xmlText(label)}</th>`,
    )
    const rows = suites
      .filter(({ properties }) => properties.some(({ verdict }) => used.includes(verdict.label)))
      .map(({ target, properties, outcome }) => {
        const cells = used.map((label) =>
          cellText(
            target,
            properties.find(({ verdict }) => verdict.label === label),
            nameOf,
          ),
        )
        return `<tr><th scope="row"${anchorOf(target)} title="${xmlText(outcome.suite.about)}">${xmlText(target)}</th>${cells.join('')}</tr>`
      })
    return `<h2>${xmlText(title)}</h2>\n<div class="scroll matrix" tabindex="0" role="region" aria-label="${xmlText(title)}"><table class="matrix"><thead><tr><th scope="col">scheme</th>${head.join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`
  }
  return pageText(
    'The matrix',
    `<h1>Every scheme against every property</h1>
<p class="quiet">A cell says how many steps the shortest counterexample has, and leads to it; or in how many states the property holds.
A framed cell is not as declared. Rest a pointer on a head to read what it means.</p>
${[...tables.map(table), availabilityTable(suites, availability)].join('\n')}`,
    { kind: 'good' },
  )
}

/** What is kept of availabilities: numbers that no search of this run found. */
const availabilityTable = (suites: readonly JudgedSuite[], kept: Matrix['availability']): string => {
  const rows = availabilityRows(
    suites.map(({ target }) => target),
    kept,
  )
  if (rows.length === 0) return ''
  const head = AVAILABILITY_COLUMNS.map(
    ({ label, sentence }) => `<th scope="col" title="${xmlText(sentence)}">${xmlText(label)}</th>`,
  )
  const body = rows.map(
    ({ target, cells }) =>
      `<tr><th scope="row">${xmlText(target)}</th>${cells.map((cell) => `<td class="measured">${xmlText(cell)}</td>`).join('')}</tr>`,
  )
  return `<h2>${xmlText(AVAILABILITY_TITLE)}</h2>\n<div class="scroll matrix" tabindex="0" role="region" aria-label="${xmlText(AVAILABILITY_TITLE)}"><table class="matrix"><thead><tr><th scope="col">scheme</th>${head.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`
}

const sentenceOf = (suites: readonly JudgedSuite[], label: string): string => {
  for (const { properties } of suites)
    for (const { verdict } of properties)
      if (verdict.property && labelOf(verdict.property) === label)
        return verdict.property.sentence ?? verdict.name
  return label
}

const cellText = (
  target: string,
  property: JudgedProperty | undefined,
  nameOf: (target: string, label: string) => string,
): string => {
  if (!property) return '<td class="quiet">n/a</td>'
  const { verdict, shown, asDeclared } = property
  const kind = `${verdict.verdict}${asDeclared ? '' : ' differs'}`
  if (isShown(property)) {
    const { trace, caption } = shown!
    const sentence = insightOf(trace, caption).sentence.text
    const href = `${nameOf(target, verdict.label)}.html`
    return `<td class="${kind}"><a href="${xmlText(href)}" title="${xmlText(sentence)}">violated, ${trace.steps.length - 1}</a></td>`
  }
  const text = verdict.verdict === 'measured' ? numberText(verdict.value!) : verdict.verdict
  const states = verdict.verdict === 'holds' ? ` title="${verdict.states} states"` : ''
  return `<td class="${kind}"${states}>${text}</td>`
}

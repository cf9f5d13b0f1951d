/** Spaces of designs as a page: conditions, what to choose, and the pictures. */
import type { DesignJson } from '../../report/design/json.ts'
import { holdsText, policiesText, priceText } from '../../report/design/text.ts'
import type { Block, ReportView } from '../report-view.ts'

/** A space, and what stands in the folder beside the page. */
export interface DesignSpace {
  readonly space: DesignJson
  readonly picture: string
  readonly svg: string
  /** The files of the recommended designs, in their order. */
  readonly files: readonly string[]
}

export const designPage = (spaces: readonly DesignSpace[]): ReportView => ({
  title: 'Designs',
  good: true,
  blocks: spaces.map(spaceBlock),
})

const spaceBlock = ({ space, picture, svg, files }: DesignSpace): Block => {
  const { name, about, designs, searches, conditions, front } = space
  const cell = (text: string) => ({ lines: [text] })
  return {
    kind: 'section',
    title: name,
    blocks: [
      { kind: 'text', text: `${about} ${designs} designs, ${searches.different} different searches.` },
      {
        kind: 'table',
        name: `Where the properties hold in ${name}`,
        head: ['property', 'designs in which it holds'],
        rows: conditions.map((one) => [cell(one.label), cell(holdsText(one))]),
      },
      {
        kind: 'table',
        name: `Recommended designs of ${name}`,
        head: ['', 'design', 'prices', 'not satisfied', 'file'],
        rows: front.map(({ policies, prices, missed }, i) => [
          cell(String(i + 1)),
          cell(policiesText(policies)),
          cell(prices.map(priceText).join(', ')),
          cell(missed.join(', ')),
          { lines: [files[i]!], href: files[i]! },
        ]),
      },
      { kind: 'picture', name: `The designs of ${name}`, svg: picture, file: svg },
    ],
  }
}

/** Spaces of designs as one page: conditions, what to choose, and the pictures. */
import { xmlText } from '../pictures/render.ts'
import type { DesignJson } from './json.ts'
import { holdsText, policiesText, priceText } from './text.ts'

/** What stands in the folder beside the page. */
export interface Beside {
  readonly svg: string
  /** The files of the recommended designs, in their order. */
  readonly files: readonly string[]
}

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #cdd5e0;padding:.3rem .6rem;text-align:left;vertical-align:top}
th{background:#eef2f7}code{font-size:.92em}svg{max-width:100%;height:auto}`

/** Writes the page. `mark`: its first line. */
export const designPage = (
  mark: string,
  spaces: readonly { readonly space: DesignJson; readonly picture: string; readonly beside: Beside }[],
): string =>
  [
    mark,
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>Designs</title>',
    `<style>${STYLE}</style></head><body>`,
    '<h1>Designs</h1>',
    ...spaces.flatMap(({ space, picture, beside }) => spaceParts(space, picture, beside)),
    '</body></html>',
    '',
  ].join('\n')

const spaceParts = (space: DesignJson, picture: string, { svg, files }: Beside): readonly string[] => [
  `<h2>${xmlText(space.name)}</h2>`,
  `<p>${xmlText(space.about)} ${space.designs} designs, ${space.searches.different} different searches.</p>`,
  '<table><tr><th>property</th><th>designs in which it holds</th></tr>',
  ...space.conditions.map(
    (one) => `<tr><td>${xmlText(one.label)}</td><td>${xmlText(holdsText(one))}</td></tr>`,
  ),
  '</table>',
  '<table><tr><th></th><th>design</th><th>prices</th><th>not satisfied</th><th>file</th></tr>',
  ...space.front.map(({ policies, prices, missed }, i) =>
    [
      `<tr><td>${i + 1}</td><td>${xmlText(policiesText(policies))}</td>`,
      `<td>${xmlText(prices.map(priceText).join(', '))}</td><td>${xmlText(missed.join(', '))}</td>`,
      `<td><a href="${files[i]}">${files[i]}</a></td></tr>`,
    ].join(''),
  ),
  '</table>',
  picture,
  `<p><a href="${svg}">The picture as a file.</a></p>`,
]

/** The page of the explorer as text: its program and style come from a server, or stand in it beside what it shows. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PageData } from '../../explore/page-data.ts'
import { xmlText } from '../../report/pictures/render.ts'

/** The folder in which the build puts the program and the style. */
const BUILT = new URL('../../explore/view/', import.meta.url)

/** The program or the style of the page, as the build made them. */
export const viewFile = (name: 'app.mjs' | 'app.css', folder = BUILT): string =>
  readFileSync(new URL(name, folder), 'utf8')

const shell = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${xmlText(title)}</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript.</noscript>
${body}
</body>
</html>
`

/** The page that a server gives. */
export const SERVED = shell(
  'clustercheck',
  '<link rel="stylesheet" href="app.css">',
  '<script src="app.mjs" type="module"></script>',
)

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** JSON that cannot end the element it stands in, and in which no character acts. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A page in one file that needs no server and no network; `mark`: its first line. */
export const pageText = (title: string, data: PageData, { mark = '', folder = BUILT } = {}): string => {
  const program = viewFile('app.mjs', folder).replaceAll('</script', '<\\/script')
  const style = viewFile('app.css', folder)
  const policy = `default-src 'none'; script-src ${hashOf(program)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`
  return `${mark === '' ? '' : `${mark}\n`}${shell(
    title,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>${style}</style>`,
    `<script id="page" type="application/json">${jsonText(data)}</script>\n<script type="module">${program}</script>`,
  )}`
}

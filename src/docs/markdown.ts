/** Words of the program as Markdown that GitHub and the site show alike. */

/** Plain text: nothing in it is taken for markup, and the site does not take it for a template. */
export const plain = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '&#123;&#123;')
    .replace(/[\\|*_[\]`]/g, '\\$&')

/** Text shown as it is; also in a table. */
export const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

/** A table; the cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
]

/** Text shown as it is, in lines of its own. */
export const block = (language: string, text: string): readonly string[] => [
  `\`\`\`${language}`,
  ...text.trimEnd().split('\n'),
  '```',
]

/** A page: its path from the root of the repository, and its whole text. */
export interface Page {
  readonly path: string
  readonly text: string
}

const MARK = '<!-- Written by `npm run docs:generate`: change the program, not this page. -->'

/** A page with its title. */
export const pageOf = (path: string, title: string, lines: readonly string[]): Page => ({
  path,
  text: `${[MARK, '', `# ${title}`, '', ...lines].join('\n').trimEnd()}\n`,
})

/** The documentation: links lead somewhere, and the README stays short. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'model/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => join('docs', path)),
]
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

/** The name of a heading as GitHub and the site link to it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!))

/** Text without what is shown as it is. */
const prose = (text: string): string =>
  text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').replace(/`[^`\n]*`/g, '')

const linksOf = (page: string): readonly string[] =>
  [...prose(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)

/** Where a link of a page leads to nothing; undefined if it leads somewhere. */
const deadEnd = (page: string, link: string): string | undefined => {
  if (/^https?:/.test(link)) return undefined
  const [path, anchor] = link.split('#') as [string, string?]
  const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path))
  if (!existsSync(join(ROOT, target))) return `${link}: no such file`
  if (anchor !== undefined && !anchorsOf(target).includes(anchor)) return `${link}: no such heading`
  return undefined
}

describe('the documentation', () => {
  it('has pages, with links', () => {
    expect(pages.length).toBeGreaterThan(20)
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(60)
  })

  it.each(pages)('%s has links that lead somewhere', (page) => {
    expect(linksOf(page).flatMap((link) => deadEnd(page, link) ?? [])).toEqual([])
  })

  it('notices a link that leads nowhere', () => {
    expect(deadEnd('README.md', 'docs/nothing.md')).toBe('docs/nothing.md: no such file')
    expect(deadEnd('README.md', '#nothing')).toBe('#nothing: no such heading')
    expect(deadEnd('docs/guides/ci.md', '../../README.md#in-ci')).toBeUndefined()
  })

  it('is reached from the README, page by page', () => {
    const reached = new Set(['README.md'])
    for (const page of reached)
      if (page.endsWith('.md'))
        for (const link of linksOf(page)) {
          const path = link.split('#')[0]!
          if (!/^https?:/.test(link) && path !== '')
            reached.add(relative(ROOT, join(ROOT, dirname(page), path)))
        }
    expect(pages.filter((page) => !reached.has(page))).toEqual([])
  })

  it('begins with a README of at most 250 lines', () => {
    expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(250)
  })
})

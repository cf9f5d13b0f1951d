/** The page about the sentences of RFC 6027: each cell of the matrix that it names exists, and says what the page says. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SCHEMES } from '../../model/schemes/index.ts'
import { declarationsOf } from '../../properties/declared/index.ts'
import { focusesOf } from '../../properties/matrix.ts'
import { comparisons } from '../../properties/transparency/kept.ts'
import { labelOf } from '../modelling/property.ts'
import { propertiesOf } from '../search/suite.ts'

const page = readFileSync('docs/results/rfc6027.md', 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| sentence'))
  .map((line) => line.split(' | ').map((part) => part.replaceAll(/^\| | \|$/g, '')))
const cells = [
  ...page.matchAll(/`([a-z0-9-]+)` ([A-Za-z]+-(?:\d[a-z]?|[CP])(?:\/A\d)?) (holds|violated|vacuous)/g),
].map(([, scheme = '', label = '', verdict = '']) => ({ scheme, label, verdict }))
const kept = comparisons()
const labels = new Map<string, ReadonlySet<string>>()
const labelsOf = (name: string): ReadonlySet<string> => {
  let known = labels.get(name)
  if (!known) {
    const scheme = SCHEMES.find((one) => one.name === name)
    const focuses = scheme ? focusesOf(scheme, 'default') : []
    known = new Set(propertiesOf([{ name, about: '', focuses }]).map(labelOf))
    labels.set(name, known)
  }
  return known
}

describe('the sentences of RFC 6027', () => {
  it('are many, and each is judged or out of scope with a reason', () => {
    expect(rows.length).toBeGreaterThan(60)
    for (const [sentence, judged = ''] of rows)
      expect(
        /`[a-z0-9-]+` [A-Za-z]+-[\dCP]|price|out of scope because|cluster file|extension/.test(judged),
        sentence,
      ).toBe(true)
  })

  it('cover every section', () => {
    for (const section of ['2', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6', '3.7', '3.8', '3.9', '4'])
      expect(page).toMatch(new RegExp(`^## ${section.replace('.', '\\.')}[. ]`, 'm'))
  })

  it.each(cells)('$scheme $label $verdict', ({ scheme, label, verdict }) => {
    if (kept.columns.some((column) => column.label === label)) {
      expect(kept.found[scheme]?.[label]?.verdict, scheme).toBe(verdict)
      return
    }
    expect(labelsOf(scheme), scheme).toContain(label)
    expect(declarationsOf('default')[scheme]!.verdicts[label] ?? 'holds').toBe(verdict)
  })
})

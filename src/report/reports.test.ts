/** Tests of the reports made from a result: whatever names and texts hold, XML, SARIF, Markdown and annotations are valid. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { afterAll, describe, expect, it } from 'vitest'
import { githubText } from './ci/github.ts'
import { jsonLinesText } from './ci/json-lines.ts'
import { junitText } from './ci/junit.ts'
import { markdownText } from './ci/markdown.ts'
import { sarifText } from './ci/sarif.ts'
import type { ResultJson, VerdictJson } from './results/result-json.ts'
import { RESULT_SCHEMA } from './results/result-schema.ts'
import { resultText } from './terminal/result-text.ts'

const schemaFile = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../testing/schemas', name), 'utf8')

const xsd = XmlDocument.fromString(schemaFile('junit.xsd'))
const junit = XsdValidator.fromDoc(xsd)
afterAll(() => {
  junit.dispose()
  xsd.dispose()
})

// Of the older draft that it is written in, the schema uses nothing but the names of two keywords.
const { $schema: _, id: __, ...sarifSchema } = JSON.parse(schemaFile('sarif-2.1.0.json'))
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats.default(ajv)
const isSarif = ajv.compile(sarifSchema)
const isResult = ajv.compile(RESULT_SCHEMA)
const valid = (validate: ValidateFunction, value: unknown) => {
  const is = validate(value)
  expect(validate.errors ?? []).toEqual([])
  expect(is).toBe(true)
}

// biome-ignore lint/suspicious/noExplicitAny: parsed texts.
type Json = any

const CASES = ['expected', 'violation', 'difference', 'vacuity', 'cut'] as const
const SEARCH = {
  distinct: 7,
  generated: 9,
  depth: 3,
  exact: true,
  missProbability: 0,
  complete: true,
  elapsedSeconds: 0.1,
}

/** A result of one target whose names and texts are these, with a verdict of each kind. */
const resultWith = (name: string, texts: readonly string[], steps: number): ResultJson => {
  const [target = 't', label = 'l', sentence = 's', reason = 'r'] = [name, ...texts]
  const trace = {
    length: steps,
    token: `cc1:${encodeURIComponent('x')}:all:X:00000000:0`,
    initial: label,
    steps: Array.from({ length: steps }, (_, i) => `${sentence} ${i}`),
  }
  const verdicts = CASES.map(
    (kind): VerdictJson => ({
      property: sentence,
      label: `${label}${kind}`,
      kind: 'always',
      sentence,
      source: reason,
      verdict: kind === 'vacuity' ? 'vacuous' : kind === 'cut' ? 'unknown' : 'violated',
      ...(kind === 'expected' && { declared: 'violated', reason }),
      asDeclared: kind === 'expected',
      states: 7,
      ...(kind !== 'vacuity' && kind !== 'cut' && { counterexample: trace }),
    }),
  )
  return {
    schemaVersion: 2,
    kind: 'result',
    clustercheck: '0.1.0',
    command: 'check',
    expected: 'declared',
    vacuity: 'warn',
    interrupted: false,
    outcome: 'unexpected',
    targets: [
      {
        name: target,
        about: sentence,
        asDeclared: false,
        search: SEARCH,
        searches: [{ name: label, ...SEARCH, asDeclared: true }],
        verdicts,
        missing: [],
        actions: [{ action: sentence, enabled: 1, taken: 1, fresh: 1 }],
        idle: [label],
      },
    ],
    findings: [
      ...CASES.slice(1).map(
        (kind) =>
          ({
            level: kind === 'vacuity' ? 'warning' : 'error',
            kind: kind as 'violation',
            target,
            label: `${label}${kind}`,
            sentence: `${target} ${sentence}`,
          }) as const,
      ),
      { level: 'error', kind: 'difference', target, sentence: `${target} ${reason}` },
    ],
    run: { seconds: 1.25, searches: 1, cached: 0 },
  }
}

const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    'a"b\'c<d>&e',
    ']]>--><!-- <![CDATA[',
    'Zürich ß € 😀',
    'two\nlines\r\nand\ttabs',
    '\u0000\u0001\u001b[31m\u007f\u0085\ufffe\uffff\u2028',
    '\ud800 half \udc00',
    '::error file=x,title=y::z%0A',
    '</details><script>alert(1)</script>',
    '| a | `b` | ``` | **c** | [d](e) | \\',
    'x'.repeat(200_000),
    '',
    ' ',
  ),
)
const results = fc
  .tuple(wild, fc.array(wild, { minLength: 3, maxLength: 3 }), fc.constantFrom(0, 1, 2, 12))
  .map(([name, texts, steps]) => resultWith(name, texts, steps))
const forAll = (judge: (result: ResultJson) => void) =>
  fc.assert(fc.property(results, judge), { seed: 6027, numRuns: 150 })

describe('JUnit XML', () => {
  const read = <T>(result: ResultJson, look: (document: XmlDocument) => T): T => {
    const document = XmlDocument.fromString(junitText(result), { option: HUGE })
    try {
      junit.validate(document)
      return look(document)
    } finally {
      document.dispose()
    }
  }
  /** libxml2 refuses texts of more than ten million letters unless it is told to. */
  const HUGE = 1 << 19

  it('is valid against the schema of Jenkins whatever the texts hold, and counts its cases', () => {
    forAll((result) =>
      read(result, (document) => {
        const count = (path: string) => document.find(path).length
        expect(count('/testsuites/testsuite/testcase')).toBe(6)
        expect(count('//failure')).toBe(3)
        expect(count('//error')).toBe(1)
        const attribute = (name: string) => document.get(`/testsuites/testsuite/@${name}`)?.content
        expect([attribute('tests'), attribute('failures'), attribute('errors')]).toEqual(['6', '3', '1'])
      }),
    )
  })

  it('gives names and texts back as they were, but for what XML has no form for', () => {
    const name = 'a"b\'<c>&d\n\te ü 😀\r'
    read(resultWith(name, ['l', 'x\r\ny', 'r'], 1), (document) => {
      expect(document.get('/testsuites/testsuite/@name')?.content).toBe(name)
      expect(document.get('//failure')?.content).toContain('x\r\ny 0')
    })
    read(resultWith('a\u0001b\ud800c', ['l', 's', 'r'], 1), (document) => {
      expect(document.get('/testsuites/testsuite/@name')?.content).toBe('a\\u0001b\\ud800c')
    })
  })

  it('is refused by the schema when it is spoilt', () => {
    const text = junitText(resultWith('t', ['l', 's', 'r'], 1)).replace('<testcase name=', '<testcase named=')
    const document = XmlDocument.fromString(text)
    expect(() => junit.validate(document)).toThrow()
    document.dispose()
  })
})

describe('SARIF', () => {
  it('is valid against its schema whatever the texts hold, and suppresses what is expected', () => {
    forAll((result) => {
      const log = JSON.parse(sarifText(result))
      valid(isSarif, log)
      const [run] = log.runs
      expect(run.results.map((one: { level: string }) => one.level)).toEqual([
        ...['error', 'error', 'warning', 'error', 'error'],
        'note',
      ])
      const rules = run.tool.driver.rules.map((rule: { id: string }) => rule.id)
      expect(new Set(rules).size).toBe(rules.length)
      for (const { ruleId } of run.results) expect(rules).toContain(ruleId)
      expect(run.results.at(-1).suppressions).toHaveLength(1)
      expect(run.tool.driver.informationUri).toMatch(/^https:/)
      for (const rule of run.tool.driver.rules) expect(rule.help.text).not.toBe('')
      for (const one of run.results) {
        const steps = one.codeFlows?.flatMap((flow: Json) => flow.threadFlows[0].locations) ?? []
        const places = [...one.locations, ...steps.map((step: Json) => step.location)]
        for (const { physicalLocation } of places) {
          expect(typeof physicalLocation.artifactLocation.uri).toBe('string')
          expect(physicalLocation.region.startLine).toBeGreaterThan(0)
        }
      }
    })
  })

  it('leads to the lines that the result has', () => {
    const result = resultWith('t', ['l', 's', 'r'], 2)
    const [target] = result.targets
    const place = (line: number) => ({ file: 'models/a b.ts', line })
    const verdicts = target!.verdicts.map((verdict, i) => ({
      ...verdict,
      place: place(10 + i),
      expectedAt: { file: 'c.ts', line: 5 },
    }))
    const placed = {
      ...result,
      targets: [{ ...target!, place: place(3), actionPlaces: { init: place(7) }, verdicts }],
    }
    const [first] = JSON.parse(sarifText(placed)).runs[0].results
    const at = ({ physicalLocation: { artifactLocation, region } }: Json) =>
      `${artifactLocation.uri}:${region.startLine}`
    expect(first.locations.map(at)).toEqual(['models/a%20b.ts:11'])
    expect(first.relatedLocations.map(at)).toEqual(['c.ts:5', 'models/a%20b.ts:3'])
    expect(githubText(placed)).toContain('file=models/a b.ts,line=11,')
    valid(isSarif, JSON.parse(sarifText(placed)))
    valid(isResult, placed)
  })

  it('has flows as long as code scanning shows, which end with the violation', () => {
    const flowOf = (steps: number) => {
      const [first] = JSON.parse(sarifText(resultWith('t', ['l', 's', 'r'], steps))).runs[0].results
      return first.codeFlows[0].threadFlows[0].locations
    }
    expect(flowOf(999)).toHaveLength(1000)
    const long = flowOf(12_000)
    expect(long).toHaveLength(1000)
    expect(long.at(-1)).toMatchObject({ executionOrder: 12_001, location: { message: { text: 's 11999' } } })
  })

  it('is refused by the schema when it is spoilt', () => {
    const log = JSON.parse(sarifText(resultWith('t', ['l', 's', 'r'], 1)))
    log.runs[0].results[0].level = 'grave'
    expect(isSarif(log)).toBe(false)
  })
})

describe('Markdown', () => {
  it('has a row for each verdict and opens nothing that it does not close, whatever the texts hold', () => {
    forAll((result) => {
      const text = markdownText(result)
      const fence = /^(`{3,})text\n[\s\S]*?\n\1$/gm
      const outside = text.replaceAll(fence, '')
      expect(outside.split('\n').filter((line) => /^\| /.test(line))).toHaveLength(2 + CASES.length)
      for (const line of outside.split('\n').filter((line) => line.startsWith('|')))
        expect(line.split('|')).toHaveLength(5)
      expect(outside.match(/<(?!\/?(details|summary)>)/)).toBeNull()
      expect(outside.match(/<details>/g)).toHaveLength(2)
      expect(outside.match(/<\/details>/g)).toHaveLength(2)
      expect(text.length).toBeLessThan(1 << 20)
    })
  })

  it('has a table for each group of a matrix', () => {
    const result = resultWith('scheme', ['MID-', 's', 'r'], 4)
    const text = markdownText({
      ...result,
      groups: [{ title: 'Counters & co', labels: ['MID-cut', 'MID-vacuity', 'NONE'] }],
    })
    expect(text).toContain(
      '<summary>Counters &#38; co</summary>\n\n| scheme | MID-cut | MID-vacuity |\n| --- |',
    )
    expect(text).toContain('| scheme | **unknown** | **vacuous** |')
    expect(text).toContain('<summary>Other</summary>')
    expect(text).not.toContain('Compared')
  })

  it('has a table of what comparisons found, kept or anew, and says of whom nothing is known', () => {
    const result = resultWith('scheme', ['MID-', 's', 'r'], 4)
    const [target] = result.targets
    const compared = { 'TRN-C': { verdict: 'violated', steps: 4, parts: ['own'] } } as const
    const text = markdownText({ ...result, groups: [], targets: [{ ...target!, compared }, target!] })
    expect(text).toMatch(/<summary>Compared .*, kept from clustercheck matrix --transparency<\/summary>/)
    expect(text).toContain(
      '| scheme | TRN-C |\n| --- | --- |\n| scheme | violated 4 |\n| scheme | not compared |',
    )
    const anew = { ...result, groups: [], comparedAnew: true, targets: [{ ...target!, compared }] } as const
    expect(markdownText(anew)).toMatch(/<summary>Compared .*, made anew<\/summary>/)
  })
})

describe('annotations', () => {
  it('are a line for each finding, whatever the texts hold', () => {
    forAll((result) => {
      const lines = githubText(result).trimEnd().split('\n')
      expect(lines).toHaveLength(5)
      for (const line of lines) {
        expect(line).toMatch(/^::(error|warning) file=[^,:\r\n]*,line=1,title=[^,:\r\n]*::/)
        expect(line).not.toMatch(/\r/)
      }
    })
  })

  it('are at most ten of a kind, the last of which says how many there are', () => {
    const result = resultWith('t', ['l', 's', 'r'], 1)
    const findings = Array.from({ length: 30 }, () => result.findings[0]!)
    const lines = githubText({ ...result, findings })
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toBe('::error title=clustercheck::21 more findings; see the log')
  })
})

describe('JSON Lines', () => {
  it('hold all of a result, a line each, whatever the texts hold', () => {
    forAll((result) => {
      const text = jsonLinesText(result)
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Json)
      const of = (kind: string) => lines.filter((line) => line.kind === kind)
      expect([lines[0].kind, lines.at(-1).kind]).toEqual(['run', 'end'])
      expect(lines.at(-1).outcome).toBe(result.outcome)
      expect(of('verdict').map(({ label }) => label)).toEqual(
        result.targets.flatMap(({ verdicts }) => verdicts.map(({ label }) => label)),
      )
      expect(of('finding').map(({ sentence }) => sentence)).toEqual(
        result.findings.map(({ sentence }) => sentence),
      )
      expect(of('search')).toHaveLength(result.targets.flatMap(({ searches }) => searches).length)
    })
  })
})

describe('every report', () => {
  it.each([0, 1, 2, 500])('takes traces of %i steps', (steps) => {
    const result = resultWith('t', ['l', 's', 'r'], steps)
    for (const make of [
      junitText,
      sarifText,
      (r: ResultJson) => resultText(r, { columns: 80, traces: 'first', code: 1 }),
    ])
      expect(make(result).includes(`s ${steps - 1}`)).toBe(steps > 0)
    valid(isResult, result)
    valid(isSarif, JSON.parse(sarifText(result)))
  })

  it('takes a result without targets', () => {
    const { targets: _, ...rest } = resultWith('t', [], 0)
    const empty: ResultJson = { ...rest, targets: [], findings: [] }
    expect(junitText(empty)).toContain('tests="0"')
    expect(githubText(empty)).toBe('')
    valid(isSarif, JSON.parse(sarifText(empty)))
    expect(markdownText(empty)).toMatch(/^# clustercheck: /)
  })
})

/** A judged capture as JUnit XML and SARIF, against the schemas of both. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { fixture, judged } from '../../cli/testing/captures-under-test.ts'
import { captureJson } from './capture-json.ts'
import { captureJunit } from './capture-junit.ts'
import { captureSarif } from './capture-sarif.ts'
import { CAPTURE_SCHEMA } from './capture-schema.ts'

const schemaFile = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../testing/schemas', name), 'utf8')

const d2 = judged(fixture('d2-doomed-mid-reuse.pcap'))
const cut = judged(fixture('a-normal.pcap').subarray(0, 5000))

describe('JUnit XML of a capture', () => {
  it('is valid, with a failure for each violation and an error for what could not be read', () => {
    const xsd = XmlDocument.fromString(schemaFile('junit.xsd'))
    const validator = XsdValidator.fromDoc(xsd)
    for (const [result, failures, errors] of [
      [d2, 2, 0],
      [cut, 0, 1],
    ] as const) {
      const document = XmlDocument.fromString(captureJunit('<a> & "b".pcap', result))
      validator.validate(document)
      const count = (path: string) => document.find(path).length
      expect([count('//failure'), count('//error'), count('//testcase')]).toEqual([
        failures,
        errors,
        d2.verdicts.length + 1,
      ])
      document.dispose()
    }
    validator.dispose()
    xsd.dispose()
  })
})

describe('JSON of a capture', () => {
  it('is as its schema says', () => {
    const valid = new Ajv({ strict: true, allErrors: true }).compile(CAPTURE_SCHEMA)
    for (const result of [d2, cut, judged(fixture('b2-naive-ha.pcap'))]) {
      valid(JSON.parse(JSON.stringify(captureJson('x.pcap', result))))
      expect(valid.errors ?? []).toEqual([])
    }
    expect(valid({ ...captureJson('x.pcap', d2), verdicts: [{}] })).toBe(false)
  })
})

describe('SARIF of a capture', () => {
  it('is valid, with a result for each finding and the frames as its flow', () => {
    const { $schema: _, id: __, ...schema } = JSON.parse(schemaFile('sarif-2.1.0.json'))
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
    addFormats.default(ajv)
    const valid = ajv.compile(schema)
    const logOf = (result: typeof d2) => {
      const log = JSON.parse(captureSarif('a b.pcap', result, '0.1.0'))
      valid(log)
      expect(valid.errors ?? []).toEqual([])
      return log.runs[0].results
    }
    expect(logOf(d2).map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
      ['property/MID-1', 'error'],
      ['property/LIV-1c', 'error'],
    ])
    expect(JSON.stringify(logOf(d2))).toContain(
      'frame 26: 192.168.0.1 B to 192.168.0.2: request 2: CREATE_CHILD_SA',
    )
    expect(logOf(cut)).toMatchObject([{ ruleId: 'run/cut', level: 'warning' }])
  })
})

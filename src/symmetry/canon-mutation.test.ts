/**
 * The tests of the representatives have teeth: each row breaks one piece of the program text that makes them, and
 * comparing the search with what is true of the model notices. A row whose text is not found fails as well.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import { twoPhaseMessages } from '../examples/two-phase-messages.ts'
import {
  bagsOfArcs,
  graphs,
  pairsInASet,
  pairsOfBits,
  partialFunctions,
  relations,
} from '../testing/graphs.ts'
import { type Row, testRows } from '../testing/noticing.ts'
import { symmetricModel } from '../testing/symmetric/models.ts'
import { type Reference, referenceOf, wrongs } from '../testing/symmetric/reduced.ts'
import { randomFrom } from './identities/sample.ts'

const ROWS: readonly Row[] = [
  ['states stay as they are', /\n {2}canon\(\)\n/, '\n'],
  ['only the first write is looked at', 'touched |= TOUCHES', 'touched = TOUCHES'],
  ['columns are taken for sorted', /if \(n === \d+\) return/, 'return'],
  ['a column moves one place only', /(ORDER\[p\] = ORDER\[p - 1\]; p--)/, '$1; break'],
  ['the other word of a column is not compared', /(if \(R\[m \* \d+ \+ )1(\] !== .*)/, ''],
  ['an id stays with its name', /\| \((table\d+\[\d+ \+ )PLACE\[(id_\d+)\]\]/, '| ($1$2]'],
  ['a set keeps its members', /const r = ORDER\[x\]; /, 'const r = x; '],
  ['colours of the state before are kept', /; COLOUR\[table\d+\[i\]\] = table\d+\[i\] \}/, ' }'],
  ['names count instead of colours', /h = stir\(h, COLOUR\[(.*?)\]\)/, 'h = stir(h, $1)'],
  ['everybody is a twin', /(function ties_\d+Alike\(a, b\) \{)/, '$1 return true'],
  [
    'the first order is taken',
    /for \(let j = first; j < last; j\+\+\)/,
    'for (let j = first; j <= first; j++)',
  ],
  ['the last order is taken', /less = V\[s\] < ties_\d+Best\[s\]/, 'less = true'],
  ['a bag is left unsorted', /while \(p > t && /, 'while (p < t && '],
  ['messages keep their names', /(V\[t \+ q \+ \d+\] \|= \(i < 0 \? c : table\d+\[)TO\[i\]/, '$1i'],
  ['sets keep their names', /e = i < 0 \? k : (table\d+)\[TO\[i\]\]/, 'e = k'],
  [
    'the hash misses sets',
    /(x !== 0; x >>>= 1, b\+\+\) if \(\(x & 1\) === 1\) \{ )lo \^= LOW\[b\]; hi \^= HIGH\[b\]/,
    '$1',
  ],
  ['the hash is not restored after an audit', /finally \{\n {4}lo = lo0\n {4}hi = hi0/, 'finally {'],
]

/** Breaks of what is done with sets of records. */
const OF_RECORDS: readonly Row[] = [
  ['records keep their identities', /e \+= \((table\d+\[)TO\[i\](\] - c\))/, 'e += ($1i$2'],
  [
    'the first identity of a record is left out',
    /if \(i >= 0\) e \+= (.*) \* (\d+) \}\n/,
    'if (i >= 0 && $2 === 1) e += $1 * $2 }\n',
  ],
  ['records of the image before are kept', /V\[t \+ w\] = 0/, 'V[t + w] &= -1'],
  ['the second slot of a set goes to the first', /V\[t \+ \(e \/ 31 \| 0\)\]/, 'V[t]'],
  ['a record says what it is called', /let g = stir\(h, k - .*\)\n/, 'let g = stir(h, k)\n'],
  [
    'names in a record count instead of colours',
    /g = stir\(g, (i_\d+) < 0 \? (.*?) : COLOUR\[i_\d+\]\)/,
    'g = stir(g, $1 < 0 ? $2 : $1)',
  ],
]

const MODELS = 40
const references: Reference[] = []
const ofRecords: Reference[] = []

beforeAll(async () => {
  for (const model of [relations(3), twoPhaseMessages(3), pairsInASet(3)])
    ofRecords.push((await referenceOf(model, 700))!)
  for (let seed = 1; ofRecords.length < 12; seed++) {
    const reference = await referenceOf(symmetricModel(randomFrom(seed), false, true), 250)
    if (reference && reference.orbits.distinct < reference.whole.distinct) ofRecords.push(reference)
  }
  for (const model of [twoPhaseCommit(3), graphs(4), partialFunctions(4), bagsOfArcs(3, 3), pairsOfBits(3)])
    references.push((await referenceOf(model, 700))!)
  for (let seed = 1; references.length < MODELS; seed++) {
    const reference = await referenceOf(symmetricModel(randomFrom(seed)), 250)
    if (reference && reference.orbits.distinct < reference.whole.distinct) references.push(reference)
  }
})

describe('the comparison with every state and with the oracle', () => {
  test('finds nothing wrong with the representatives as they are', async () => {
    for (const reference of [...references, ...ofRecords]) expect(await wrongs(reference, true)).toEqual([])
  })

  testRows('of what is broken for sets of records', OF_RECORDS, {
    models: () => ofRecords.length,
    compare: (i, rewrite) => wrongs(ofRecords[i]!, i % 2 === 0, rewrite),
  })

  testRows('of a broken program', ROWS, {
    models: () => references.length,
    compare: (i, rewrite) => wrongs(references[i]!, i % 2 === 0, rewrite),
  })
})

/**
 * The agreement test has teeth: each row breaks one piece of the packed engine's program text, and comparing it
 * with the plain engine on random models notices. A row whose text is not found in the program fails as well.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Model } from '../modelling/model.ts'
import { FORGETFUL, packedDisagreements, plainOutcome } from '../testing/disagreements.ts'
import { ending, modelOf, recipe } from '../testing/models.ts'
import { type Compare, type Row, testRows } from '../testing/noticing.ts'
import { choicesFrom, engineInTurns } from '../testing/turns.ts'
import { check, NO_LIMITS } from './breadth-first.ts'
import type { Engine } from './engine/engine.ts'
import type { Outcome } from './engine/outcome.ts'
import { packedEngine } from './packed/packed-engine.ts'
import type { ProgramOptions } from './packed/program.ts'

const ROWS: readonly Row[] = [
  ['undo forgets the first write', 'while (n > 0) { n--', 'while (n > 1) { n--'],
  ['undo forgets the last write', 'let n = logN\n', 'let n = logN - 1\n'],
  ['the hash is not restored', '  lo = lo0\n  hi = hi0\n  return l', '  return l'],
  ['the hash misses the new value', 'lo ^= LOW[b + old] ^ LOW[b + v]', 'lo ^= LOW[b + old]'],
  ['the hash misses sets', 'lo ^= LOW[b]\n  hi ^= HIGH[b]', ''],
  ['the hash misses wide slots', 'if (v !== 0) { lo ^= mix(v, a); hi ^= mix(v, c) }\n  S[i]', 'S[i]'],
  ['one lane forgets slots when reading back', 'b ^= HIGH[', 'b |= HIGH['],
  ['a word that differs is taken for the same', 'if (A[p + 0] !== WORDS[0]) ', 'if (false) '],
  ['a word is not noted as read', '  WORDS[0] = w\n', ''],
  ['a slot is followed without its hash', /\{ S\[(\d+)\] = v; .* \}/, '{ S[$1] = v }'],
  ['a bag is kept in order of arrival', 'while (s > this.$o && ', 'while (s < this.$o && '],
  ['a bag sorts the other way', /while \(s > this.\$o && (.*?)>/, 'while (s > this.$o && $1<'],
  ['taking a message leaves a gap', 'while (s < end && ', 'while (s > end && '],
  ['every message is a first copy', 'i === 0 || ', 'true || '],
  ['a bag counts a message once', /(count\(m\)[^}]*?\)) n\+\+/, '$1 n = 1'],
  ['an effect reads a message in place', '(writing ? ', '(!writing ? '],
  ['what a monitor said is dropped', 'unarisen)) !== 0', 'unarisen)) === 0'],
  ['readings are dropped', 'if (metered !== 0) noteReadings()', ''],
  ['a reading is not forgotten', 'READ.fill(-Infinity)\n  metered = 0', ''],
  ['a smaller reading counts', /v > BEST\[\d+\] && /, ''],
  ['the first reading of a step counts', /&& v > READ\[(\d+)\]/, '&& READ[$1] === -Infinity'],
  ['a later step that reads as much is shown', /v > BEST\[(\d+)\]/, 'v >= BEST[$1]'],
  ['a parent is not done', 'ancestry.done()', 'if (from !== 1) ancestry.done()'],
  ['a step is the one before', 'ancestry.born(at)', 'ancestry.born(at > 0 ? at - 1 : at)'],
  ['edges are lost', 'links.add(to, instance)', 'if (to % 2 === 0) links.add(to, instance)'],
  ['a mark is lost', 'links.mark(marks)', 'links.mark(marks & 1)'],
  [
    'properties are asked of every second state',
    'const marks = judge()',
    'const marks = count % 2 ? 0 : judge()',
  ],
  ['the last word of a change is forgotten', 'q < end; q += 2) words', 'q < end - 2; q += 2) words'],
  ['a word of a change begins with that of the one before', '      X[w] = 0\n', ''],
  ['pending successors are not forgotten', '\n  pending = 0\n  passing = 0', ''],
  ['a change is overwritten while it is pending', 'passing = l + ', 'passing = 0 * '],
  ['a read of a field is not noted', 'if (noting) noteRead(i, 0, BITS[i])', ''],
  ['a read of an element is not noted', 'if (noting) noteRead(i, b, 1)', ''],
  ['a read of a message is not noted', 'if (noting) noteRead(i, shift, bits)', ''],
  ['only the first read of a slot is noted', '(SEEN[i] & mask) === mask', 'SEEN[i] !== 0'],
  ['reads of the run before are taken for known', 'SEEN[READS[3 * k]] = 0', 'SEEN[READS[3 * k]] += 0'],
  ['what is written is not noted as read', 'const old = S[readAll(i)]', 'const old = S[i]'],
  ['the wrong state is in the slots', '  synced = false\n  const learns', '  const learns'],
  ['instances are asked of the state before', /synced = false\n {4}if/, 'if'],
  ['the enabled instances of a group are told of another', '1 << (i - first)', '1 << (i - first + 1)'],
  ['the second half of a group is taken twice', ' & ((1 << SIZE_OF[g]) - 1)', ''],
  ['the second half of a group is forgotten', 'GROUP_AFTER[g] = h', ''],
  ['a test answers for the other', /ask\(0\)/, 'ask(1)'],
  [
    'the last successors of a state are looked up with the next',
    'if (pending !== 0) resolve()',
    'if (pending > 1) resolve()',
  ],
  ['half a pair is compared', 'there === a && T[p + 1] === b', 'T[p + 1] === b'],
  ['a node of the tree is not renewed', 'FOLDS[w] ^= change', 'if (w !== 2) FOLDS[w] ^= change'],
  ['a state is folded as the one before', 'OWN[w] !== W[w] || !folded', '!folded'],
  ['stuck states are not counted', 'stuck++', ''],
  ['a final state is a deadlock', 'const isEnd = isFinal(', 'const isEnd = (() => false)('],
  ['coverage counts choices, not states', /HEAD\[(\d+) \+ a\]\+\+/, 'HEAD[$1 + a] += n'],
  ['the last action is left out', /a < (\d+); a\+\+\) any/, 'a < $1 - 1; a++) any'],
]

/** Breaks of what several threads do beyond what one does. */
const SHARED: readonly Row[] = [
  ['a candidate is stored without another look', /if \(there !== 0\) continue\n {4}claim/, 'claim'],
  ['the last candidate is lost', 'const all = head[3]', 'const all = head[3] - STRIDE'],
  ['a parent is not done', 'parentDone()\n      from++', 'from++'],
  ['an edge leads to the first candidate', 'NUMBER_OF[-1 - E[k]]', 'NUMBER_OF[0]'],
  ['a candidate found by two blocks is an edge to nowhere', /there !== 0 \? \(Atomics.*?\) : count/, 'count'],
  ['words of a candidate are not copied', 'STATES[q + k] = ', 'STATES[q] = '],
  [
    'a block is lost',
    'for (let s = begin; s < end; s++) {',
    'for (let s = begin; s < (begin % 3 === 1 ? begin : end); s++) {',
  ],
  [
    'a block is done twice',
    'for (let s = begin; s < end; s++) {',
    'for (let again = 0; again < 2; again++) for (let s = begin; s < end; s++) {',
  ],
  ['what is found ahead is stored at once', 'finally { first = false }', 'finally {}'],
  ['what a block shows is not noted', /HEAD\[5\] \|= 1 << i/, ''],
]

const MODELS = 300
/** The engine forgets what it has learnt in every model whose number is a multiple of this. */
const FORGOTTEN = 3
const references: Outcome[] = []

beforeAll(async () => {
  // The first, whose engine is forgetful, shows what hardly any other does: that something is stored too early.
  references.push(await plainOutcome(modelOf(fc.sample(recipe, { seed: 1025, numRuns: 4 })[1]!)))
  references.push(await plainOutcome(ending))
  const limits = { ...NO_LIMITS, states: 150 }
  for (const r of fc.sample(recipe, { seed: 4, numRuns: MODELS * 2 })) {
    const { complete, distinct } = await check(modelOf(r), { limits })
    if (complete && distinct > 3 && references.length < MODELS)
      references.push(await plainOutcome(modelOf(r)))
  }
})

/** Compares the broken engine with the plain one on a model. */
const compareWith =
  (engine: (model: Model, options: ProgramOptions) => Engine): Compare =>
  (i, rewrite) =>
    packedDisagreements(references[i]!, (model, options) =>
      engine(model, { ...options, rewrite, recall: i % FORGOTTEN === 0 ? FORGETFUL : undefined }),
    )

describe('the comparison with the plain engine', () => {
  test('finds nothing wrong with the engine as it is', async () => {
    expect(references.length).toBeGreaterThan(MODELS / 2)
    for (const reference of references) expect(await packedDisagreements(reference, packedEngine)).toEqual([])
  })

  const models = () => references.length
  testRows('alone', ROWS, { models, compare: compareWith(packedEngine) })
  testRows('with helpers', SHARED, {
    models,
    compare: compareWith((model, options) => engineInTurns(model, options, 2, choicesFrom(5))),
  })
})

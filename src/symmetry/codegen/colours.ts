/**
 * The program text that hashes what a state says of each identity: KEY[i] gathers one number from every value and
 * message that lies in a record of identity i or names it, made from its bits and from the colours of all the
 * identities it brings together.
 */
import type { Source } from '../../state/codegen/source.ts'
import type { Field, Position } from '../identities/positions.ts'
import { codeIn, maskOf, overOwners, overRecords, slotText } from './image.ts'
import type { Parts } from './parts.ts'

/** stir(h, v): mixes a number into a hash. */
export const stirText = `
function stir(h, v) {
  let z = Math.imul(h ^ v, 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}`

/** Adds to the keys what some positions say. */
export const colouringText = (
  source: Source,
  positions: readonly Position[],
  { numbering, tables }: Parts,
): string =>
  positions
    .map((position, p) => {
      const { owners } = position
      const identity = (i: number): string => `${numbering.first[owners[i]!]!} + x${i}`
      // A number of its own for each position, far from colours.
      const start = [`let h = ${(p + 1) * 0x10001}`]
      owners.forEach((k, i) => {
        start.push(`h = stir(h, COLOUR[${identity(i)}])`)
        // Whether it is the same identity is more than the colour tells.
        owners.slice(0, i).forEach((other, j) => {
          if (other === k) start.push(`if (x${j} === x${i}) h = stir(h, ${0x100 + j})`)
        })
      })
      const body = [
        `const b = ${slotText(position, numbering, tables, (i) => `x${i}`)}`,
        ...start,
        placesText(
          source,
          position,
          tables,
          owners.map((_, i) => identity(i)),
        ),
      ]
      return overOwners(position, numbering, `{\n${body.join('\n')}\n}`)
    })
    .join('\n')

const placesText = (
  source: Source,
  position: Position,
  tables: Parts['tables'],
  owners: readonly string[],
): string => {
  const { kind, places, stride, rest, ids, sets } = position
  if (kind === 'records') return recordsText(source, position, tables, owners)
  // At a fixed place in nobody's record each name says something by itself, whatever stands beside it.
  const alone = owners.length === 0 && kind !== 'bag'
  const gathered: string[] = []
  const given: string[] = owners.map((owner, i) => `KEY[${owner}] += stir(g, ${i + 1})`)
  if (!alone)
    rest.forEach((mask, s) => {
      if (mask !== 0) gathered.push(`g = stir(g, S[b + q + ${s}] & ${mask})`)
    })
  ids.forEach((field, f) => {
    const name = source.name('i')
    const code = `(S[b + q + ${field.slot}] >>> ${field.shift}) & ${maskOf(field)}`
    const tag = 0x10 + f
    gathered.push(`const ${name} = ${tables.identities(field)}[${code}]`)
    if (!alone) gathered.push(`g = stir(g, ${name} < 0 ? ~(${code}) : COLOUR[${name}])`)
    given.push(`if (${name} >= 0) KEY[${name}] += stir(g, ${tag})`)
  })
  sets.forEach((field, f) => {
    const tag = 0x20 + f
    if (!alone) {
      const sum = source.name('sum')
      gathered.push(
        `let ${sum} = 0`,
        overBits(field, tables, `${sum} += stir(${tag}, i < 0 ? ~k : COLOUR[i])`),
        `g = stir(g, ${sum})`,
      )
    }
    given.push(overBits(field, tables, `if (i >= 0) KEY[i] += stir(g, ${tag})`))
  })
  const order = kind === 'bag' ? 'h' : 'stir(h, q)'
  return [
    `for (let q = 0; q < ${places * stride}; q += ${stride}) {`,
    kind === 'value' ? '' : 'if (S[b + q] === 0) break',
    `let g = ${order}`,
    ...gathered,
    ...given,
    '}',
  ].join('\n')
}

/** Each record of a set says something by itself. */
const recordsText = (
  source: Source,
  position: Position,
  tables: Parts['tables'],
  owners: readonly string[],
): string => {
  const digits = position.digits.map((digit, d) => {
    const [name, code] = [source.name('i'), codeIn(digit)]
    return {
      number: `const ${name} = ${tables.identities(digit)}[${code}]`,
      owned: `(${name} < 0 ? 0 : ${code} * ${digit.weight})`,
      gathered: `g = stir(g, ${name} < 0 ? ~(${code}) : COLOUR[${name}])`,
      given: `if (${name} >= 0) KEY[${name}] += stir(g, ${0x10 + d})`,
    }
  })
  return overRecords(position, [
    ...digits.map(({ number }) => number),
    // What the record says beside its identities.
    `let g = stir(h, k - ${digits.map(({ owned }) => owned).join(' - ')})`,
    ...digits.map(({ gathered }) => gathered),
    ...owners.map((owner, i) => `KEY[${owner}] += stir(g, ${i + 1})`),
    ...digits.map(({ given }) => given),
  ])
}

/** Does something for each value k of a set, whose identity has number i. */
const overBits = (field: Field, tables: Parts['tables'], body: string): string => `
for (let w = 0; w < ${Math.ceil(field.values.length / 31)}; w++) {
  let m = S[b + q + ${field.slot} + w] >>> ${field.shift}
  for (let k = w * 31; k < ${field.values.length} && m !== 0; k++, m >>>= 1) {
    if ((m & 1) === 0) continue
    const i = ${tables.identities(field)}[k]
    ${body}
  }
}`

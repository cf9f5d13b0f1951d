/**
 * The program text of images: what the state in the slots S becomes when identities take each other's places. A
 * permutation is an array TO: identity number i takes the place of identity number TO[i].
 */
import type { Source } from '../../state/codegen/source.ts'
import { bitsFor, SLOT_BITS } from '../../state/layout.ts'
import type { Digit, Field, Numbering, Position } from '../identities/positions.ts'

/** Tables that the text refers to, each bound once. */
export class Tables {
  readonly #source: Source
  readonly #numbering: Numbering
  readonly #known = new Map<string, string>()

  constructor(source: Source, numbering: Numbering) {
    this.#source = source
    this.#numbering = numbering
  }

  /** The name of an array of numbers. */
  of(numbers: readonly number[]): string {
    const key = numbers.join(' ')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const name = this.#source.bind('table', Int32Array.from(numbers))
    this.#known.set(key, name)
    return name
  }

  /** The number of the identity with each code or bit, -1 where there is none. */
  identities({ values }: Pick<Field, 'values'>): string {
    return this.of(values.map((value) => this.#numbering.numberOf(value)))
  }

  /** The code or bit of each identity, -1 where it has none. */
  codes({ values }: Pick<Field, 'values'>): string {
    return this.of(this.#numbering.names.map((name) => values.indexOf(name)))
  }
}

/** The loops over the owners of a position: variables x0, x1 and so on, numbers within their classes. */
export const overOwners = ({ owners }: Position, { classes }: Numbering, body: string): string =>
  owners.reduceRight(
    (inner, k, i) => `for (let x${i} = 0; x${i} < ${classes[k]!.length}; x${i}++) {\n${inner}\n}`,
    body,
  )

/** The first slot of a position for owners given as expressions of their numbers within their classes. */
export const slotText = (
  { at, owners }: Position,
  { classes }: Numbering,
  tables: Tables,
  number: (i: number) => string,
): string => {
  if (owners.length === 0) return String(at[0])
  const index = owners.reduce(
    (text, k, i) => (i === 0 ? number(i) : `(${text}) * ${classes[k]!.length} + ${number(i)}`),
    '',
  )
  return `${tables.of(at)}[${index}]`
}

/** Adds a function `name`(TO) that puts the image of the slots of some positions into V. */
export const addImage = (
  source: Source,
  name: string,
  positions: readonly Position[],
  numbering: Numbering,
  tables: Tables,
): void => {
  const texts = positions.map((position) => {
    const { owners } = position
    const from = slotText(position, numbering, tables, (i) => `x${i}`)
    const to = slotText(position, numbering, tables, (i) => {
      const first = numbering.first[owners[i]!]!
      return `TO[${first} + x${i}] - ${first}`
    })
    return overOwners(
      position,
      numbering,
      `{ const b = ${from}, t = ${to}\n${imageOfPlaces(source, position, tables)} }`,
    )
  })
  source.add(`function ${name}(TO) {\n${texts.join('\n')}\n}`)
}

/** The image of the places from slot b, to slot t. */
const imageOfPlaces = (source: Source, position: Position, tables: Tables): string => {
  const { kind, places, stride, rest, ids, sets } = position
  if (kind === 'records') return imageOfRecords(position, tables)
  const copied = rest.map((mask, s) => `V[t + q + ${s}] = S[b + q + ${s}] & ${mask}`).join('; ')
  const named = [
    ...ids.map((field) => imageOfId(field, tables)),
    ...sets.map((field) => imageOfSet(field, tables)),
  ].join('\n')
  const present = named === '' || kind === 'value' ? named : `if (S[b + q] !== 0) {\n${named}\n}`
  return [
    `for (let q = 0; q < ${places * stride}; q += ${stride}) {`,
    copied,
    present,
    '}',
    ...(kind === 'bag' && named !== '' ? [`${sortBag(source, stride)}(t, ${places})`] : []),
  ].join('\n')
}

const imageOfId = (field: Field, tables: Tables): string => {
  const mask = maskOf(field)
  return `{ const c = (S[b + q + ${field.slot}] >>> ${field.shift}) & ${mask}, i = ${tables.identities(field)}[c]
V[t + q + ${field.slot}] |= (i < 0 ? c : ${tables.codes(field)}[TO[i]]) << ${field.shift} }`
}

const imageOfSet = (field: Field, tables: Tables): string => {
  const { slot, shift, values } = field
  const bits = Math.min(values.length, SLOT_BITS)
  const word = values.length > SLOT_BITS ? `(e / ${SLOT_BITS} | 0)` : '0'
  const bit = values.length > SLOT_BITS ? `e % ${SLOT_BITS}` : 'e'
  return `for (let w = 0; w < ${Math.ceil(values.length / SLOT_BITS)}; w++) {
let m = (S[b + q + ${slot} + w] >>> ${shift}) & ${2 ** bits - 1}
for (let k = w * ${SLOT_BITS}; m !== 0; k++, m >>>= 1) {
  if ((m & 1) === 0) continue
  const i = ${tables.identities(field)}[k], e = i < 0 ? k : ${tables.codes(field)}[TO[i]]
  V[t + q + ${slot} + ${word}] |= 1 << (${bit} + ${shift})
} }`
}

/** Each record of a set goes where its identities go. */
const imageOfRecords = (position: Position, tables: Tables): string =>
  [
    `for (let w = 0; w < ${position.stride}; w++) V[t + w] = 0`,
    overRecords(position, [
      'let e = k',
      ...position.digits.map(
        (digit) =>
          `{ const c = ${codeIn(digit)}, i = ${tables.identities(digit)}[c]; if (i >= 0) e += (${tables.codes(digit)}[TO[i]] - c) * ${digit.weight} }`,
      ),
      `V[t + (e / ${SLOT_BITS} | 0)] |= 1 << (e % ${SLOT_BITS})`,
    ]),
  ].join('\n')

/** Does something for each record k of the set from slot b. */
export const overRecords = ({ stride }: Position, body: readonly string[]): string => `
for (let w = 0; w < ${stride}; w++) {
  let m = S[b + w]
  for (let k = w * ${SLOT_BITS}; m !== 0; k++, m >>>= 1) {
    if ((m & 1) === 0) continue
    ${body.join('\n    ')}
  }
}`

/** The code of a field of the record k. */
export const codeIn = ({ weight, values }: Digit): string => `(k / ${weight} | 0) % ${values.length}`

/** The bits of an id's code, in place 0. */
export const maskOf = ({ values }: Field): number => 2 ** bitsFor(values.length) - 1

/** The name of a function that sorts the messages of a bag in V; those that are not there stand last anyway. */
const sortBag = (source: Source, stride: number): string =>
  source.once(`sort bag ${stride}`, 'sortBag', (name) => {
    const slots = Array.from({ length: stride }, (_, s) => s)
    const greater = slots.reduceRight(
      (rest, s) => `(V[p - ${stride} + ${s}] > w${s} || (V[p - ${stride} + ${s}] === w${s} && ${rest}))`,
      'false',
    )
    return `function ${name}(t, places) {
  for (let n = 1; n < places; n++) {
    let p = t + n * ${stride}
    if (V[p] === 0) return
    const ${slots.map((s) => `w${s} = V[p + ${s}]`).join(', ')}
    while (p > t && ${greater}) { ${slots.map((s) => `V[p + ${s}] = V[p - ${stride} + ${s}]`).join('; ')}; p -= ${stride} }
    ${slots.map((s) => `V[p + ${s}] = w${s}`).join('; ')}
  }
}`
  })

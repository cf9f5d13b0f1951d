/** The program text that writes a slot so that the log of writes and the hash follow: see `state/codegen/packed.ts`. */
import type { SlotHash } from '../../state/layout.ts'

/** The function that writes a slot, by how the slot is hashed. */
const PUT: Readonly<Record<SlotHash, string>> = { table: 'put', bits: 'putBits', mixed: 'putMixed' }

/** Writes a value to a slot that is hashed so. */
export const putText = (hash: SlotHash, slot: string, value: string): string =>
  `${PUT[hash]}(${slot}, ${value})`

/** putBits(i, v): like putBit, for any number of bits at once. */
export const putBitsText = `
function putBits(i, v) {
  const old = S[i]
  if (old === v) return
  remember(i, old)
  for (let b = BASE[i], x = old ^ v; x !== 0; x >>>= 1, b++) if ((x & 1) === 1) { lo ^= LOW[b]; hi ^= HIGH[b] }
  S[i] = v
}`

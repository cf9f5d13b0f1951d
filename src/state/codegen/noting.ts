/**
 * The program text that notes what a guard, an effect or a test reads of the state: fields, each some bits of a slot. What
 * it does is a function of these bits, whatever the rest of the state is. A write counts as a read of what it replaces,
 * so that the change of the packed words and of the hash is a function of them as well.
 */
import type { Slot } from '../layout.ts'
import type { Source } from './source.ts'

/**
 * Adds READS, three words a field: slot, lowest bit and number of bits; reads, the number of fields; readAll(i), readBit(i, b) and
 * readPart(i, shift, bits), which note a read of slot i and return i; startNoting() and stopNoting().
 */
export const noteText = (source: Source, slots: readonly Slot[]): string => {
  // Every field that is noted has a bit that none before has.
  const most = slots.reduce((sum, slot) => sum + slot.bits, 0)
  source.let(
    'BITS',
    Int32Array.from(slots, (slot) => slot.bits),
  )
  return `
const READS = new Int32Array(${3 * most}), SEEN = new Int32Array(${slots.length})
let noting = false, reads = 0
function noteRead(i, shift, bits) {
  // Behind the slots of the state stand copies of messages, all of which was noted when they were made.
  if (i >= ${slots.length} || bits === 0 || BITS[i] === 0) return
  const mask = (2 ** bits - 1) << shift
  if ((SEEN[i] & mask) === mask) return
  SEEN[i] |= mask
  READS[3 * reads] = i
  READS[3 * reads + 1] = shift
  READS[3 * reads + 2] = bits
  reads++
}
function readAll(i) {
  if (noting) noteRead(i, 0, BITS[i])
  return i
}
function readBit(i, b) {
  if (noting) noteRead(i, b, 1)
  return i
}
function readPart(i, shift, bits) {
  if (noting) noteRead(i, shift, bits)
  return i
}
function startNoting() {
  reads = 0
  noting = true
}
function stopNoting() {
  noting = false
  for (let k = 0; k < reads; k++) SEEN[READS[3 * k]] = 0
}`
}

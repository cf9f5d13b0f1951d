/** Encryption algorithms by their number as transforms of type 1: RFC 7296 section 3.3.2 and its registry. */

const NAMES: Readonly<Record<number, string>> = {
  3: '3DES',
  11: 'NULL',
  12: 'AES-CBC',
  13: 'AES-CTR',
  14: 'AES-CCM-8',
  15: 'AES-CCM-12',
  16: 'AES-CCM-16',
  18: 'AES-GCM-8',
  19: 'AES-GCM-12',
  20: 'AES-GCM-16',
  28: 'ChaCha20-Poly1305',
  29: 'AES-CCM-8 with implicit IV',
  30: 'AES-GCM-16 with implicit IV',
  31: 'ChaCha20-Poly1305 with implicit IV',
}

/** Those that send the IV, and lose their secrets when one is used twice under one key. */
const COUNTER_MODES: readonly number[] = [13, 14, 15, 16, 18, 19, 20, 28]

export const isCounterMode = (id: number): boolean => COUNTER_MODES.includes(id)

export const cipherName = (id: number): string => NAMES[id] ?? `encryption ${id}`

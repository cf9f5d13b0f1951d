/** What searches of whole runs find, with one crash, one return and one lost synch message. */
type Verdict = 'holds' | 'violated' | 'vacuous'

/** By scheme and label. */
export const FOUND: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  'single-gateway': { 'REC-2': 'vacuous', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'vacuous' },
}

/** What searches of whole runs find, with one crash, one return and one lost synch message. */
type Verdict = 'holds' | 'violated' | 'vacuous'

/** By scheme and label. */
export const FOUND: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  'single-gateway': { 'REC-2': 'vacuous', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'vacuous' },
  'no-synch': { 'REC-2': 'violated', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'violated' },
  'synch-sas': { 'REC-2': 'violated', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'violated' },
  'synch-ike': { 'REC-2': 'violated', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'violated' },
  'acked-counters': { 'REC-2': 'violated', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'holds' },
  'acked-answers': { 'REC-2': 'violated', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'holds' },
  'acked-requests': { 'REC-2': 'violated', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'holds' },
  'acked-everything': { 'REC-2': 'holds', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'holds' },
  'acked-no-resynch': { 'REC-2': 'holds', 'LIV-2c': 'holds', 'LIV-2p': 'holds', 'SYN-2': 'violated' },
  'told-before-in-order': {
    'REC-2': 'violated',
    'LIV-2c': 'holds',
    'LIV-2p': 'holds',
    'SYN-2': 'violated',
  },
}

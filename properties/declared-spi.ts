/** What is declared of each scheme by the searches about SPIs, addresses and what is not protected: verdicts and counts. */

/** The labels that are violated. What a scheme names neither here nor below is declared to hold. */
export const DECLARED_SPI: Readonly<Record<string, readonly string[]>> = {
  'no-synch': ['SPI-1'],
  // Counters that are not told let a member that takes over execute what an attacker replays.
  'synch-sas': ['SPI-1', 'DoS-1r'],
  'spi-shared': ['SPI-1'],
  // Two members can wait for each other's acknowledgement of the same choice.
  'spi-shared-acked': ['SPI-1'],
  'spi-part-reused': ['SPI-1'],
  'spi-granted': ['SPI-1'],
  'ike-from-member': ['TRN-2'],
  'ike-from-member-strict': ['TRN-2', 'LIV-1c', 'LIV-1p'],
  'ike-from-member-follows': ['TRN-2', 'ADR-1'],
  // What was agreed names the member that made the IKE SA, not the one that takes over.
  'alternate-tunnel': ['TRN-2'],
  'loose-resolving': ['ADR-1', 'ADR-2', 'LIV-1c', 'LIV-1p'],
  'loose-redirecting': ['ADR-1', 'REC-1', 'LIV-1c', 'LIV-1p'],
  'loose-redirecting-resolving': ['ADR-1', 'LIV-1c', 'LIV-1p'],
  'hints-believed': ['DoS-1h'],
  'no-message-id-check': ['DoS-1r'],
}

/** A member that takes over without the IKE SA drops every replay on it. */
export const VACUOUS_SPI: Readonly<Record<string, readonly string[]>> = {
  'no-synch': ['DoS-1r'],
  'hints-believed': ['DoS-1r'],
}

/** Distinct states of each of these searches, in the order of the focuses. */
export const DISTINCT_SPI: Readonly<Record<string, readonly number[]>> = {
  'single-gateway': [45, 776, 58, 906],
  'no-synch': [2_286, 484, 4_356],
  'synch-sas': [27_132, 19_018],
  'acked-everything': [6_909, 18_622, 962, 6, 9_820],
  'spi-shared': [54_200],
  'spi-shared-acked': [13_743],
  'spi-partitioned': [432],
  'spi-part-reused': [861],
  'spi-granted': [50_622],
  'spi-granted-acked': [16_397],
  'ike-from-member': [25_810],
  'ike-from-member-strict': [4_918],
  'ike-from-member-follows': [28_086],
  'ike-translated': [18_622],
  'alternate-tunnel': [24_448],
  'alternate-announced': [24_448],
  'loose-moving': [18_622, 962, 6],
  'loose-resolving': [3_168, 484, 6],
  'loose-redirecting': [3_168, 436, 12],
  'loose-redirecting-resolving': [3_168, 484, 12],
  'hints-believed': [3_488],
  'no-message-id-check': [1_818],
}

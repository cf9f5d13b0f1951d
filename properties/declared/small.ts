/** Declared at the small scope. Written by `npm run declare`: read what it changes before you commit it. */
import type { Declarations } from './index.ts'

export const atSmall: Declarations = {
  'single-gateway': {
    states: { 'own-requests': 85, 'peer-requests': 85, 'together': 1652, 'second-failover': 17, 'outbound': 9, 'inbound': 10, 'inbound-delayed': 19, 'price-of-exchanges': 194, 'price-of-takeover': 624, 'price-of-packets': 5, 'packets-lost-out': 9, 'packets-lost-in': 9, 'deletions': 690, 'rekey-child': 2710, 'rekey-ike': 2020, 'window-2': 383, 'outbound-delayed': 15, 'sequence-space': 16, 'outbound-rekey': 704, 'inbound-rekey': 554, 'spis': 24, 'addresses': 888, 'outages': 46, 'hints': 118 },
    verdicts: { 'synch/exch': 0, 'recover': 'vacuous', 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 'vacuous', 'lost-in': 'vacuous' },
  },
  'no-synch': {
    states: { 'own-requests': 466, 'peer-requests': 686, 'together': 5932, 'second-failover': 167, 'outbound': 54, 'inbound': 180, 'inbound-delayed': 114, 'price-of-exchanges': 194, 'price-of-takeover': 2702, 'price-of-packets': 5, 'packets-lost-out': 36, 'packets-lost-in': 72, 'deletions': 2561, 'rekey-child': 9024, 'rekey-ike': 6864, 'window-2': 1276, 'spis': 1251, 'outages': 240, 'hints': 560 },
    verdicts: { 'MID-1': 'vacuous', 'MID-2': 'vacuous', 'MID-3': 'vacuous', 'MID-4': 'vacuous', 'MID-7': 'vacuous', 'MID-6': 'vacuous', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'vacuous', 'LIV-1p': 'violated', 'SEQ-1': 'vacuous', 'SEQ-2o': 'vacuous', 'IV-1': 'vacuous', 'RPL-1': 'vacuous', 'SEQ-2i': 'vacuous', 'SYN-1': 'vacuous', 'synch/exch': 0, 'recover': 1, 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 8, 'SPI-1': 'violated', 'DoS-1r': 'vacuous' },
  },
  'synch-sas': {
    states: { 'own-requests': 13582, 'peer-requests': 7576, 'together': 45525, 'second-failover': 1524, 'outbound': 126, 'inbound': 710, 'inbound-delayed': 194, 'price-of-exchanges': 451, 'price-of-takeover': 39609, 'price-of-packets': 5, 'packets-lost-out': 72, 'packets-lost-in': 51, 'deletions': 12854, 'rekey-child': 75168, 'rekey-ike': 45253, 'window-2': 17931, 'spis': 7404, 'hints': 1236 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-7': 'violated', 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1p': 'violated', 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'SYN-1': 'vacuous', 'synch/exch': 1, 'recover': 3, 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 4, 'lost-in': 0, 'SPI-1': 'violated', 'DoS-1r': 'violated' },
  },
  'synch-ike': {
    states: { 'own-requests': 31886, 'peer-requests': 12246, 'together': 77791, 'second-failover': 3032, 'outbound': 126, 'inbound': 710, 'inbound-delayed': 194, 'price-of-exchanges': 673, 'price-of-takeover': 75826, 'price-of-packets': 5, 'packets-lost-out': 72, 'packets-lost-in': 51, 'deletions': 19384, 'rekey-child': 125008, 'rekey-ike': 65889, 'window-2': 23703 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-7': 'violated', 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1p': 'violated', 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'SYN-1': 'vacuous', 'synch/exch': 1, 'recover': 3, 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 4, 'lost-in': 0 },
  },
  'acked-counters': {
    states: { 'own-requests': 3341, 'peer-requests': 1754, 'together': 26454, 'second-failover': 1295, 'outbound': 765, 'inbound': 2577, 'inbound-delayed': 563, 'price-of-exchanges': 524, 'price-of-takeover': 18566, 'price-of-packets': 8, 'packets-lost-out': 190, 'packets-lost-in': 192 },
    verdicts: { 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1p': 'violated', 'RPL-1': 'violated', 'synch/exch': 1.5, 'recover': 2, 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 0 },
  },
  'acked-answers': {
    states: { 'own-requests': 3341, 'peer-requests': 2202, 'together': 29227, 'second-failover': 1295, 'outbound': 765, 'inbound': 2577, 'inbound-delayed': 563, 'price-of-exchanges': 524, 'price-of-takeover': 19082, 'price-of-packets': 8, 'packets-lost-out': 190, 'packets-lost-in': 192 },
    verdicts: { 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'RPL-1': 'violated', 'synch/exch': 1.5, 'recover': 2, 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 0 },
  },
  'acked-requests': {
    states: { 'own-requests': 2622, 'peer-requests': 1754, 'together': 31176, 'second-failover': 1065, 'outbound': 765, 'inbound': 2577, 'inbound-delayed': 563, 'price-of-exchanges': 524, 'price-of-takeover': 16880, 'price-of-packets': 8, 'packets-lost-out': 190, 'packets-lost-in': 192 },
    verdicts: { 'LIV-1p': 'violated', 'RPL-1': 'violated', 'synch/exch': 1.5, 'recover': 2, 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 0 },
  },
  'acked-everything': {
    states: { 'own-requests': 2622, 'peer-requests': 2202, 'together': 33087, 'second-failover': 1065, 'outbound': 765, 'inbound': 2577, 'inbound-delayed': 563, 'price-of-exchanges': 524, 'price-of-takeover': 17237, 'price-of-packets': 8, 'packets-lost-out': 190, 'packets-lost-in': 192, 'deletions': 10301, 'rekey-child': 37540, 'rekey-ike': 28087, 'window-2': 7050, 'spis': 4467, 'addresses': 21120, 'outages': 406, 'planned': 4, 'hints': 964 },
    verdicts: { 'RPL-1': 'violated', 'synch/exch': 1.5, 'recover': 2, 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 0 },
  },
  'acked-no-resynch': {
    states: { 'own-requests': 2622, 'peer-requests': 2202, 'together': 33087, 'second-failover': 783, 'outbound': 484, 'inbound': 1629, 'inbound-delayed': 424, 'price-of-exchanges': 524, 'price-of-takeover': 17237, 'price-of-packets': 8, 'packets-lost-out': 190, 'packets-lost-in': 192 },
    verdicts: { 'LIV-1c': 'violated', 'CHD-1': 'violated', 'RPL-1': 'violated', 'synch/exch': 1.5, 'recover': 2, 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 0 },
  },
  'acked-three-members': {
    states: { 'three-members': 10433 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'vacuous', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated' },
  },
  'acked-three-retold': {
    states: { 'three-members': 7821 },
    verdicts: { 'MID-2': 'vacuous', 'MID-3': 'vacuous' },
  },
  'reordered-latest': {
    states: { 'own-requests': 4951, 'peer-requests': 2202, 'window-2': 15964 },
    verdicts: { 'MID-1': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated' },
  },
  'reordered-maximum': {
    states: { 'own-requests': 2778, 'peer-requests': 2202, 'window-2': 8926 },
    verdicts: { 'CHD-1': 'violated' },
  },
  'peer-takes-future-ids': {
    states: { 'own-requests': 4562, 'peer-requests': 1754, 'window-2': 11966 },
    verdicts: { 'MID-4': 'violated', 'MID-5': 'violated', 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1p': 'violated' },
  },
  'peer-compares-bytes': {
    states: { 'own-requests': 31655, 'peer-requests': 12246, 'window-2': 21825 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-7': 'violated', 'MID-6': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1p': 'violated' },
  },
  'esp-as-is': {
    states: { 'outbound': 603, 'inbound': 2577, 'inbound-delayed': 563, 'price-of-packets': 8, 'packets-lost-out': 179, 'packets-lost-in': 192 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'TRN-1c': 'violated', 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 4, 'lost-in': 0 },
  },
  'esp-jump': {
    states: { 'outbound': 671, 'price-of-packets': 8, 'packets-lost-out': 176 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'TRN-1c': 'violated', 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 3 },
  },
  'esp-wide-jump': {
    states: { 'outbound': 765, 'outbound-again': 329, 'outbound-delayed': 494, 'sequence-space': 1651, 'rebalancing': 580, 'split-packets': 2635, 'price-of-packets': 8, 'packets-lost-out': 190 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'SEQ-2i': 'vacuous', 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0 },
  },
  'esp-told-jump': {
    states: { 'outbound': 765, 'outbound-again': 403, 'rebalancing': 1277, 'price-of-packets': 8, 'packets-lost-out': 190 },
    verdicts: { 'RPL-1': 'violated', 'SEQ-2i': 'vacuous', 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0 },
  },
  'esp-wide-jump-late': {
    states: { 'outbound': 958, 'price-of-packets': 9, 'packets-lost-out': 227 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'TRN-1c': 'violated', 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 1 },
  },
  'esp-wider-jump-late': {
    states: { 'outbound': 1068, 'price-of-packets': 10, 'packets-lost-out': 264 },
    verdicts: { 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0 },
  },
  'esp-latest-wins': {
    states: { 'outbound': 1175, 'price-of-packets': 11, 'packets-lost-out': 303 },
    verdicts: { 'synch/1000': 500, 'extra-SAs': 0, 'lost-out': 0 },
  },
  'esp-to-maximum': {
    states: { 'sequence-space': 395, 'outbound-rekey': 8646 },
    verdicts: {  },
  },
  'esp-wraps': {
    states: { 'sequence-space': 4273 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'SEQ-3': 'violated' },
  },
  'esn-jump': {
    states: { 'sequence-space': 3465, 'inbound-esn': 333 },
    verdicts: {  },
  },
  'esn-huge-jump': {
    states: { 'sequence-space': 3465 },
    verdicts: { 'SEQ-2o': 'violated', 'ESN-1': 'violated' },
  },
  'inbound-learns': {
    states: { 'inbound': 2886, 'inbound-delayed': 648, 'packets-lost-in': 199 },
    verdicts: { 'RPL-1': 'violated', 'lost-in': 0 },
  },
  'inbound-raised': {
    states: { 'inbound': 437, 'inbound-delayed': 289, 'packets-lost-in': 275, 'inbound-long': 573 },
    verdicts: { 'SEQ-2i': 'violated', 'lost-in': 6 },
  },
  'inbound-noted': {
    states: { 'inbound': 1216, 'inbound-delayed': 339, 'packets-lost-in': 115 },
    verdicts: { 'RPL-1': 'violated', 'SYN-1': 'vacuous', 'lost-in': 0 },
  },
  'told-until-rekey': {
    states: { 'inbound-rekey': 8634 },
    verdicts: { 'SEQ-2i': 'vacuous', 'RPL-1': 'violated' },
  },
  'closed-until-rekey': {
    states: { 'inbound-rekey': 8234 },
    verdicts: { 'SEQ-2i': 'violated' },
  },
  'esn-raised': {
    states: { 'inbound-esn': 300 },
    verdicts: { 'SEQ-2i': 'violated', 'ESN-1': 'violated' },
  },
  'advances-first': {
    states: { 'inbound': 72, 'inbound-delayed': 65, 'packets-lost-in': 9 },
    verdicts: { 'SEQ-2i': 'violated', 'DoS-1e': 'violated', 'lost-in': 'vacuous' },
  },
  'tells-of-drops': {
    states: { 'inbound': 4177 },
    verdicts: { 'RPL-1': 'violated', 'SYN-1': 'violated' },
  },
  'iv-own-counter': {
    states: { 'outbound': 765 },
    verdicts: { 'IV-1': 'violated' },
  },
  'iv-lfsr-seeded-anew': {
    states: { 'outbound': 5031 },
    verdicts: { 'IV-1': 'violated' },
  },
  'iv-random': {
    states: { 'outbound': 5250 },
    verdicts: { 'IV-1': 'violated' },
  },
  'iv-salted': {
    states: { 'outbound': 765 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'TRN-1c': 'violated' },
  },
  'iv-member-id': {
    states: { 'outbound': 846 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'TRN-1c': 'violated' },
  },
  'iv-incarnation-id': {
    states: { 'outbound': 846 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'TRN-1c': 'violated' },
  },
  'share-ike-freely': {
    states: { 'sharing-own': 6154, 'sharing-peer': 6393 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-7': 'violated', 'MID-6': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated' },
  },
  'share-ike-freely-acked': {
    states: { 'sharing-own': 13968, 'sharing-peer': 2248 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-7': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated' },
  },
  'share-ike-lock': {
    states: { 'sharing-own': 2385, 'sharing-peer': 1520 },
    verdicts: { 'MID-1': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'LIV-1c': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1p': 'violated' },
  },
  'share-ike-lock-acked': {
    states: { 'sharing-own': 609, 'sharing-peer': 565 },
    verdicts: {  },
  },
  'hand-over-at-once': {
    states: { 'handover': 87444, 'sharing-own': 3320, 'sharing-peer': 943 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1c': 'violated' },
  },
  'hand-over-unsynched': {
    states: { 'handover': 13304, 'sharing-own': 3598, 'sharing-peer': 1356 },
    verdicts: { 'MID-1': 'violated', 'MID-2': 'violated', 'MID-3': 'violated', 'MID-4': 'violated', 'MID-7': 'violated', 'MID-6': 'violated', 'LIV-1p': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated', 'LIV-1c': 'violated' },
  },
  'hand-over-drained': {
    states: { 'handover': 9898, 'sharing-own': 550, 'sharing-peer': 506 },
    verdicts: {  },
  },
  'split-all-go-on': {
    states: { 'split-brain': 92459 },
    verdicts: { 'MID-2': 'violated', 'MID-3': 'violated', 'MID-7': 'violated', 'MID-6': 'violated', 'CHD-1': 'violated', 'TRN-1c': 'violated' },
  },
  'split-one-goes-on': {
    states: { 'split-brain': 10072 },
    verdicts: {  },
  },
  'shared-sa': {
    states: { 'outbound': 846, 'inbound': 2326, 'price-of-packets': 15, 'packets-lost-out': 230, 'packets-lost-in': 334 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'TRN-1c': 'violated', 'SYN-1': 'vacuous', 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 4, 'lost-in': 0 },
  },
  'shared-sa-no-replay-check': {
    states: { 'outbound': 846, 'inbound': 2326, 'price-of-packets': 15, 'packets-lost-out': 180, 'packets-lost-in': 334 },
    verdicts: { 'SEQ-1': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'TRN-1c': 'violated', 'SYN-1': 'vacuous', 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 0, 'lost-in': 0 },
  },
  'shared-sa-flooded': {
    states: { 'inbound': 270 },
    verdicts: { 'RPL-1': 'violated', 'SYN-1': 'vacuous' },
  },
  'sticky-sa': {
    states: { 'outbound': 832, 'outbound-rekey': 15506, 'price-of-packets': 8, 'packets-lost-out': 206 },
    verdicts: { 'synch/1000': 0, 'extra-SAs': 0, 'lost-out': 0 },
  },
  'own-sas': {
    states: { 'outbound': 846, 'inbound': 2994, 'split-packets': 1095, 'price-of-packets': 15, 'packets-lost-out': 180, 'packets-lost-in': 372 },
    verdicts: { 'SEQ-1': 'violated', 'SEQ-2o': 'violated', 'IV-1': 'violated', 'RPL-1': 'violated', 'TRN-1c': 'violated', 'SYN-1': 'vacuous', 'synch/1000': 0, 'extra-SAs': 1, 'lost-out': 0, 'lost-in': 0 },
  },
  'own-sas-told': {
    states: { 'outbound': 12352, 'inbound': 6917, 'price-of-packets': 28, 'packets-lost-out': 798, 'packets-lost-in': 1190 },
    verdicts: { 'RPL-1': 'violated', 'synch/1000': 500, 'extra-SAs': 1, 'lost-out': 0, 'lost-in': 0 },
  },
  'hands-over-counters': {
    states: { 'rebalancing': 321 },
    verdicts: { 'SEQ-2i': 'vacuous' },
  },
  'ike-from-member': {
    states: { 'addresses': 29116 },
    verdicts: { 'TRN-2': 'violated' },
  },
  'ike-from-member-strict': {
    states: { 'addresses': 6206 },
    verdicts: { 'TRN-2': 'violated', 'LIV-1c': 'violated', 'LIV-1p': 'violated' },
  },
  'ike-from-member-follows': {
    states: { 'addresses': 32268 },
    verdicts: { 'TRN-2': 'violated', 'ADR-1': 'violated' },
  },
  'ike-translated': {
    states: { 'addresses': 21120 },
    verdicts: {  },
  },
  'alternate-tunnel': {
    states: { 'addresses': 27632 },
    verdicts: { 'TRN-2': 'violated' },
  },
  'alternate-announced': {
    states: { 'addresses': 27632 },
    verdicts: {  },
  },
  'loose-moving': {
    states: { 'addresses': 21120, 'outages': 406, 'planned': 4 },
    verdicts: {  },
  },
  'loose-resolving': {
    states: { 'addresses': 3516, 'outages': 240, 'planned': 4 },
    verdicts: { 'ADR-1': 'violated', 'LIV-1c': 'violated', 'LIV-1p': 'violated', 'ADR-2': 'violated' },
  },
  'loose-redirecting': {
    states: { 'addresses': 3516, 'outages': 216, 'planned': 8 },
    verdicts: { 'ADR-1': 'violated', 'LIV-1c': 'violated', 'LIV-1p': 'violated', 'REC-1': 'violated' },
  },
  'loose-redirecting-resolving': {
    states: { 'addresses': 3516, 'outages': 240, 'planned': 8 },
    verdicts: { 'ADR-1': 'violated', 'LIV-1c': 'violated', 'LIV-1p': 'violated' },
  },
  'spi-shared': {
    states: { 'spis': 16632 },
    verdicts: { 'SPI-1': 'violated' },
  },
  'spi-shared-acked': {
    states: { 'spis': 9030 },
    verdicts: { 'SPI-1': 'violated' },
  },
  'spi-partitioned': {
    states: { 'spis': 272 },
    verdicts: {  },
  },
  'spi-part-reused': {
    states: { 'spis': 511 },
    verdicts: { 'SPI-1': 'violated' },
  },
  'spi-granted': {
    states: { 'spis': 17321 },
    verdicts: { 'SPI-1': 'violated' },
  },
  'spi-granted-acked': {
    states: { 'spis': 10505 },
    verdicts: {  },
  },
  'hints-believed': {
    states: { 'hints': 450 },
    verdicts: { 'DoS-1h': 'violated', 'DoS-1r': 'vacuous' },
  },
  'no-message-id-check': {
    states: { 'hints': 118 },
    verdicts: { 'DoS-1r': 'violated' },
  },
}

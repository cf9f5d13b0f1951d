/** What `clustercheck availability` computes of schemes under the default timing. Written by `npm run declare availability`. */
import type { KeptAvailability } from '../../src/search/suite.ts'

export const AVAILABILITY: Readonly<Record<string, KeptAvailability>> = {
  'no-synch': {
    states: 8302,
    seconds: { traffic: 195.15, ike: 195.15 },
    doomed: 1000000,
    nines: { traffic: 4.2648, withPackets: 4.2648, ike: 4.2648 },
  },
  'synch-sas': {
    states: 32855,
    seconds: { traffic: 1.9, ike: 144.65 },
    doomed: 1000000,
    nines: { traffic: 6.1583, withPackets: 4.4062, ike: 4.3943 },
  },
  'synch-ike': {
    states: 104530,
    seconds: { traffic: 1.7004, ike: 2.0608 },
    doomed: 2086.2,
    nines: { traffic: 6.1945, withPackets: 3.6013, ike: 6.1308 },
  },
  'acked-counters': {
    states: 33335,
    seconds: { traffic: 1.7007, ike: 2.384 },
    doomed: 3748.3,
    nines: { traffic: 6.1944, withPackets: 6.1944, ike: 6.0811 },
  },
  'acked-answers': {
    states: 27093,
    seconds: { traffic: 1.7005, ike: 2.1419 },
    doomed: 2263.9,
    nines: { traffic: 6.1945, withPackets: 6.1945, ike: 6.1178 },
  },
  'acked-requests': {
    states: 25180,
    seconds: { traffic: 1.7003, ike: 1.9428 },
    doomed: 1488.6,
    nines: { traffic: 6.1945, withPackets: 6.1945, ike: 6.1504 },
  },
  'acked-everything': {
    states: 20210,
    seconds: { traffic: 1.7, ike: 1.7 },
    doomed: 0.77063,
    nines: { traffic: 6.1945, withPackets: 6.1945, ike: 6.194 },
  },
  'acked-no-resynch': {
    states: 22417,
    seconds: { traffic: 172.37, ike: 172.37 },
    doomed: 882260,
    nines: { traffic: 4.3185, withPackets: 4.3185, ike: 4.3185 },
  },
  'told-before-in-order': {
    states: 218834,
    seconds: { traffic: 1.7009, ike: 2.5641 },
    doomed: 4674.6,
    nines: { traffic: 6.1944, withPackets: 3.6021, ike: 6.0557 },
  },
}

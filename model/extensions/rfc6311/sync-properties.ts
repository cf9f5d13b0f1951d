/**
 * RFC 6311 section 11: the two replay attacks that it names, on the request and on the response of a sync, as
 * properties that say what each would do.
 */
import type { Depiction } from '../../../src/modelling/events.ts'
import { monitorOn, type Property } from '../../../src/modelling/property.ts'
import { range, record, setOf } from '../../../src/modelling/schema.ts'
import type { Party } from '../../wire/pictures.ts'

/** What an observer sees of a sync beside its messages. `copies`: somebody may keep a copy of what was received. */
export type SyncEvents = {
  /** `stray`: an answer to another sync of this end is under way. */
  readonly syncStarted: { readonly at: Party; readonly stray: boolean }
  /** `changed`: a counter has moved, a request is gone, or numbers are skipped. */
  readonly syncProcessed: {
    readonly at: Party
    readonly nonce: number
    readonly changed: boolean
    readonly copies: boolean
  }
  /** `wanted`: it is the answer to the sync that this end has under way. */
  readonly syncCompleted: {
    readonly at: Party
    readonly nonce: number
    readonly wanted: boolean
    readonly copies: boolean
  }
  readonly syncGaveUp: { readonly at: Party }
}

/** How they are drawn. */
export const SYNC_PICTURES: { readonly [K in keyof SyncEvents]: (event: SyncEvents[K]) => Depiction } = {
  syncStarted: ({ at }) => ({ shape: 'mark', lane: at, text: 'starts a sync' }),
  syncProcessed: ({ at, nonce, changed }) => ({
    shape: 'mark',
    lane: at,
    text: `processes sync ${nonce}${changed ? '' : ': nothing changes'}`,
  }),
  syncCompleted: ({ at, nonce, wanted }) => ({
    shape: 'mark',
    lane: at,
    text: wanted ? `completes sync ${nonce}` : `takes an answer to sync ${nonce}, which it has not under way`,
    grave: !wanted,
  }),
  syncGaveUp: ({ at }) => ({
    shape: 'mark',
    lane: at,
    text: 'gives up for want of an answer to its sync',
    grave: true,
  }),
}

type Seen = SyncEvents & { readonly syncRequestReceived: { readonly nonce: number; readonly copy: boolean } }
const monitor = monitorOn<Seen>()

/** SYNC-R and SYNC-A; `most`: syncs that can be started. */
export const syncProperties = (most: number): readonly Property[] => [
  monitor('SyncProcessedOnce', {
    label: 'SYNC-R',
    sentence: 'A sync request that was processed once changes nothing when it comes again.',
    source: 'RFC 6311 section 11',
    memory: record({ processed: setOf(range(0, most)) }),
    on: {
      syncRequestReceived({ processed }, { nonce }, judge) {
        if (processed.has(nonce)) judge.arose()
      },
      syncProcessed({ processed }, { nonce, changed, copies }, judge) {
        // From now on a copy can come at any time; one that is dropped is no step.
        if (copies) judge.arose()
        if (processed.has(nonce) && changed) judge.violated()
        processed.add(nonce)
      },
    },
  }),
  monitor('SyncAnswerTakenOnce', {
    label: 'SYNC-A',
    sentence:
      'A sync response is taken once at the most, by the end that has the sync under way to which it is the answer.',
    source: 'RFC 6311 section 11',
    memory: record({}),
    on: {
      syncStarted(_, { stray }, judge) {
        if (stray) judge.arose()
      },
      syncCompleted(_, { wanted, copies }, judge) {
        if (copies) judge.arose()
        if (!wanted) judge.violated()
      },
    },
  }),
]

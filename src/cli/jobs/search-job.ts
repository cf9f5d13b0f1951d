/** What travels between the main thread and a search thread: plain data only. */

import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { DesignSearch } from '../../../properties/design/searches.ts'
import type { Attacker } from '../../../properties/validation/trials.ts'
import type { FaultData } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import type { Limits, Progress } from '../../search/breadth-first.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { BitstateOptions } from '../../search/packed/bitstate.ts'
import type { Exactness } from '../../search/packed/codegen/keys.ts'
import type { ScopeName } from '../../search/suite.ts'
import type { UsageData } from '../process/errors.ts'

/** Where a search thread finds the model. */
export type ModelSource =
  | { readonly kind: 'scheme'; readonly name: string; readonly scope: ScopeName }
  /** The searches of a scheme with a bound raised by so much, for these labels. */
  | {
      readonly kind: 'raised'
      readonly name: string
      readonly scope: ScopeName
      readonly by: number
      readonly labels: readonly string[]
    }
  /** A module whose default export is a model, or one with parameters, and what these are set to. */
  | { readonly kind: 'module'; readonly url: string; readonly set?: Readonly<Record<string, string>> }
  /** A cluster that somebody described. */
  | { readonly kind: 'cluster'; readonly cluster: ClusterData }
  /** The searches by which extensions are validated. */
  | { readonly kind: 'validation'; readonly validation: ValidationSource }

/** One search of a design. */
export interface DesignSource {
  readonly kind: 'design'
  readonly search: DesignSearch
}

/** How to search. */
export interface SearchSettings {
  /** One of very many: one thread, no cross-check, and any of the shortest paths. */
  readonly lean?: boolean
  readonly exact: Exactness
  readonly deadlock: boolean
  /** Say where time and states go: then each search has one thread. */
  readonly profile?: boolean
  readonly limits: Limits
  readonly saving?: CheckpointSettings
  /** With bits only, one thread a search. */
  readonly bitstate?: BitstateOptions
  /** Keep one state of each orbit. */
  readonly symmetry?: boolean
}

/** Where searches are saved and taken up. */
export interface CheckpointSettings {
  /** As named on the command line. */
  readonly target: string
  /** The folder to write to. */
  readonly folder: string
  /** Seconds between two checkpoints, at least. */
  readonly every: number
  /** The folder to take searches up from. */
  readonly resume?: string
  /** A hash of the program and the models that come with it. */
  readonly build: string
  /** What decides, with the build, what one search is of. */
  readonly text?: string
}

/** What a search thread is given. */
export interface Work {
  readonly source: ModelSource | DesignSource
  /** The search of a scheme. */
  readonly focus: string
  readonly settings: SearchSettings
  /** Threads that may help with this search. */
  readonly helpers: number
  /** One Int32: not zero when the search is to stop. */
  readonly stop: SharedArrayBuffer
  /** Where threads say what they run: see `watch.ts`. */
  readonly watch: SharedArrayBuffer
}

/** An outcome without its model, which holds functions. */
export interface OutcomeData extends Omit<Outcome, 'model'> {
  /** Of a search of a design: the policies that it has read. */
  readonly reads?: readonly string[]
}

/** What a search thread says. The last message is neither a progress nor a warning. */
export type Report =
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'outcome'; readonly outcome: OutcomeData }
  | { readonly kind: 'fault'; readonly data: FaultData }
  | { readonly kind: 'usage'; readonly data: UsageData }
  | { readonly kind: 'failure'; readonly reason: string }

/** One search to run. */
export interface Job extends Omit<Work, 'stop' | 'watch' | 'helpers'> {
  /** For messages. */
  readonly name: string
  /** May be made when it is first asked for; threads make their own. */
  readonly model: Model
  /** What tells its model from every other that this build could search; absent where nothing does. */
  readonly content?: string
  /** The modules that decide, with the content, what its model is; absent where the content does alone. */
  readonly sources?: readonly string[]
}

/** An extension as plain data, for search threads and tokens. */
export interface ExtensionSource {
  /** As named on the command line, without parameters. */
  readonly name: string
  /** The module of a file; absent for those that come with clustercheck. */
  readonly url?: string
  /** A hash of all text of that file. */
  readonly text?: string
  /** Values by parameter, as text; those that are not there have their default. */
  readonly chosen: Readonly<Record<string, string>>
}

/** What is searched to validate, as plain data. */
export interface ValidationSource {
  readonly extensions: readonly ExtensionSource[]
  readonly schemes: readonly string[]
  /** Those of them that somebody described. */
  readonly clusters?: readonly NamedScheme[]
  readonly scope: ScopeName
  readonly attackers: readonly Attacker[]
  /** Searches by name; absent: all of the extensions. */
  readonly searches?: readonly string[]
}

/** A described cluster as threads are sent it: plain data. */
export interface ClusterData {
  /** One for each peer that it must work with. */
  readonly schemes: readonly NamedScheme[]
  readonly scope: ScopeName
}

/** What travels between the server of the explorer and its threads: plain data only. */
import type { DisabledView, Question, Steps, WalkView } from '../../explore/protocol.ts'
import type { Bounds } from '../../explore/questions.ts'
import type { ModelSource } from '../jobs/search-job.ts'

/** A model that a thread stands in. */
export interface Stand {
  readonly source: ModelSource
  readonly focus: string
  /** The target and the scope as tokens name them. */
  readonly target: string
  readonly scope?: string
  /** The target and what the search switches on, for captions. */
  readonly scheme: string
  readonly about: string
  /** The file of a model, for tests that are saved. */
  readonly file?: string
  /** Where closures say that they run: see `watch.ts`. */
  readonly watch: SharedArrayBuffer
}

/** What a thread is asked about a walk; `label`: the property that is looked at. */
export type Request = { readonly path: Steps; readonly label: string } & (
  | { readonly kind: 'disabled' | 'test' }
  /** `bare`: without its steps, which are known. */
  | { readonly kind: 'walk'; readonly bare: boolean }
  | { readonly kind: 'random'; readonly steps: number; readonly seed: number }
  | { readonly kind: 'picture'; readonly theme: 'light' | 'dark' }
)

/** The answers, by kind of request. */
export interface Replies {
  readonly walk: WalkView
  readonly disabled: { readonly actions: readonly DisabledView[]; readonly count: number }
  readonly random: { readonly steps: Steps }
  /** The picture as DOT, with what stands for it. */
  readonly picture: { readonly dot: string; readonly title: string; readonly description: string }
  readonly test: { readonly text: string }
}

export type Reply = Replies[keyof Replies]

/** What a thread says to a request. */
export type Replied =
  | { readonly id: number; readonly reply: Reply }
  | { readonly id: number; readonly problem: string }

/** A question for a thread of its own. */
export interface QuestionWork {
  readonly stand: Stand
  readonly path: Steps
  readonly question: Question
  readonly bounds: Bounds
  /** One Int32: not zero when it is to stop and say what it found. */
  readonly stop: SharedArrayBuffer
}

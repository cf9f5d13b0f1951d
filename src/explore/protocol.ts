/** What the page of the explorer and the program say to each other: plain data. The page shows all of it as text. */
import type { Part } from '../report/trace/causal-core.ts'

/** A search of a target, with the property that is looked at. */
export interface Place {
  readonly target: string
  /** Absent for the default one, and for models. */
  readonly scope?: string
  readonly focus: string
  /** The label of the property. */
  readonly label: string
}

/** Step numbers: the initial instance, then an action instance for each step. Empty: before the initial state. */
export type Steps = readonly number[]

/** A variable that a step changed. */
export interface ChangeView {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** A variable with its value. */
export type Variable = readonly [path: string, value: string]

/** Where an event of a walk stands. */
export interface EventRef {
  readonly step: number
  readonly index: number
}

/** An event of a step as it is drawn. */
export interface EventView {
  readonly shape: 'send' | 'receive' | 'lose' | 'pass' | 'mark'
  readonly text: string
  /** Absent for a loss whose send is not shown. */
  readonly lane?: string
  readonly to?: string
  /** What ties a send to its receipt. */
  readonly message?: string
  /** Of a receipt or loss: its send. */
  readonly sent?: EventRef
  /** Of a send: what became of it. */
  readonly fate?: 'open' | 'received' | 'lost'
  /** Of a receipt: the send was received before; of a loss: it had ended before. */
  readonly again?: boolean
  readonly grave?: boolean
  /** Whether it is one of those that clash. */
  readonly clash?: boolean
}

/** A step that was taken. */
export interface StepView {
  readonly text: string
  readonly actor: string
  readonly events: readonly EventView[]
  readonly changes: readonly ChangeView[]
  readonly memory: readonly ChangeView[]
  /** Labels of the properties that are violated by it, or first false after it. */
  readonly violates: readonly string[]
  /** What each property says after it, in their order. */
  readonly says: readonly string[]
  /** What it is to the end of the trace, where somebody looked. */
  readonly part?: Part
}

/** A property as it stands at the end of a walk. */
export interface PropertyView {
  readonly label: string
  readonly name: string
  readonly kind: string
  readonly sentence: string
  readonly source: string
  /** A word or two on the state, or on the steps up to it. */
  readonly says: string
  readonly bad: boolean
  /** The steps that violate it. */
  readonly violatedAt: readonly number[]
  readonly conditions: readonly (readonly [phrase: string, holds: boolean])[]
}

/** What an action does with a message, or on a lane, so that it can be found there. */
export interface Touch {
  readonly does: 'deliver' | 'lose' | 'copy' | 'send' | 'mark'
  readonly lane: string
  readonly message?: string
}

/** An action that can be taken. */
export interface ActionView {
  readonly number: number
  readonly text: string
  readonly actor: string
  /** What its events say, one line each. */
  readonly events: readonly string[]
  readonly touches: readonly Touch[]
  readonly changes: readonly ChangeView[]
  readonly violates: readonly string[]
  /** Whether the state stays the same. */
  readonly idle: boolean
  /** Whether the model calls it something that goes wrong. */
  readonly fault: boolean
  /** What is wrong with the model, if the step cannot be taken. */
  readonly broken?: string
  /** Whether it leads to a state that is not in the page. */
  readonly outside?: boolean
}

/** An action that cannot be taken. */
export interface DisabledView {
  readonly text: string
  readonly actor: string
  /** What its guard read, in this order; the last decided. */
  readonly reads: readonly Variable[]
  /** The text of the guard. */
  readonly guard: string
}

/** What a lane shows of the state. */
export interface LaneView {
  readonly name: string
  /** What it is called. */
  readonly title: string
  readonly says: readonly string[]
}

/** The end of a walk. */
export interface StateView {
  readonly variables: readonly Variable[]
  readonly memory: readonly Variable[]
  readonly properties: readonly PropertyView[]
  readonly enabled: readonly ActionView[]
  readonly lanes: readonly LaneView[]
  /** The token of the walk. */
  readonly token: string
}

/** A walk with its end. */
export interface WalkView {
  readonly path: Steps
  readonly steps: readonly StepView[]
  readonly here: StateView
}

/** What is said of a trace besides its steps. */
export interface TraceAbout {
  /** What it shows, and the property in a sentence. */
  readonly sentence: string
  readonly headline: string
  readonly good: boolean
  readonly facts: readonly Fact[]
  /** What each step is to its end, and the events that clash. */
  readonly parts: readonly Part[]
  readonly clash: readonly EventRef[]
  /** Pages beside this one, relative to it. */
  readonly links: readonly { readonly text: string; readonly href: string }[]
}

/** What and which. */
export type Fact = readonly [what: string, which: string]

/** What a token names. */
export interface OpenedView {
  readonly place: Place
  readonly path: Steps
  /** The other searches of the target. */
  readonly searches: readonly { readonly name: string; readonly about: string }[]
  readonly about: string
  /** Whether the model is another than when the token was made. */
  readonly changed: boolean
}

/** A question about what can come. */
export type Question =
  | { readonly kind: 'state'; readonly expression: string }
  | { readonly kind: 'violation'; readonly label: string }
  | { readonly kind: 'possible'; readonly label: string }
  | { readonly kind: 'leads' }

/** Where an action leads, by label of a property: in how many steps it is violated at the soonest, counted from here. */
export interface Lead {
  readonly label: string
  readonly steps: number
  /** Whether from there on nothing can make it true again, rather than a violation. */
  readonly doomed: boolean
}

/** Where an action leads. */
export interface LeadsTo {
  readonly number: number
  readonly leads: readonly Lead[]
  /** Labels that nothing which follows violates. */
  readonly never: readonly string[]
}

/** What a question came to. */
export interface Answer {
  readonly text: string
  /** Steps to take from here. */
  readonly steps?: Steps
  readonly leads?: readonly LeadsTo[]
}

/** What is said while a question is looked into. The last is an answer or a problem. */
export type Said =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'judged'; readonly target: string; readonly cells: readonly CellView[] }
  | { readonly kind: 'problem'; readonly problem: string }

/** A cell of the matrix. */
export interface CellView {
  readonly label: string
  /** A verdict, or what a measure reads. */
  readonly verdict: string
  readonly kind: 'bad' | 'good' | 'number' | 'none'
  /** The trace that was found, or the page of it. */
  readonly token?: string
  readonly href?: string
  readonly steps?: number
  /** What the trace shows, or how much was looked at. */
  readonly note?: string
  /** Whether it is not as declared. */
  readonly differs?: boolean
}

/** A row of the matrix. */
export interface RowView {
  readonly target: string
  readonly about: string
  readonly cells: readonly CellView[]
}

/** The matrix: what is declared; a search says what is found. */
export interface MatrixView {
  readonly scope: string
  readonly groups: readonly { readonly title: string; readonly labels: readonly string[] }[]
  readonly properties: readonly {
    readonly label: string
    readonly sentence: string
    readonly source: string
  }[]
  /** Tables of what was computed once and is kept: text by columns. */
  readonly kept: readonly {
    readonly title: string
    readonly columns: readonly { readonly label: string; readonly sentence: string }[]
    readonly rows: readonly { readonly target: string; readonly cells: readonly string[] }[]
  }[]
  readonly rows: readonly RowView[]
}

/** The answer to every request that cannot be granted. */
export interface ProblemView {
  readonly problem: string
}

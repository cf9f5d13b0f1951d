/**
 * The static types a schema gives: `Draft`, what an effect may mutate, and `View`, what a guard may read.
 *
 * Both interpreters offer exactly this: scalars are assignable in a draft, structure never is. A model that
 * would work in only one of them does not compile.
 */
import { ModelFault } from './fault.ts'
import type { BagOf, Each, QueueOf, RecordOf, Scalar, ScalarValue, Schema, SetOf } from './schema.ts'

/**
 * Going through what a collection holds: `for (const m of s.line)`, `s.line.some((m) => ...)`. Sets are gone through in the order of
 * their domain, queues and bags by their places. The methods make no object in a packed search; a loop makes one.
 */
export interface Walk<T> {
  [Symbol.iterator](): Iterator<T, unknown, undefined>
  some(test: (element: T) => boolean): boolean
  every(test: (element: T) => boolean): boolean
  /** The first element of which `test` is true. */
  find(test: (element: T) => boolean): T | undefined
  /** Of how many elements `test` is true. */
  count(test: (element: T) => boolean): number
}

/** A set in a message; a native `Set` is one. */
export interface MessageSet<V> {
  readonly size: number
  has(value: V): boolean
}

/** A read-only subset of a finite domain. */
export interface SetView<V> extends MessageSet<V>, Walk<V> {}

/** A mutable subset. */
export interface SetDraft<V> extends SetView<V> {
  add(value: V): void
  delete(value: V): void
  clear(): void
}

/** A read-only FIFO; index 0 is the head. */
export interface QueueView<T> extends Walk<T> {
  readonly length: number
  /** The message at `index`, undefined beyond the end. */
  at(index: number): T | undefined
}

/** A mutable FIFO. */
export interface QueueDraft<T> extends QueueView<T> {
  /** Appends a copy of `message`; a full queue is a fault of the model. */
  push(message: T): void
  /** Removes the head and returns it, undefined when empty. Valid until the end of the effect. */
  shift(): T | undefined
  /** Removes the message at `index`; nothing happens beyond the end. */
  removeAt(index: number): void
  clear(): void
}

/** A read-only multiset, in one fixed order of its messages. */
export interface BagView<T> extends Walk<T> {
  /** Messages, counted with multiplicity. */
  readonly length: number
  /** The message at `index` in the fixed order, undefined beyond the end. */
  at(index: number): T | undefined
  has(message: T): boolean
  /** How often `message` is in the bag, or of how many messages a test is true. */
  count(message: T | ((message: T) => boolean)): number
  /** Whether `index` holds a message that no smaller index holds: choose over these to take each message once. */
  isFirstCopy(index: number): boolean
}

/** A mutable multiset. */
export interface BagDraft<T> extends BagView<T> {
  /** Adds a copy of `message`; a full bag is a fault of the model. */
  add(message: T): void
  /** Removes one copy; a message that is not there is a fault of the model. */
  remove(message: T): void
  clear(): void
}

type ScalarKeys<F> = { [K in keyof F]: F[K] extends Scalar ? K : never }[keyof F]

/** What an effect may mutate. */
export type Draft<S extends Schema> = S extends Scalar
  ? ScalarValue<S>
  : S extends RecordOf<infer F>
    ? { -readonly [K in ScalarKeys<F>]: Draft<F[K]> } & {
        readonly [K in Exclude<keyof F, ScalarKeys<F>>]: Draft<F[K]>
      }
    : S extends Each<infer V, infer E>
      ? E extends Scalar
        ? { -readonly [K in V]: Draft<E> }
        : { readonly [K in V]: Draft<E> }
      : S extends SetOf<infer V>
        ? SetDraft<V>
        : S extends QueueOf<infer R>
          ? QueueDraft<MessageView<R>>
          : S extends BagOf<infer R>
            ? BagDraft<MessageView<R>>
            : never

/** A message. */
export type MessageView<S extends Schema> =
  S extends RecordOf<infer F>
    ? { readonly [K in keyof F]: MessageView<F[K]> }
    : S extends SetOf<infer V>
      ? MessageSet<V>
      : View<S>

/** What a guard or a property may read. */
export type View<S extends Schema> = S extends Scalar
  ? ScalarValue<S>
  : S extends RecordOf<infer F>
    ? { readonly [K in keyof F]: View<F[K]> }
    : S extends Each<infer V, infer E>
      ? { readonly [K in V]: View<E> }
      : S extends SetOf<infer V>
        ? SetView<V>
        : S extends QueueOf<infer R>
          ? QueueView<MessageView<R>>
          : S extends BagOf<infer R>
            ? BagView<MessageView<R>>
            : never

/** Removes the head of a queue and returns it; an empty queue is a fault of the model. */
export const take = <T>(queue: QueueDraft<T>): T => {
  const head = queue.shift()
  if (head !== undefined) return head
  const { path = 'A queue' } = queue as { readonly path?: string }
  throw new ModelFault({ problem: `${path} is empty, so no message can be taken from it.`, variable: path })
}

/** What was tried: a tree of walks, in which branches can be named, gone back to and compared. */
import { useState } from 'preact/hooks'
import type { Steps } from '../protocol.ts'

/** The end of a walk that was taken. */
export interface Try {
  readonly path: Steps
  readonly text: string
  readonly name?: string
}

/** By the steps with dots. */
export type Tries = ReadonlyMap<string, Try>

export const keyOf = (path: Steps): string => path.join('.')

/** The tries with every beginning of a walk. */
export const withWalk = (tries: Tries, path: Steps, texts: readonly string[]): Tries => {
  if (path.every((_, i) => tries.has(keyOf(path.slice(0, i + 1))))) return tries
  const more = new Map(tries)
  path.forEach((_, i) => {
    const begin = path.slice(0, i + 1)
    const key = keyOf(begin)
    if (!more.has(key)) more.set(key, { path: begin, text: texts[i] ?? '' })
  })
  return more
}

/** The ends of branches, and walks that have a name. */
export const endsOf = (tries: Tries): readonly Try[] =>
  [...tries.values()].filter(({ path, name }) => name !== undefined || childrenOf(tries, path).length === 0)

const childrenOf = (tries: Tries, path: Steps): readonly Try[] => {
  const key = keyOf(path)
  return [...tries.values()].filter(
    (one) => one.path.length === path.length + 1 && keyOf(one.path.slice(0, -1)) === key,
  )
}

/** A walk in a few words. */
export const tryName = ({ path, text, name }: Try): string => name ?? `step ${path.length - 1}: ${text}`

/** Steps of a line without branches that are shown before and after what is left out. */
const SHOWN = 4

export const Tried = ({
  tries,
  here,
  onGo,
  onName,
}: {
  readonly tries: Tries
  readonly here: Steps
  readonly onGo: (path: Steps) => void
  readonly onName: (path: Steps, name: string) => void
}) => {
  const [name, setName] = useState('')
  const known = tries.get(keyOf(here))?.name ?? ''
  const nested = new Map<string, Try[]>()
  for (const one of tries.values()) {
    const key = keyOf(one.path.slice(0, -1))
    nested.set(key, [...(nested.get(key) ?? []), one])
  }
  return (
    <section class="panel tried" aria-labelledby="tried-title">
      <h2 id="tried-title">What was tried</h2>
      <Lines below={nested.get('') ?? []} nested={nested} here={keyOf(here)} onGo={onGo} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onName(here, name)
          setName('')
        }}
      >
        <label>
          Name of this branch{' '}
          <input
            value={name}
            maxLength={80}
            placeholder={known}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>{' '}
        <button type="submit">Name it</button>
      </form>
    </section>
  )
}

const Lines = ({
  below,
  nested,
  here,
  onGo,
}: {
  readonly below: readonly Try[]
  readonly nested: ReadonlyMap<string, readonly Try[]>
  readonly here: string
  readonly onGo: (path: Steps) => void
}) => (
  <ul class="tries">
    {below.map((first) => {
      const line: Try[] = [first]
      let next = nested.get(keyOf(first.path)) ?? []
      while (next.length === 1) {
        line.push(next[0]!)
        next = nested.get(keyOf(next[0]!.path)) ?? []
      }
      const isShown = (one: Try, i: number): boolean =>
        i < SHOWN || i >= line.length - SHOWN || keyOf(one.path) === here || one.name !== undefined
      return (
        <li key={keyOf(first.path)}>
          {line.map((one, i) => {
            const key = keyOf(one.path)
            if (!isShown(one, i)) return isShown(line[i - 1]!, i - 1) ? <span key={key}> … </span> : null
            return (
              <button
                type="button"
                class="plain"
                key={key}
                aria-current={key === here ? 'true' : undefined}
                onClick={() => onGo(one.path)}
              >
                {one.path.length - 1} {one.name === undefined ? one.text : <b>{one.name}</b>}
              </button>
            )
          })}
          {next.length === 0 ? null : <Lines below={next} nested={nested} here={here} onGo={onGo} />}
        </li>
      )
    })}
  </ul>
)

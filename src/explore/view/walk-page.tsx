/** The page of a model that is stood in. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ActionView, LeadsTo, OpenedView, Place, Steps, TraceAbout, WalkView } from '../protocol.ts'
import { About, PARTS } from './about.tsx'
import { Actions } from './actions.tsx'
import { Ask } from './ask.tsx'
import { client, problemText } from './client.ts'
import { Compare } from './compare.tsx'
import { Lanes } from './lanes.tsx'
import { Properties } from './properties.tsx'
import { Followed, State } from './state.tsx'
import { keyOf, Tried, type Tries, withWalk } from './tried.tsx'

/** Saves text as a file. */
const download = (name: string, type: string, text: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

export interface Opened extends OpenedView {
  readonly token: string
}

export const WalkPage = ({
  opened,
  isOffline,
  note,
  about,
  onToken,
}: {
  readonly opened: Opened
  readonly isOffline: boolean
  readonly note: string | undefined
  /** What a trace shows that is told. */
  readonly about: TraceAbout | undefined
  /** The token of what is now looked at, for the address; `replaces`: it is the same place. */
  readonly onToken: (token: string, opened: Opened, replaces: boolean) => void
}) => {
  const [place, setPlace] = useState(opened.place)
  const [branch, setBranch] = useState<WalkView>()
  const [walk, setWalk] = useState<WalkView>()
  const [before, setBefore] = useState<WalkView>()
  const [tries, setTries] = useState<Tries>(new Map())
  const [pinned, setPinned] = useState<readonly string[]>([])
  const [leads, setLeads] = useState<{ readonly key: string; readonly leads: readonly LeadsTo[] }>()
  const [problem, setProblem] = useState('')
  const [said, setSaid] = useState('')
  const known = useMemo(() => new Map<string, Promise<WalkView>>(), [place])

  const fetched = useCallback(
    (path: Steps, bare: boolean): Promise<WalkView> => {
      const key = `${keyOf(path)}${bare ? ' bare' : ''}`
      const found = known.get(key) ?? client.call<WalkView>('walk', { place, path, bare })
      known.set(key, found)
      found.catch(() => known.delete(key))
      return found
    },
    [place, known],
  )
  const fetchWalk = useCallback((path: Steps) => fetched(path, false), [fetched])

  /** How often a walk was gone to, and the last that was reached: neither is to cause a render. */
  const turn = useRef(0)
  const reached = useRef('')

  /** Looks at a walk, as the end of the present branch or of its own. */
  const go = useCallback(
    async (path: Steps, { replaces = false }: { readonly replaces?: boolean } = {}) => {
      turn.current += 1
      const mine = turn.current
      try {
        // The steps of a beginning of the branch are known: only its end is asked for.
        const isKnown = branch !== undefined && isBeginning(path, branch.path)
        const [end, last] = await Promise.all([
          fetched(path, isKnown),
          path.length > 0 ? fetched(path.slice(0, -1), true) : undefined,
        ])
        // Somebody went on meanwhile.
        if (mine !== turn.current) return
        reached.current = placeKey(place, path)
        const next = isKnown ? { ...end, steps: branch.steps.slice(0, path.length) } : end
        setProblem('')
        setWalk(next)
        setBefore(last)
        setBranch((now) => (now && isBeginning(path, now.path) ? now : next))
        setTries((now) =>
          withWalk(
            now,
            path,
            next.steps.map(({ text }) => text),
          ),
        )
        onToken(next.here.token, { ...opened, place, path, token: next.here.token }, replaces)
      } catch (thrown) {
        setProblem(problemText(thrown))
      }
    },
    [fetched, branch, onToken, opened, place],
  )

  // A new address, typed or gone back to, is gone to; the page's own is known.
  useEffect(() => {
    if (placeKey(place, opened.path) !== reached.current) void go(opened.path, { replaces: true })
  }, [opened.path, place])

  const take = (action: ActionView) => walk && void go([...walk.path, action.number])
  const select = useCallback(
    (step: number) => branch && void go(branch.path.slice(0, step + 1)),
    [branch, go],
  )
  const undo = () => walk && walk.path.length > 1 && void go(walk.path.slice(0, -1))

  // At once, so that no key is answered as of an earlier step.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!walk || !branch || event.altKey || event.shiftKey) return
      if ((event.target as Element).closest('input, select, textarea, [role=menu]')) return
      const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey)
      const at = walk.path.length - 1
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: branch.path.length - 1 }[event.key]
      if (isUndo) undo()
      else if (to !== undefined && !event.ctrlKey && !event.metaKey && to >= 0 && to < branch.path.length)
        select(to)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })

  const fetchDisabled = useCallback(
    () => client.call<never>('disabled', { place, path: walk?.path ?? [] }),
    [place, walk],
  )
  const save = async (what: 'picture' | 'test') => {
    try {
      const name = `${place.target.replaceAll(/[^\w-]+/g, '-')}-${place.label.toLowerCase()}`
      const path = walk!.path
      if (what === 'test') {
        const { text } = await client.call<{ text: string }>('test', { place, path })
        download(`${name}.test.ts`, 'text/plain', text)
      } else {
        const isDark = matchMedia('(prefers-color-scheme: dark)').matches
        const theme = isDark ? 'dark' : 'light'
        const { svg } = await client.call<{ svg: string }>('picture', { place, path, theme })
        download(`${name}.svg`, 'image/svg+xml', svg)
      }
      setSaid(what === 'test' ? 'The test was saved.' : 'The picture was saved.')
    } catch (thrown) {
      setProblem(problemText(thrown))
    }
  }
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(`${what} was copied.`)
    } catch {
      setSaid(`The browser lets nothing be copied; ${what.toLowerCase()} is ${text}`)
    }
  }

  if (!walk || !branch)
    return (
      <main>
        {problem === '' ? <p role="status">The model is opened ...</p> : <Trouble text={problem} />}
      </main>
    )
  const at = walk.path.length - 1
  const violated = [...new Set(walk.steps.flatMap(({ violates }) => violates))]
  const start = new Map(branch.steps[0]?.changes.map(({ path, after }) => [path, after]) ?? [])
  return (
    <main>
      <div class="title">
        {about ? (
          <About about={about} onSelect={select} />
        ) : (
          <>
            <h1>{place.target}</h1>
            <p>{opened.about}</p>
          </>
        )}
        {note === undefined || note === '' ? null : <p class="quiet">{note}</p>}
        {opened.changed ? <p class="bad">The model has changed since this token was made.</p> : null}
        <div class="tools">
          {opened.searches.length > 1 && !isOffline ? (
            <label>
              Search{' '}
              <select
                value={place.focus}
                onChange={(event) => {
                  setBranch(undefined)
                  setWalk(undefined)
                  setTries(new Map())
                  setPlace({ ...place, focus: event.currentTarget.value })
                }}
              >
                {opened.searches.map(({ name, about }) => (
                  <option key={name} value={name}>
                    {name}: {about}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          <button type="button" disabled={at < 1} onClick={undo}>
            Undo
          </button>
          <button type="button" disabled={at < 1} onClick={() => select(0)}>
            Back to the beginning
          </button>
          <button type="button" onClick={() => void copy(walk.here.token, 'The token')}>
            Copy token
          </button>
          {isOffline ? null : (
            <>
              <button type="button" onClick={() => void save('test')}>
                Save as test
              </button>
              <button type="button" onClick={() => void save('picture')}>
                Save as picture
              </button>
            </>
          )}
        </div>
        <p role="status" class="said">
          {said}
        </p>
        {problem === '' ? null : <Trouble text={problem} />}
        <p class="where">
          Step {at} of {branch.path.length - 1}
          {violated.length > 0 ? <b class="bad">: violated {violated.join(', ')}</b> : null}
          {about ? <span class="quiet"> {PARTS[about.parts[at] ?? 'outside']}</span> : null}
        </p>
      </div>
      <div class="columns">
        <div class="drawn">
          <Lanes
            steps={branch.steps}
            lanes={walk.here.lanes}
            at={at}
            enabled={walk.here.enabled}
            onSelect={select}
            onTake={take}
          />
          <Followed
            pinned={pinned}
            steps={branch.steps}
            start={start}
            at={at}
            onPin={(path) => setPinned((now) => now.filter((one) => one !== path))}
            onSelect={select}
          />
        </div>
        <div class="done">
          <Actions
            enabled={walk.here.enabled}
            leads={leads?.key === keyOf(walk.path) ? leads.leads : undefined}
            onTake={take}
            fetchDisabled={fetchDisabled}
            isOffline={isOffline}
          />
          {isOffline ? null : (
            <Ask
              key={`${place.focus} ${place.label}`}
              place={place}
              path={walk.path}
              properties={walk.here.properties}
              onGo={(steps) => void go([...walk.path, ...steps])}
              onLeads={(found) => setLeads({ key: keyOf(walk.path), leads: found })}
            />
          )}
          <Tried
            tries={tries}
            here={walk.path}
            onGo={(path) => void go(path)}
            onName={(path, name) =>
              setTries((now) => {
                const one = now.get(keyOf(path))
                if (!one) return now
                const { name: _, ...bare } = one
                return new Map(now).set(
                  keyOf(path),
                  name.trim() === '' ? bare : { ...bare, name: name.trim() },
                )
              })
            }
          />
          <Properties
            properties={walk.here.properties}
            steps={walk.steps}
            wanted={place.label}
            onSelect={select}
            onWant={(label) => setPlace({ ...place, label })}
          />
        </div>
        <div class="held">
          <State
            title="State"
            variables={walk.here.variables}
            before={at > 0 ? before?.here.variables : undefined}
            beforeName={at > 0 ? `step ${at - 1}` : undefined}
            pinned={pinned}
            onPin={(path) =>
              setPinned((now) => (now.includes(path) ? now.filter((one) => one !== path) : [...now, path]))
            }
          />
          <State
            title="Memory of monitors"
            variables={walk.here.memory}
            before={at > 0 ? before?.here.memory : undefined}
            beforeName={at > 0 ? `step ${at - 1}` : undefined}
            pinned={[]}
            isMemory
          />
        </div>
      </div>
      <Compare tries={tries} walk={walk} branch={branch} fetchWalk={fetchWalk} />
    </main>
  )
}

const placeKey = (place: Place, path: Steps): string => JSON.stringify([place, path])

const isBeginning = (path: Steps, of: Steps): boolean =>
  path.length <= of.length && path.every((number, i) => number === of[i])

const Trouble = ({ text }: { readonly text: string }) => (
  <pre role="alert" class="bad trouble">
    {text}
  </pre>
)

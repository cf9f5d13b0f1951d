/** The whole page: what the address names is shown. */
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { StartView } from '../page-data.ts'
import type { OpenedView } from '../protocol.ts'
import { client, problemText, started } from './client.ts'
import { Matrix } from './matrix.tsx'
import { Report } from './report.tsx'
import { type Opened, WalkPage } from './walk-page.tsx'

/** The token in the address; undefined where there is none. */
const tokenInAddress = (): string | undefined => {
  const text = decodeURIComponent(location.hash.slice(1))
  return /^cc\d+:/.test(text) ? text : undefined
}

export const App = () => {
  const [start, setStart] = useState<StartView>()
  const [opened, setOpened] = useState<Opened>()
  const [problem, setProblem] = useState('')
  const [hash, setHash] = useState(location.hash)

  useEffect(() => {
    started().then(setStart, (thrown) => setProblem(problemText(thrown)))
    const onHash = () => setHash(location.hash)
    addEventListener('hashchange', onHash)
    addEventListener('popstate', onHash)
    return () => {
      removeEventListener('hashchange', onHash)
      removeEventListener('popstate', onHash)
    }
  }, [])

  const token = tokenInAddress() ?? (hash === '' || hash === '#' ? start?.token : undefined)
  useEffect(() => {
    if (!start) return
    if (token === undefined) setOpened(undefined)
    if (token === undefined || opened?.token === token) return
    let isOver = false
    client.call<OpenedView>('open', { token }).then(
      (found) => {
        if (isOver) return
        setProblem('')
        setOpened({ ...found, token })
      },
      (thrown) => isOver || setProblem(problemText(thrown)),
    )
    return () => {
      isOver = true
    }
  }, [start, token])

  const onToken = useCallback((next: string, place: Opened, replaces: boolean) => {
    if (next === '') return
    setOpened(place)
    if (tokenInAddress() === next) return
    history[replaces ? 'replaceState' : 'pushState'](null, '', `#${next}`)
    setHash(location.hash)
  }, [])

  const isMatrix = token === undefined && !start?.report
  useEffect(() => {
    // A page without a program was written with a title of its own.
    if (start && !start.offline)
      document.title = opened && token !== undefined ? `${opened.place.target}: clustercheck` : 'clustercheck'
  }, [start, opened, token])
  return (
    <>
      <header class="bar">
        <strong>clustercheck</strong>
        <nav aria-label="Pages">
          {start?.offline || start?.report ? null : (
            <a href="#matrix" aria-current={isMatrix ? 'page' : undefined}>
              The matrix
            </a>
          )}{' '}
          {start?.token !== undefined ? (
            <a href={`#${start.token}`}>{start.offline ? 'Beginning' : 'What was opened'}</a>
          ) : null}
        </nav>
      </header>
      {problem === '' ? null : (
        <pre role="alert" class="bad trouble">
          {problem}
        </pre>
      )}
      {!start ? (
        <main>
          <p role="status">...</p>
        </main>
      ) : start.report ? (
        <Report report={start.report} />
      ) : isMatrix ? (
        <Matrix isOffline={start.offline === true} />
      ) : opened ? (
        <WalkPage
          key={`${opened.place.target} ${opened.place.scope ?? ''}`}
          opened={opened}
          isOffline={start.offline === true}
          note={start.note}
          about={start.about}
          onToken={onToken}
        />
      ) : (
        <main>
          <p role="status">{problem === '' ? 'The model is opened ...' : 'Nothing could be opened.'}</p>
        </main>
      )}
    </>
  )
}

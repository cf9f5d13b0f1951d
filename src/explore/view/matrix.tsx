/** The matrix: schemes by properties, with filters, two schemes side by side, and a trace behind every violated cell. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CellView, MatrixView, RowView } from '../protocol.ts'
import { newId } from './ask.tsx'
import { client, problemText } from './client.ts'

type Found = ReadonlyMap<string, readonly CellView[]>

const SCOPES = ['small', 'default', 'large'] as const

export const Matrix = ({ isOffline }: { readonly isOffline: boolean }) => {
  const [matrix, setMatrix] = useState<MatrixView>()
  const [scope, setScope] = useState<string>('default')
  const [problem, setProblem] = useState('')
  const [found, setFound] = useState<Found>(new Map())
  const [progress, setProgress] = useState<{ readonly text: string; readonly id: string }>()
  const [scheme, setScheme] = useState('')
  const [property, setProperty] = useState('')
  const [group, setGroup] = useState('')
  const [verdict, setVerdict] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [about, setAbout] = useState('')
  const table = useRef<HTMLTableElement>(null)

  useEffect(() => {
    let isOver = false
    client.call<MatrixView>('matrix', { scope }).then(
      (view) => isOver || setMatrix(view),
      (thrown) => isOver || setProblem(problemText(thrown)),
    )
    setFound(new Map())
    // What searches found before is there already; rows come one by one.
    if (!isOffline)
      client
        .stream('found', { scope }, (said) => {
          if (said.kind === 'judged' && !isOver) take(said.target, said.cells)
        })
        .catch((thrown) => isOver || setProblem(problemText(thrown)))
    return () => {
      isOver = true
    }
  }, [scope])

  const take = (target: string, cells: readonly CellView[]) =>
    setFound((now) => new Map(now).set(target, merged(now.get(target) ?? [], cells)))

  const labels = useMemo(
    () =>
      (matrix?.groups ?? [])
        .filter(({ title }) => group === '' || title === group)
        .flatMap((one) => one.labels)
        .filter((label) => matrix!.properties.some((p) => p.label === label))
        .filter((label) =>
          `${label} ${sentenceOf(matrix, label)}`.toLowerCase().includes(property.toLowerCase()),
        ),
    [matrix, group, property],
  )
  const rows = useMemo(
    () =>
      (matrix?.rows ?? []).filter(
        (row) =>
          row.target.toLowerCase().includes(scheme.toLowerCase()) &&
          (verdict === '' || labels.some((label) => cellIn(found, row, label)?.verdict === verdict)),
      ),
    [matrix, scheme, verdict, labels, found],
  )

  /** Searches a row; opens the cell that was asked for, where it has a trace. */
  const search = async (row: RowView, label?: string) => {
    const id = newId()
    setProblem('')
    setProgress({ text: `${row.target} is searched`, id })
    let token: string | undefined
    try {
      const body = { target: row.target, id, ...(label && { label }), ...(scope !== 'default' && { scope }) }
      await client.stream('judge', body, (said) => {
        if (said.kind === 'progress') setProgress({ text: `${row.target}: ${said.text}`, id })
        if (said.kind === 'problem') setProblem(said.problem)
        if (said.kind !== 'judged') return
        take(said.target, said.cells)
        token = said.cells.find((cell) => cell.label === label)?.token
      })
    } catch (thrown) {
      setProblem(problemText(thrown))
    }
    setProgress(undefined)
    if (token !== undefined) location.hash = token
  }
  const open = (row: RowView, label: string) => {
    const token = found.get(row.target)?.find((cell) => cell.label === label)?.token
    if (token !== undefined) location.hash = token
    else if (!isOffline && !found.get(row.target)?.some((cell) => cell.label === label))
      void search(row, label)
  }

  /** The arrow keys go through the table. */
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
    const cell = (event.target as Element).closest('td, th')
    if (!way || !table.current) return
    if (!cell) {
      table.current.rows[1]?.cells[1]?.querySelector<HTMLElement>('button, a')?.focus()
      event.preventDefault()
      return
    }
    const line = cell.parentElement as HTMLTableRowElement
    const at = [...line.cells].indexOf(cell as HTMLTableCellElement)
    const next = table.current.rows[line.rowIndex + way[0]!]?.cells[at + way[1]!]
    next?.querySelector<HTMLElement>('button, input, a')?.focus()
    event.preventDefault()
  }

  if (!matrix)
    return (
      <main>
        {problem === '' ? <p role="status">The matrix is read ...</p> : <p class="bad">{problem}</p>}
      </main>
    )
  const both = chosen.length === 2 ? rows.filter(({ target }) => chosen.includes(target)) : []
  return (
    <main class="matrix-page">
      <h1>Every scheme against every property</h1>
      <p>
        {isOffline
          ? 'A violated cell says how many steps its shortest counterexample has, and leads to it. A framed cell is not as declared.'
          : 'Underlined verdicts were found by searches on this machine, the others are declared. A click on a cell opens the trace of a violation; where nothing was searched, it searches what decides the cell.'}{' '}
        In the table the arrow keys go from cell to cell.
      </p>
      <div class="tools filters">
        <label>
          Scheme{' '}
          <input type="search" value={scheme} onInput={(event) => setScheme(event.currentTarget.value)} />
        </label>
        <label>
          Property{' '}
          <input type="search" value={property} onInput={(event) => setProperty(event.currentTarget.value)} />
        </label>
        <label>
          Section{' '}
          <select value={group} onChange={(event) => setGroup(event.currentTarget.value)}>
            <option value="">all</option>
            {matrix.groups.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </select>
        </label>
        <label>
          Verdict{' '}
          <select value={verdict} onChange={(event) => setVerdict(event.currentTarget.value)}>
            <option value="">all</option>
            {['violated', 'holds', 'vacuous', 'reached', 'unreached', 'unknown'].map((word) => (
              <option key={word}>{word}</option>
            ))}
          </select>
        </label>
        {isOffline ? null : (
          <label>
            Scope{' '}
            <select value={scope} onChange={(event) => setScope(event.currentTarget.value)}>
              {SCOPES.map((word) => (
                <option key={word}>{word}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div role="status" class="answer">
        {progress ? (
          <p>
            {progress.text}{' '}
            <button type="button" onClick={() => void client.call('stop', { id: progress.id })}>
              Stop
            </button>
          </p>
        ) : null}
        {problem === '' ? null : <p class="bad">{problem}</p>}
      </div>
      {both.length === 2 ? <TwoSchemes rows={both} labels={labels} found={found} matrix={matrix} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section class="scroll grid" aria-label="The matrix" tabIndex={0} onKeyDown={onKey}>
        <table class="matrix" ref={table}>
          <thead>
            <tr>
              <th scope="col">scheme ({rows.length})</th>
              {labels.map((label) => (
                <th scope="col" key={label}>
                  <button
                    type="button"
                    class="plain"
                    title={sentenceOf(matrix, label)}
                    tabIndex={-1}
                    onFocus={() => setAbout(`${label}: ${sentenceOf(matrix, label)}`)}
                    onPointerEnter={() => setAbout(`${label}: ${sentenceOf(matrix, label)}`)}
                  >
                    {label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.target}>
                <th scope="row">
                  <label title={row.about}>
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      aria-label={`Compare ${row.target}`}
                      checked={chosen.includes(row.target)}
                      onChange={() =>
                        setChosen((now) =>
                          now.includes(row.target)
                            ? now.filter((one) => one !== row.target)
                            : [...now.slice(-1), row.target],
                        )
                      }
                    />{' '}
                    {row.target}
                  </label>{' '}
                  {!isOffline && row.cells.length === 0 && !found.has(row.target) ? (
                    <button type="button" disabled={progress !== undefined} onClick={() => void search(row)}>
                      Search
                    </button>
                  ) : null}
                </th>
                {labels.map((label) => (
                  <Cell
                    key={label}
                    row={row}
                    label={label}
                    cell={cellIn(found, row, label)}
                    isFound={isOffline || found.get(row.target)?.some((one) => one.label === label) === true}
                    sentence={sentenceOf(matrix, label)}
                    onAbout={setAbout}
                    onOpen={open}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="about" role="status">
        {about}
      </p>
      {matrix.kept.map((table) => (
        <Kept {...table} key={table.title} />
      ))}
    </main>
  )
}

/** What is kept, and no search of this run found. */
const Kept = ({ title, columns, rows }: MatrixView['kept'][number]) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
  <section class="scroll" aria-label={title} tabIndex={0}>
    <h2>{title}</h2>
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">scheme</th>
          {columns.map(({ label, sentence }) => (
            <th scope="col" key={label} title={sentence}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ target, cells }) => (
          <tr key={target}>
            <th scope="row">{target}</th>
            {cells.map((cell, i) => (
              <td key={columns[i]!.label}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const sentenceOf = (matrix: MatrixView | undefined, label: string): string => {
  const property = matrix?.properties.find((p) => p.label === label)
  return property ? `${property.sentence} ${property.source}`.trim() : label
}

/** What was found goes before what is declared. */
const cellIn = (found: Found, { target, cells }: RowView, label: string): CellView | undefined =>
  [...(found.get(target) ?? []), ...cells].find((cell) => cell.label === label)

const merged = (old: readonly CellView[], fresh: readonly CellView[]): readonly CellView[] => [
  ...fresh,
  ...old.filter(({ label }) => !fresh.some((cell) => cell.label === label)),
]

const Cell = ({
  row,
  label,
  cell,
  isFound,
  sentence,
  onAbout,
  onOpen,
}: {
  readonly row: RowView
  readonly label: string
  readonly cell: CellView | undefined
  readonly isFound: boolean
  readonly sentence: string
  readonly onAbout: (text: string) => void
  readonly onOpen: (row: RowView, label: string) => void
}) => {
  if (!cell) return <td class="quiet">{isFound || row.cells.length > 0 ? '' : '?'}</td>
  const text =
    cell.steps !== undefined && cell.kind === 'bad' ? `${cell.verdict}, ${cell.steps}` : cell.verdict
  const say = () =>
    onAbout(
      `${row.target}, ${label}: ${text}${isFound ? ' (searched)' : ' (declared)'}. ${cell.note ?? ''} ${sentence} ${row.target}: ${row.about}`,
    )
  const shared = {
    class: 'plain',
    tabIndex: -1,
    'aria-label': `${row.target}, ${label}: ${text}${cell.differs ? ', not as declared' : ''}`,
    onFocus: say,
    onPointerEnter: say,
  }
  return (
    <td class={`is-${cell.kind}${isFound ? ' found' : ''}${cell.differs ? ' differs' : ''}`}>
      {cell.href === undefined ? (
        <button type="button" {...shared} onClick={() => onOpen(row, label)}>
          {text}
        </button>
      ) : (
        <a {...shared} href={cell.href}>
          {text}
        </a>
      )}
    </td>
  )
}

const TwoSchemes = ({
  rows,
  labels,
  found,
  matrix,
}: {
  readonly rows: readonly RowView[]
  readonly labels: readonly string[]
  readonly found: Found
  readonly matrix: MatrixView
}) => {
  const [a, b] = rows as [RowView, RowView]
  const lines = labels.flatMap((label) => {
    const [one, other] = [cellIn(found, a, label), cellIn(found, b, label)]
    return one || other ? [{ label, one, other, differs: one?.verdict !== other?.verdict }] : []
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section class="scroll two" aria-label="Two schemes side by side" tabIndex={0}>
      <table>
        <caption>
          {lines.filter(({ differs }) => differs).length} of {lines.length} differ; these come first.
        </caption>
        <thead>
          <tr>
            <th scope="col">property</th>
            <th scope="col">{a.target}</th>
            <th scope="col">{b.target}</th>
          </tr>
        </thead>
        <tbody>
          {[...lines]
            .sort((x, y) => Number(y.differs) - Number(x.differs))
            .map(({ label, one, other, differs }) => (
              <tr key={label} class={differs ? 'changed' : ''}>
                <th scope="row" title={sentenceOf(matrix, label)}>
                  {label}
                </th>
                <td class={`is-${one?.kind ?? 'none'}`}>{one?.verdict ?? 'not judged'}</td>
                <td class={`is-${other?.kind ?? 'none'}`}>{other?.verdict ?? 'not judged'}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

/** The state as a tree: changes marked, a filter, variables to follow over time, and what differs from another step. */
import { useMemo, useState } from 'preact/hooks'
import type { StepView, Variable } from '../protocol.ts'

/** A variable, or what is below a name. */
interface Branch {
  readonly name: string
  readonly path: string
  readonly leaves: readonly Leaf[]
  readonly below: readonly Branch[]
  readonly changed: number
  readonly count: number
}

interface Leaf {
  readonly name: string
  readonly path: string
  readonly value: string
  readonly before: string | undefined
}

/** So many variables are shown open. */
const OPEN = 40

export const State = ({
  variables,
  before,
  beforeName,
  title,
  pinned,
  onPin,
  isMemory = false,
}: {
  readonly variables: readonly Variable[]
  /** The values that these are compared with. */
  readonly before: readonly Variable[] | undefined
  /** Where these stand; undefined in the initial state. */
  readonly beforeName: string | undefined
  readonly title: string
  readonly pinned: readonly string[]
  readonly onPin?: (path: string) => void
  readonly isMemory?: boolean
}) => {
  const [filter, setFilter] = useState('')
  const [only, setOnly] = useState(false)
  const tree = useMemo(() => treeOf(variables, before, filter, only), [variables, before, filter, only])
  const id = isMemory ? 'memory' : 'state'
  return (
    <section class="panel state" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {variables.length === 0 ? (
        <p class="quiet">It holds nothing.</p>
      ) : (
        <>
          <div class="tools">
            <input
              type="search"
              aria-label={`Filter ${title}`}
              placeholder="filter"
              value={filter}
              onInput={(event) => setFilter(event.currentTarget.value)}
            />
            <label>
              <input type="checkbox" checked={only} onChange={() => setOnly(!only)} /> only changes
            </label>
          </div>
          <p class="quiet">
            {beforeName === undefined
              ? 'The initial state: nothing has changed yet.'
              : `${tree.changed} of ${variables.length} ${tree.changed === 1 ? 'differs' : 'differ'} from ${beforeName}.`}
          </p>
          <div class="tree">
            <Below
              branch={tree}
              isOpen={tree.count <= OPEN || filter !== '' || only}
              pinned={pinned}
              onPin={onPin}
            />
          </div>
        </>
      )}
    </section>
  )
}

const Below = ({
  branch: { leaves, below },
  isOpen,
  pinned,
  onPin,
}: {
  readonly branch: Branch
  readonly isOpen: boolean
  readonly pinned: readonly string[]
  readonly onPin: ((path: string) => void) | undefined
}) => (
  <>
    {leaves.length === 0 ? null : (
      <ul class="leaves">
        {leaves.map(({ name, path, value, before }) => (
          <li key={path} class={before === undefined ? '' : 'changed'}>
            <code class="path">{name}</code>
            <code class="value">
              {before === undefined ? null : (
                <>
                  <del>{before}</del>{' '}
                </>
              )}
              {before === undefined ? value : <ins>{value}</ins>}
            </code>
            {onPin ? (
              <button
                type="button"
                class="pin"
                aria-pressed={pinned.includes(path)}
                aria-label={`Follow ${path} over time`}
                onClick={() => onPin(path)}
              >
                {pinned.includes(path) ? '−' : '+'}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    )}
    {below.map((branch) => (
      <details key={branch.path} open={isOpen || branch.changed > 0}>
        <summary>
          <code>{branch.name}</code>
          <span class="quiet">
            {' '}
            {branch.changed > 0 ? <b class="changes-below">{branch.changed} changed</b> : `${branch.count}`}
          </span>
        </summary>
        <Below branch={branch} isOpen={isOpen} pinned={pinned} onPin={onPin} />
      </details>
    ))}
  </>
)

const treeOf = (
  variables: readonly Variable[],
  before: readonly Variable[] | undefined,
  filter: string,
  only: boolean,
): Branch => {
  const old = before && new Map(before)
  const wanted = filter.toLowerCase()
  const shown = variables.flatMap(([path, value]): (Leaf & { names: readonly string[] })[] => {
    const was = old?.get(path)
    const changed = was !== undefined && was !== value ? was : undefined
    const text = `${path} ${value}`.toLowerCase()
    if (!text.includes(wanted) || (only && changed === undefined)) return []
    const names = path.split('.')
    return [{ name: names.at(-1)!, path, value, before: changed, names }]
  })
  return branchOf('', '', shown, 0)
}

const branchOf = (
  name: string,
  path: string,
  all: readonly (Leaf & { readonly names: readonly string[] })[],
  depth: number,
): Branch => {
  const groups = new Map<string, (Leaf & { readonly names: readonly string[] })[]>()
  const leaves: Leaf[] = []
  for (const one of all) {
    if (one.names.length === depth + 1) leaves.push(one)
    else groups.set(one.names[depth]!, [...(groups.get(one.names[depth]!) ?? []), one])
  }
  return {
    name,
    path,
    leaves,
    below: [...groups].map(([below, list]) =>
      branchOf(below, path === '' ? below : `${path}.${below}`, list, depth + 1),
    ),
    changed: all.filter(({ before }) => before !== undefined).length,
    count: all.length,
  }
}

/** Variables that are followed, as columns over time. */
export const Followed = ({
  pinned,
  steps,
  start,
  at,
  onPin,
  onSelect,
}: {
  readonly pinned: readonly string[]
  readonly steps: readonly StepView[]
  /** The values before the first step that changes them. */
  readonly start: ReadonlyMap<string, string>
  readonly at: number
  readonly onPin: (path: string) => void
  readonly onSelect: (step: number) => void
}) => {
  if (pinned.length === 0) return null
  const now = new Map(start)
  return (
    <section class="panel followed" aria-labelledby="followed-title">
      <h2 id="followed-title">Followed over time</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section class="scroll" aria-label="Followed variables" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">step</th>
              {pinned.map((path) => (
                <th scope="col" key={path}>
                  <code>{path}</code>{' '}
                  <button type="button" aria-label={`Follow ${path} no more`} onClick={() => onPin(path)}>
                    ×
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step, i) => {
              const changed = new Set<string>()
              for (const { path, after } of step.changes) {
                if (pinned.includes(path)) changed.add(path)
                now.set(path, after)
              }
              return (
                <tr key={i} class={i === at ? 'now' : ''}>
                  <th scope="row">
                    <button type="button" class="plain" onClick={() => onSelect(i)}>
                      {i} {step.text}
                    </button>
                  </th>
                  {pinned.map((path) => (
                    <td key={path} class={changed.has(path) && i > 0 ? 'changed' : ''}>
                      <code>{now.get(path) ?? ''}</code>
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** Two walks side by side: where they part, and what differs at their ends. */
import { useEffect, useState } from 'preact/hooks'
import type { Steps, WalkView } from '../protocol.ts'
import { problemText } from './client.ts'
import { Lanes } from './lanes.tsx'
import { endsOf, keyOf, type Tries, tryName } from './tried.tsx'

/** The walk that is stood in, among those that can be chosen. */
const HERE = 'here'

export const Compare = ({
  tries,
  walk,
  branch,
  fetchWalk,
}: {
  readonly tries: Tries
  readonly walk: WalkView
  /** The branch that the walk is a beginning of. */
  readonly branch: WalkView
  readonly fetchWalk: (path: Steps) => Promise<WalkView>
}) => {
  const [wanted, setWanted] = useState<readonly [string, string]>([HERE, ''])
  const [both, setBoth] = useState<readonly [WalkView, WalkView]>()
  const [problem, setProblem] = useState('')
  const groups = [
    ['Branches', endsOf(tries).map((one) => [keyOf(one.path), tryName(one)])],
    [
      'Steps of this branch',
      branch.steps.map(({ text }, i) => [keyOf(branch.path.slice(0, i + 1)), `step ${i}: ${text}`]),
    ],
  ] as const
  useEffect(() => {
    let isOver = false
    setBoth(undefined)
    setProblem('')
    const fetched = (key: string) => (key === HERE ? walk : fetchWalk(key.split('.').map(Number)))
    if (wanted[1] !== '')
      Promise.all([fetched(wanted[0]), fetched(wanted[1])]).then(
        (value) => isOver || setBoth(value),
        (thrown) => isOver || setProblem(problemText(thrown)),
      )
    return () => {
      isOver = true
    }
  }, [wanted, walk, fetchWalk])
  const choice = (at: 0 | 1, label: string) => (
    <label>
      {label}{' '}
      <select
        value={wanted[at]}
        onChange={({ currentTarget: { value } }) =>
          setWanted((now) => (at === 0 ? [value, now[1]] : [now[0], value]))
        }
      >
        <option value={at === 0 ? HERE : ''}>{at === 0 ? 'this state' : '...'}</option>
        {groups.map(([title, choices]) => (
          <optgroup key={title} label={title}>
            {choices.map(([key, text]) => (
              <option key={key} value={key}>
                {text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
  return (
    <section class="panel compare" aria-labelledby="compare-title">
      <h2 id="compare-title">Compare</h2>
      {choice(0, 'Compare')} {choice(1, 'with')}
      {problem === '' ? null : <p class="bad">{problem}</p>}
      {both ? <SideBySide one={both[0]} other={both[1]} /> : null}
    </section>
  )
}

const SideBySide = ({ one, other }: { readonly one: WalkView; readonly other: WalkView }) => {
  const shared = one.path.findIndex((number, i) => number !== other.path[i])
  const from = shared < 0 ? one.path.length : shared
  // Steps that both have are not told.
  const rows = Array.from(
    { length: Math.max(one.steps.length, other.steps.length) - from },
    (_, i) => from + i,
  )
  const values = new Map(other.here.variables)
  const differing = one.here.variables.filter(([path, value]) => values.get(path) !== value)
  const says = new Map(other.here.properties.map((property) => [property.label, property.says]))
  const judged = one.here.properties.filter(({ label, says: text }) => says.get(label) !== text)
  const drawn = ({ steps, here: { lanes } }: WalkView, name: string) => (
    <Lanes
      name={name}
      steps={steps}
      lanes={lanes}
      at={steps.length - 1}
      enabled={[]}
      onSelect={() => {}}
      onTake={() => {}}
      isFixed
    />
  )
  return (
    <>
      {from < Math.min(one.steps.length, other.steps.length) ? (
        <div class="beside">
          {drawn(one, 'The first in lanes')}
          {drawn(other, 'The second in lanes')}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section class="scroll" aria-label="Two walks side by side" tabIndex={0}>
        <table>
          <caption>
            {from === 0
              ? 'They part at the beginning.'
              : rows.length === 0 || from === Math.min(one.steps.length, other.steps.length)
                ? 'One is a beginning of the other.'
                : `They part after step ${from - 1}.`}{' '}
            {differing.length} variables differ.
          </caption>
          <thead>
            <tr>
              <th scope="col">step or variable</th>
              <th scope="col">the first</th>
              <th scope="col">the second</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((i) => (
              <tr key={i}>
                <th scope="row">step {i}</th>
                <td>{one.steps[i]?.text ?? ''}</td>
                <td>{other.steps[i]?.text ?? ''}</td>
              </tr>
            ))}
            {judged.map(({ label, says: text, bad }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td class={bad ? 'bad' : ''}>{text}</td>
                <td>{says.get(label)}</td>
              </tr>
            ))}
            {differing.map(([path, value]) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>
                  <code>{value}</code>
                </td>
                <td>
                  <code>{values.get(path)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** Two walks side by side: where they part, and what differs at their ends. */
import { useEffect, useState } from 'preact/hooks'
import type { Steps, WalkView } from '../protocol.ts'
import { problemText } from './client.ts'
import { endsOf, keyOf, type Tries, tryName } from './tried.tsx'

export const Compare = ({
  tries,
  walk,
  fetchWalk,
}: {
  readonly tries: Tries
  readonly walk: WalkView
  readonly fetchWalk: (path: Steps) => Promise<WalkView>
}) => {
  const [wanted, setWanted] = useState('')
  const [other, setOther] = useState<WalkView>()
  const [problem, setProblem] = useState('')
  const here = keyOf(walk.path)
  const choices = [
    ...endsOf(tries).map((one) => ({ key: keyOf(one.path), text: tryName(one) })),
    ...walk.steps.map(({ text }, i) => ({
      key: keyOf(walk.path.slice(0, i + 1)),
      text: `of this walk, step ${i}: ${text}`,
    })),
  ].filter(({ key }, i, all) => key !== here && all.findIndex((one) => one.key === key) === i)
  useEffect(() => {
    let isOver = false
    setOther(undefined)
    setProblem('')
    if (wanted !== '')
      fetchWalk(wanted.split('.').map(Number)).then(
        (value) => isOver || setOther(value),
        (thrown) => isOver || setProblem(problemText(thrown)),
      )
    return () => {
      isOver = true
    }
  }, [wanted, fetchWalk])
  return (
    <section class="panel compare" aria-labelledby="compare-title">
      <h2 id="compare-title">Compare</h2>
      <label>
        This state with{' '}
        <select value={wanted} onChange={(event) => setWanted(event.currentTarget.value)}>
          <option value="">...</option>
          {choices.map(({ key, text }) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {problem === '' ? null : <p class="bad">{problem}</p>}
      {other ? <SideBySide one={walk} other={other} /> : null}
    </section>
  )
}

const SideBySide = ({ one, other }: { readonly one: WalkView; readonly other: WalkView }) => {
  const shared = one.path.findIndex((number, i) => number !== other.path[i])
  const from = shared < 0 ? one.path.length : shared
  const rows = Array.from(
    { length: Math.max(one.steps.length, other.steps.length) - from },
    (_, i) => from + i,
  )
  const values = new Map(other.here.variables)
  const differing = one.here.variables.filter(([path, value]) => values.get(path) !== value)
  const says = new Map(other.here.properties.map((property) => [property.label, property.says]))
  const judged = one.here.properties.filter(({ label, says: text }) => says.get(label) !== text)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section class="scroll" aria-label="Two walks side by side" tabIndex={0}>
      <table>
        <caption>
          {from === 0 ? 'They part at the beginning.' : `They part after step ${from - 1}.`}{' '}
          {differing.length} variables differ.
        </caption>
        <thead>
          <tr>
            <th scope="col">step or variable</th>
            <th scope="col">here</th>
            <th scope="col">there</th>
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
  )
}

/** Questions about what can come from here. The program searches; this page shows how far it is, and can stop it. */
import { useRef, useState } from 'preact/hooks'
import type { Answer, LeadsTo, Place, PropertyView, Question, Steps } from '../protocol.ts'
import { client, problemText } from './client.ts'

/** Steps of a random walk unless another number is asked for. */
const RANDOM = 20

/** Something that cannot be guessed by another page of the same server. */
export const newId = (): string => [...crypto.getRandomValues(new Uint32Array(4))].join('-')

export const Ask = ({
  place,
  path,
  properties,
  onGo,
  onLeads,
}: {
  readonly place: Place
  readonly path: Steps
  readonly properties: readonly PropertyView[]
  /** Goes on by steps from here. */
  readonly onGo: (steps: Steps) => void
  readonly onLeads: (leads: readonly LeadsTo[]) => void
}) => {
  const [expression, setExpression] = useState('')
  const [label, setLabel] = useState('')
  const [progress, setProgress] = useState<string>()
  const [answer, setAnswer] = useState<Answer>()
  const [problem, setProblem] = useState('')
  const [count, setCount] = useState(RANDOM)
  const running = useRef<string>(undefined)
  const labels = properties.filter(({ kind }) => kind !== 'measure')
  const wanted = label === '' ? (labels.find((p) => p.label === place.label) ?? labels[0])?.label : label
  const kind = properties.find((p) => p.label === wanted)?.kind
  const isListener = kind === 'monitor'

  const begin = () => {
    setProblem('')
    setAnswer(undefined)
    setProgress('begins')
  }
  const ask = async (question: Question) => {
    const id = newId()
    running.current = id
    begin()
    let said = false
    try {
      await client.stream('ask', { place, path, question, id }, (one) => {
        if (one.kind === 'progress') setProgress(one.text)
        else said = true
        if (one.kind === 'problem') setProblem(one.problem)
        if (one.kind === 'answer') {
          setAnswer(one.answer)
          if (one.answer.leads) onLeads(one.answer.leads)
        }
      })
      if (!said) setProblem('The search ended without an answer.')
    } catch (thrown) {
      setProblem(problemText(thrown))
    }
    running.current = undefined
    setProgress(undefined)
  }
  const random = async () => {
    begin()
    try {
      const seed = crypto.getRandomValues(new Uint32Array(1))[0]!
      const { steps } = await client.call<{ steps: Steps }>('random', { place, path, steps: count, seed })
      setAnswer({ text: `${steps.length} steps were taken at random; a violation ends them.` })
      onGo(steps)
    } catch (thrown) {
      setProblem(problemText(thrown))
    }
    setProgress(undefined)
  }
  const stop = () => {
    if (running.current !== undefined) void client.call('stop', { id: running.current })
  }
  const isBusy = progress !== undefined
  return (
    <section class="panel ask" aria-labelledby="ask-title">
      <h2 id="ask-title">Ask from here</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void ask({ kind: 'state', expression })
        }}
      >
        <label>
          Shortest way to a state where{' '}
          <input
            value={expression}
            class="wide"
            spellcheck={false}
            autocomplete="off"
            placeholder="member.A.up == false && ..."
            onInput={(event) => setExpression(event.currentTarget.value)}
          />
        </label>{' '}
        <button type="submit" disabled={isBusy || expression.trim() === ''}>
          Find
        </button>
      </form>
      <p>
        <label>
          Property{' '}
          <select value={wanted} onChange={(event) => setLabel(event.currentTarget.value)}>
            {labels.map((one) => (
              <option key={one.label} value={one.label}>
                {one.label}
              </option>
            ))}
          </select>
        </label>{' '}
        <button
          type="button"
          disabled={isBusy || kind === 'sometimes'}
          onClick={() => void ask({ kind: 'violation', label: wanted ?? '' })}
        >
          Shortest violation
        </button>{' '}
        <button
          type="button"
          disabled={isBusy || isListener}
          onClick={() => void ask({ kind: 'possible', label: wanted ?? '' })}
        >
          Is it still possible?
        </button>
      </p>
      <p>
        <button type="button" disabled={isBusy} onClick={() => void ask({ kind: 'leads' })}>
          What does each action lead to?
        </button>
      </p>
      <p>
        <button type="button" disabled={isBusy} onClick={() => void random()}>
          Run at random
        </button>{' '}
        <label>
          steps{' '}
          <input
            type="number"
            min={1}
            max={500}
            value={count}
            onInput={(event) => setCount(Math.min(500, Math.max(1, Number(event.currentTarget.value) || 1)))}
          />
        </label>
      </p>
      <div role="status" aria-live="polite" class="answer">
        {isBusy ? (
          <p>
            Searching: {progress}{' '}
            <button type="button" onClick={stop}>
              Stop
            </button>
          </p>
        ) : null}
        {problem === '' ? null : <p class="bad">{problem}</p>}
        {answer ? (
          <p>
            {answer.text}{' '}
            {answer.steps && answer.steps.length > 0 ? (
              <button type="button" class="go" onClick={() => onGo(answer.steps!)}>
                Take these {answer.steps.length} {answer.steps.length === 1 ? 'step' : 'steps'}
              </button>
            ) : null}
          </p>
        ) : null}
      </div>
    </section>
  )
}

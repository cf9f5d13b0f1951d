/** What can be done, grouped by who acts, and on request what cannot, with what its guard read. */
import { useEffect, useState } from 'preact/hooks'
import type { ActionView, DisabledView, LeadsTo } from '../protocol.ts'
import { problemText } from './client.ts'

const nameOf = (actor: string): string => (actor === '' ? 'Nobody in particular' : actor)

/** Things in groups, in the order in which the first of each comes. */
const grouped = <T extends { readonly actor: string }>(
  all: readonly T[],
): readonly (readonly [string, readonly T[]])[] => {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(one.actor, [...(groups.get(one.actor) ?? []), one])
  return [...groups]
}

export const Actions = ({
  enabled,
  leads,
  onTake,
  fetchDisabled,
  isOffline,
}: {
  readonly enabled: readonly ActionView[]
  readonly leads: readonly LeadsTo[] | undefined
  readonly onTake: (action: ActionView) => void
  readonly fetchDisabled: () => Promise<{ readonly actions: readonly DisabledView[]; readonly count: number }>
  readonly isOffline: boolean
}) => (
  <section class="panel actions" aria-labelledby="actions-title">
    <h2 id="actions-title">What can be done</h2>
    {enabled.length === 0 ? <p>No action is enabled.</p> : null}
    {grouped(enabled.filter(({ outside }) => !outside)).map(([actor, actions]) => (
      <section key={actor} aria-label={nameOf(actor)}>
        <h3>{nameOf(actor)}</h3>
        <ul>
          {actions.map((action) => (
            <Action
              key={action.number}
              action={action}
              lead={leads?.find(({ number }) => number === action.number)}
              onTake={onTake}
            />
          ))}
        </ul>
      </section>
    ))}
    <Outside actions={enabled.filter(({ outside }) => outside)} />
    {isOffline ? null : <Disabled fetchDisabled={fetchDisabled} />}
  </section>
)

/** What can be done as well, and leads to where the page does not go. */
const Outside = ({ actions }: { readonly actions: readonly ActionView[] }) =>
  actions.length === 0 ? null : (
    <section aria-labelledby="outside-title">
      <h3 id="outside-title">Could be done too, beyond what this page holds</h3>
      <ul>
        {actions.map(({ number, text }) => (
          <li key={number}>{text}</li>
        ))}
      </ul>
    </section>
  )

const counted = (count: number): string => `${count} ${count === 1 ? 'step' : 'steps'}`

const Action = ({
  action,
  lead,
  onTake,
}: {
  readonly action: ActionView
  readonly lead: LeadsTo | undefined
  readonly onTake: (action: ActionView) => void
}) => {
  const { text, changes, events, violates, idle, fault, broken } = action
  return (
    <li class={violates.length > 0 ? 'violating' : ''}>
      <button type="button" class="act" disabled={broken !== undefined} onClick={() => onTake(action)}>
        {text}
      </button>
      {fault ? <span class="tag">goes wrong</span> : null}
      {violates.map((label) => (
        <b class="bad" key={label}>
          violates {label}
        </b>
      ))}
      {lead?.leads
        .filter(({ label }) => !violates.includes(label))
        .map(({ label, steps, doomed }) => (
          <b class="lead" key={label}>
            {doomed && steps === 1 ? `no way back to ${label}` : `${label} in ${counted(steps)}`}
          </b>
        ))}
      {lead && lead.leads.length === 0 && lead.never.length > 0 ? (
        <span class="tag">violates nothing later</span>
      ) : null}
      {broken === undefined ? (
        <details>
          <summary>
            {idle ? 'changes nothing' : (events[0] ?? changedText(changes.length))}
            <span class="hidden">, by {text}</span>
          </summary>
          <ul class="changes">
            {events.slice(1).map((event) => (
              <li key={event}>{event}</li>
            ))}
            {changes.map(({ path, before, after }) => (
              <li key={path}>
                <code>
                  {path} <del>{before}</del> <ins>{after}</ins>
                </code>
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <pre class="bad">{broken}</pre>
      )}
    </li>
  )
}

const changedText = (count: number): string => `changes ${count} ${count === 1 ? 'variable' : 'variables'}`

const Disabled = ({
  fetchDisabled,
}: {
  readonly fetchDisabled: () => Promise<{ readonly actions: readonly DisabledView[]; readonly count: number }>
}) => {
  const [isShown, setShown] = useState(false)
  const [found, setFound] = useState<{ readonly actions: readonly DisabledView[]; readonly count: number }>()
  const [problem, setProblem] = useState('')
  useEffect(() => {
    if (!isShown) return
    let isOver = false
    setFound(undefined)
    fetchDisabled().then(
      (value) => isOver || setFound(value),
      (thrown) => isOver || setProblem(problemText(thrown)),
    )
    return () => {
      isOver = true
    }
  }, [isShown, fetchDisabled])
  return (
    <div class="disabled">
      <label>
        <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} /> Show what cannot be
        done
      </label>
      {problem === '' ? null : <p class="bad">{problem}</p>}
      {isShown && found ? (
        <>
          <p class="quiet">
            {found.count} cannot be taken
            {found.count > found.actions.length ? `, of which ${found.actions.length} are shown` : ''}. A
            guard reads until it is decided: the last value that it read decided.
          </p>
          {grouped(found.actions).map(([actor, actions]) => (
            <section key={actor} aria-label={`${nameOf(actor)}, disabled`}>
              <h3>{nameOf(actor)}</h3>
              <ul>
                {actions.map((one) => (
                  <Refused key={one.text} one={one} />
                ))}
              </ul>
            </section>
          ))}
        </>
      ) : null}
    </div>
  )
}

const Refused = ({ one: { text, reads, guard } }: { readonly one: DisabledView }) => {
  const last = reads.at(-1)
  return (
    <li>
      <details>
        <summary>
          {text}
          {last ? (
            <span class="why">
              {' '}
              since <code>{`${last[0]} is ${last[1]}`}</code>
            </span>
          ) : (
            <span class="why"> whatever the state</span>
          )}
        </summary>
        <p>Its guard read, in this order:</p>
        <ol>
          {reads.map(([path, value]) => (
            <li key={path}>
              <code>{`${path} is ${value}`}</code>
            </li>
          ))}
        </ol>
        <pre class="guard">{guard}</pre>
      </details>
    </li>
  )
}

/** The lanes: the steps of a walk drawn, with messages and members that can be acted upon. */
import { memo } from 'preact/compat'
import { useCallback, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ActionView, EventView, LaneView, StepView } from '../protocol.ts'
import { labelOf, lanesOf, type Placed, type PlacedEvent, type PlacedRow, placed } from './geometry.ts'
import { MenuButton } from './menu.tsx'

export interface LanesProps {
  readonly name?: string
  readonly steps: readonly StepView[]
  readonly lanes: readonly LaneView[]
  /** The step that is looked at. */
  readonly at: number
  /** What can be done there; none of a picture that cannot be gone on from. */
  readonly enabled: readonly ActionView[]
  readonly onSelect: (step: number) => void
  readonly onTake: (action: ActionView) => void
  /** Whether it was captured, so that nothing can be done. */
  readonly isFixed?: boolean
}

/** What a lane is called. */
type TitleOf = (lane: string | undefined) => string

/** Words for what an action does with a message. */
const DOES = { deliver: 'Deliver', lose: 'Lose', copy: 'Bring a copy', send: 'Send again', mark: 'Do' }

export const Lanes = ({
  name: title = 'Lanes, time downwards',
  steps,
  lanes,
  at,
  enabled,
  onSelect,
  onTake,
  isFixed = false,
}: LanesProps) => {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(800)
  useLayoutEffect(() => {
    const measured = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    measured.observe(box.current!)
    return () => measured.disconnect()
  }, [])
  const names = useMemo(
    () =>
      lanesOf(
        lanes.map(({ name }) => name),
        steps,
      ),
    [lanes, steps],
  )
  const place = useMemo(() => placed(steps, names, width), [steps, names, width])
  useLayoutEffect(() => {
    const row = box.current?.querySelector<HTMLElement>(`[data-step="${at}"]`)
    if (row) scrollTo(box.current!, row)
  }, [at, steps.length, width])
  const byMessage = useMemo(() => messagesOf(enabled), [enabled])
  const about = useMemo(() => new Map(lanes.map((lane) => [lane.name, lane])), [lanes])
  const titleOf = useCallback((lane = '') => about.get(lane)?.title ?? lane, [about])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section class="lanes" ref={box} aria-label={title} tabIndex={0}>
      <div class="lane-heads" style={{ width: `${place.width}px` }}>
        {names.map((name) => (
          <div class="lane-head" key={name} style={{ width: `${gapOf(place)}px` }}>
            {isFixed ? (
              <b>{titleOf(name)}</b>
            ) : (
              <MenuButton
                label={`${titleOf(name)}: what it can do`}
                text={titleOf(name)}
                items={enabled
                  .filter((action) => isOfLane(action, name))
                  .map((action) => ({ text: action.text, note: noteOf(action), act: () => onTake(action) }))}
                empty="Nothing can be done here now."
              />
            )}
            {(about.get(name)?.says ?? []).map((phrase) => (
              <span class="status" key={phrase}>
                {phrase}
              </span>
            ))}
          </div>
        ))}
      </div>
      <div class="lane-body" style={{ width: `${place.width}px`, height: `${place.height}px` }}>
        <Arrows place={place} steps={steps} at={at} />
        <ol class="rows">
          {place.rows.map((row) => (
            <Row
              key={row.step}
              row={row}
              step={steps[row.step]!}
              labels={place.labels}
              isNow={row.step === at}
              isAfter={row.step > at}
              titleOf={titleOf}
              onSelect={onSelect}
            />
          ))}
        </ol>
        {place.rows.slice(0, at + 1).flatMap(({ events }) =>
          events.flatMap((one) => {
            const actions = one.event.message === undefined ? [] : (byMessage.get(one.event.message) ?? [])
            return one.event.shape === 'send' && actions.length > 0
              ? [<Message key={`${one.step}.${one.index}`} one={one} actions={actions} onTake={onTake} />]
              : []
          }),
        )}
      </div>
      {isFixed ? null : (
        <UnderWay steps={steps.slice(0, at + 1)} byMessage={byMessage} titleOf={titleOf} onTake={onTake} />
      )}
    </section>
  )
}

/** Scrolls the lanes, and not the page, until a row is seen below the heads. */
const scrollTo = (box: HTMLElement, row: HTMLElement): void => {
  const head = box.querySelector('.lane-heads')!.clientHeight
  const top = row.offsetTop
  const bottom = top + row.clientHeight + head
  if (top < box.scrollTop) box.scrollTop = top
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
}

const gapOf = ({ width, labels, lanes }: Placed): number => (width - labels) / Math.max(1, lanes.length)

const isOfLane = ({ actor, touches }: ActionView, lane: string): boolean =>
  actor === lane || touches.some((touch) => touch.lane === lane && touch.does !== 'lose')

const noteOf = ({ violates, idle, events }: ActionView): string =>
  violates.length > 0 ? `violates ${violates.join(', ')}` : idle ? 'changes nothing' : (events[0] ?? '')

type Acting = { readonly action: ActionView; readonly does: keyof typeof DOES }

/** The actions by the message that each touches. */
const messagesOf = (enabled: readonly ActionView[]): ReadonlyMap<string, readonly Acting[]> => {
  const found = new Map<string, Acting[]>()
  for (const action of enabled)
    for (const { does, message } of action.touches) {
      if (message === undefined) continue
      const list = found.get(message) ?? []
      // An action that only sends something new touches nothing that is there.
      if (!list.some((one) => one.action === action)) found.set(message, [...list, { action, does }])
    }
  return found
}

const Message = ({
  one,
  actions,
  onTake,
}: {
  readonly one: PlacedEvent
  readonly actions: readonly Acting[]
  readonly onTake: (action: ActionView) => void
}) => (
  <div
    class={`message is-${one.align}`}
    style={{ left: `${one.left}px`, top: `${one.top}px`, width: `${one.width}px` }}
  >
    <MenuButton
      label={`Message ${one.text}: deliver, lose or copy`}
      text={one.text}
      items={actions.map(({ action, does }) => ({
        text: `${DOES[does]}: ${action.text}`,
        note: noteOf(action),
        act: () => onTake(action),
      }))}
      empty=""
    />
  </div>
)

/** What has been sent and has not come, with what can be done with it. */
const UnderWay = ({
  steps,
  byMessage,
  titleOf,
  onTake,
}: {
  readonly steps: readonly StepView[]
  readonly byMessage: ReadonlyMap<string, readonly Acting[]>
  readonly titleOf: TitleOf
  readonly onTake: (action: ActionView) => void
}) => {
  const open = openIn(steps)
  if (open.length === 0) return <p class="under-way quiet">No message is under way.</p>
  return (
    <section class="under-way" aria-label="Messages under way">
      <h2>Under way</h2>
      <ul>
        {open.map(({ event, key, count }) => {
          const acting = (byMessage.get(event.message!) ?? []).filter(({ does }) => does !== 'send')
          return (
            <li key={key}>
              <span>
                {titleOf(event.lane)} to {titleOf(event.to)}: {event.text}
                {count > 1 ? ` (${count} copies)` : ''}
              </span>{' '}
              {acting.map(({ action, does }) => (
                <button
                  type="button"
                  key={action.number}
                  title={noteOf(action)}
                  onClick={() => onTake(action)}
                >
                  {DOES[does]}
                  <span class="hidden"> {event.text}</span>
                  {action.violates.length > 0 ? <b class="bad"> {action.violates.join(', ')}</b> : null}
                </button>
              ))}
              <span class="quiet">
                {acting.length === 0 ? 'cannot be delivered now' : 'or delay it: take other steps first'}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The messages that were sent and not ended within these steps; equal ones are counted. */
const openIn = (
  steps: readonly StepView[],
): readonly { readonly event: EventView; readonly key: string; readonly count: number }[] => {
  const ended = new Set(
    steps.flatMap(({ events }) =>
      events.flatMap(({ shape, sent }) =>
        (shape === 'receive' || shape === 'lose') && sent ? [`${sent.step}.${sent.index}`] : [],
      ),
    ),
  )
  const found = new Map<string, { event: EventView; key: string; count: number }>()
  steps.forEach(({ events }, step) => {
    events.forEach((event, index) => {
      const key = `${step}.${index}`
      if (event.shape !== 'send' || ended.has(key)) return
      const known = found.get(event.message ?? key)
      if (known) known.count += 1
      else found.set(event.message ?? key, { event, key, count: 1 })
    })
  })
  return [...found.values()]
}

const Row = memo(
  ({
    row,
    step,
    labels,
    isNow,
    isAfter,
    titleOf,
    onSelect,
  }: {
    readonly row: PlacedRow
    readonly step: StepView
    readonly labels: number
    readonly isNow: boolean
    readonly isAfter: boolean
    readonly titleOf: TitleOf
    readonly onSelect: (step: number) => void
  }) => (
    <li
      class={`row${isNow ? ' now' : ''}${isAfter ? ' after' : ''}${step.part === 'outside' ? ' outside' : ''}${step.violates.length > 0 ? ' violates' : ''}`}
      data-step={row.step}
      style={{ top: `${row.top}px`, height: `${row.height}px` }}
    >
      <button
        type="button"
        class="step-label"
        aria-current={isNow ? 'step' : undefined}
        style={labels > 0 ? { width: `${labels - 6}px` } : { maxWidth: '100%' }}
        onClick={() => onSelect(row.step)}
      >
        <span class="number">{row.step}</span> {labelOf(step)}
        {step.violates.map((label) => (
          <b class="bad" key={label}>
            {' '}
            violates {label}
          </b>
        ))}
      </button>
      {row.events.map((one) => (
        <Words key={one.index} one={one} top={row.top} titleOf={titleOf} />
      ))}
    </li>
  ),
)

/** The words at an event. */
const Words = ({
  one,
  top,
  titleOf,
}: {
  readonly one: PlacedEvent
  readonly top: number
  readonly titleOf: TitleOf
}) => {
  const { event, text } = one
  const spoken =
    event.shape === 'send' || event.shape === 'pass'
      ? `${titleOf(event.lane)} to ${titleOf(event.to)}: `
      : event.shape === 'lose'
        ? 'network: '
        : `${titleOf(event.lane)}: ${event.shape === 'receive' ? 'receives ' : ''}`
  if (text === '') return <span class="hidden">{`${spoken}the message`}</span>
  return (
    <span
      class={`words is-${one.align} ${event.shape}${event.grave ? ' grave' : ''}${event.clash ? ' clash' : ''}`}
      style={{ left: `${one.left}px`, top: `${one.top - top}px`, width: `${one.width}px` }}
    >
      <span class="hidden">{spoken}</span>
      <span class="ink">{text}</span>
    </span>
  )
}

/** Lanes and arrows; the words beside them say the same. */
const Arrows = memo(
  ({
    place,
    steps,
    at,
  }: {
    readonly place: Placed
    readonly steps: readonly StepView[]
    readonly at: number
  }) => {
    const { xs, lanes, width, height } = place
    const id = useId()
    const xOf = (lane: string | undefined): number => xs[lanes.indexOf(lane ?? '')] ?? 0
    const lines = place.rows.flatMap(({ events }) =>
      events.flatMap((one) => {
        const { event, step, y } = one
        const key = `${step}.${one.index}`
        const sent = event.sent && steps[event.sent.step]!.events[event.sent.index]!
        const late = `${event.clash || sent?.clash ? ' clash' : ''}${step > at ? ' after' : ''}`
        if (event.shape === 'pass')
          return [
            <Line
              head={id}
              key={key}
              kind={`pass${late}`}
              from={[xOf(event.lane), y]}
              to={[xOf(event.to), y]}
            />,
          ]
        if ((event.shape !== 'receive' && event.shape !== 'lose') || !event.sent || !sent) return []
        const begin = place.at(event.sent.step, event.sent.index)!
        const from: Point = [xOf(sent.lane), begin.y]
        const to = xOf(event.shape === 'lose' ? sent.to : event.lane)
        const end: Point = event.shape === 'lose' ? [from[0] + (to - from[0]) * 0.72, y] : [to, y]
        const kind = `${event.shape}${event.again ? ' again' : ''}${late}`
        return [<Line head={id} key={key} kind={kind} from={from} to={end} />]
      }),
    )
    const ends = useMemo(() => endsIn(steps), [steps])
    const open = place.rows.slice(0, at + 1).flatMap(({ events }) =>
      events.flatMap((one) => {
        if (one.event.shape !== 'send' || (ends.get(`${one.step}.${one.index}`) ?? Infinity) <= at) return []
        const [from, to] = [xOf(one.event.lane), xOf(one.event.to)]
        const end: Point = [from + (to - from) * 0.6, one.y + 6]
        return [
          <Line
            head={id}
            key={`open ${one.step}.${one.index}`}
            kind={one.event.clash ? 'open clash' : 'open'}
            from={[from, one.y]}
            to={end}
          />,
        ]
      }),
    )
    return (
      <svg class="arrows" width={width} height={height} aria-hidden="true">
        <defs>
          {['', ' clash'].map((kind) => (
            <marker
              key={kind}
              id={`${id}${kind.trim()}`}
              viewBox="0 0 10 10"
              refX="9"
              refY="5"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0L10 5L0 10z" class={`head${kind}`} />
            </marker>
          ))}
        </defs>
        {xs.map((x, i) => (
          <line key={lanes[i]} class="lane" x1={x} x2={x} y1={0} y2={height} />
        ))}
        {lines}
        {open}
      </svg>
    )
  },
)

type Point = readonly [x: number, y: number]

/** The first step that ends a send, by its place. */
const endsIn = (steps: readonly StepView[]): ReadonlyMap<string, number> => {
  const ends = new Map<string, number>()
  steps.forEach(({ events }, step) => {
    for (const { sent } of events) {
      const key = sent && `${sent.step}.${sent.index}`
      if (key !== undefined && !ends.has(key)) ends.set(key, step)
    }
  })
  return ends
}

const Line = ({
  kind,
  head,
  from,
  to,
}: {
  readonly kind: string
  /** The name of the marker of its end. */
  readonly head: string
  readonly from: Point
  readonly to: Point
}) => {
  const [x, y] = to
  const isLost = kind.startsWith('lose')
  return (
    <g class={`arrow ${kind}`}>
      <line
        x1={from[0]}
        y1={from[1]}
        x2={x}
        y2={y}
        marker-end={isLost ? undefined : `url(#${head}${kind.includes('clash') ? 'clash' : ''})`}
      />
      {isLost ? (
        <path d={`M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x - 5} ${y + 5}L${x + 5} ${y - 5}`} />
      ) : null}
    </g>
  )
}

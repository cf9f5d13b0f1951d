/** A thread that stands in one model: walks are taken here, so that a closure which never returns stops nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import type { WalkView } from '../../explore/protocol.ts'
import { WalkError, type Walks, walksIn } from '../../explore/walks.ts'
import { labelOf, type Property } from '../../modelling/property.ts'
import { altTextOf } from '../../report/pictures/alt-text.ts'
import { lanesDot } from '../../report/pictures/lanes.ts'
import type { Caption } from '../../report/trace/caption.ts'
import { vitestText } from '../../report/trace-formats/trace-vitest.ts'
import { shows } from '../../search/engine/path.ts'
import { SCOPES } from '../../search/suite.ts'
import { watchedModelOf } from '../targets/search-model.ts'
import { structureHash, tokenOf } from '../targets/tokens.ts'
import type { Replied, Reply, Request, Stand } from './explore-job.ts'
import { problemText } from './problems.ts'

const stand = workerData as Stand

/** What a walk is said to show: the property that is looked at, or one that its last step violates. */
interface Shown {
  readonly property: Property | undefined
  readonly label: string
  readonly value?: number
  readonly isShown: boolean
}

const shownBy = ({ model, trace }: Walks, { path, label }: Request): Shown => {
  const walk = trace(path)
  const last = walk.steps.at(-1)
  const said = (p: Property): Shown | undefined => {
    if (p.kind === 'measure') {
      const value = last?.readings.get(p.name)
      return value === undefined ? undefined : { property: p, label: labelOf(p), value, isShown: true }
    }
    // Of a doom only a search knows, and of what is reached once that it is.
    if (p.kind === 'sometimes' || p.kind === 'alwaysPossible') return undefined
    return shows(walk, p.name) ? { property: p, label: labelOf(p), isShown: true } : undefined
  }
  const wanted = model.properties.find((p) => labelOf(p) === label)
  const found = [...(wanted ? [wanted] : []), ...model.properties.filter((p) => p.kind !== 'measure')]
  for (const p of found) {
    const shown = said(p)
    if (shown) return shown
  }
  const plain = wanted?.kind === 'measure' ? undefined : wanted
  return { property: plain, label: plain ? label : 'Deadlock', isShown: false }
}

const tokenAt = (walks: Walks, request: Request): string => {
  const { target, scope, focus } = stand
  const named = SCOPES.find((name) => name === scope)
  const { label, value } = shownBy(walks, request)
  return tokenOf({
    target,
    ...(named && { scope: named }),
    focus,
    label,
    ...(value !== undefined && { value }),
    hash: structureHash(walks.model),
    path: request.path,
  })
}

const captionAt = (
  walks: Walks,
  request: Request,
): { readonly caption: Caption; readonly isShown: boolean } => {
  const { property, label, value, isShown } = shownBy(walks, request)
  const { scheme, focus, about } = stand
  const count = request.path.length - 1
  const caption: Caption = {
    property: isShown && property ? property.name : 'Walk',
    label: isShown ? label : 'a walk',
    ...(isShown && property?.sentence !== undefined && { sentence: property.sentence }),
    ...(isShown && property?.source !== undefined && { source: property.source }),
    verdict: !isShown ? 'unknown' : value === undefined ? 'violated' : 'measured',
    ...(value !== undefined && { value }),
    ...(property && 'unit' in property && { unit: property.unit }),
    ...(!isShown && { headline: `A walk of ${count} ${count === 1 ? 'step' : 'steps'}` }),
    scheme,
    focus,
    scope: about,
    token: tokenAt(walks, request),
    ...(!isShown && { command: `clustercheck explore ${tokenAt(walks, request)}` }),
  }
  return { caption, isShown }
}

/** A generator of numbers from 0 to 1 (mulberry32), the same ones for the same seed. */
const numbersOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const replyTo = (walks: Walks, request: Request): Reply => {
  const { path } = request
  switch (request.kind) {
    case 'walk': {
      const here = { ...walks.here(path), token: path.length === 0 ? '' : tokenAt(walks, request) }
      return { path, steps: request.bare ? [] : walks.steps(path), here } satisfies WalkView
    }
    case 'disabled':
      return walks.disabled(path)
    case 'random':
      return { steps: walks.random(path, request.steps, numbersOf(request.seed)) }
    case 'picture': {
      const { caption } = captionAt(walks, request)
      const trace = walks.trace(path)
      const alt = altTextOf(trace, caption)
      return { dot: lanesDot(trace, caption, { theme: request.theme, unfolded: false }), ...alt }
    }
    default: {
      const { caption, isShown } = captionAt(walks, request)
      if (!isShown)
        throw new WalkError(
          'The last step of this walk violates nothing, so a test would have nothing to expect of it.',
        )
      return { text: vitestText(walks.trace(path), caption, stand.file) }
    }
  }
}

const made = watchedModelOf(stand.source, stand.focus, stand.watch).then(walksIn)
const say = (replied: Replied): void => parentPort?.postMessage(replied)
parentPort?.on('message', async ({ id, request }: { readonly id: number; readonly request: Request }) => {
  try {
    say({ id, reply: replyTo(await made, request) })
  } catch (thrown) {
    say({ id, problem: problemText(thrown) })
  }
})

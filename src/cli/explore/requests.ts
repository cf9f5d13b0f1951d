/** The requests of the page, checked and answered. What a page sends is data from outside. */
import type { Place, Question, Said, Steps } from '../../explore/protocol.ts'
import { svgOf } from '../../report/pictures/render.ts'
import { SCOPES } from '../../search/suite.ts'
import type { Answers } from './answers.ts'
import { counterTo, found, judge } from './judge.ts'
import { matrixView } from './matrix-view.ts'
import { Refusal } from './problems.ts'
import { type Answering, STREAMED, type Stream } from './server.ts'

/** Steps of one random walk. */
const MOST_RANDOM = 500
/** Where a question is given up: distinct states and seconds of one search. */
const STATES = 5_000_000
const SECONDS = 120
/** The same where each action of a state is searched. */
const EACH = { states: 500_000, seconds: 20 }

/** Answers the requests of a page. */
export const answering = (answers: Answers): Answering => {
  const { start, places, threads, files } = answers
  return async (name, given, stream) => {
    const body = objectOf(given)
    switch (name) {
      case 'api/start':
        return start
      case 'api/open':
        return places.opened(textOf(body, 'token'))
      case 'api/walk': {
        const { place, path } = whereOf(body)
        const bare = body.bare === true
        return threads.ask(await places.standing(place), { kind: 'walk', path, label: place.label, bare })
      }
      case 'api/disabled':
      case 'api/test': {
        const kind = name.slice('api/'.length) as 'disabled' | 'test'
        const { place, path } = whereOf(body)
        return threads.ask(await places.standing(place), { kind, path, label: place.label })
      }
      case 'api/random': {
        const { place, path } = whereOf(body)
        const steps = countOf(body, 'steps', MOST_RANDOM)
        const seed = countOf(body, 'seed', 2 ** 32 - 1)
        return threads.ask(await places.standing(place), {
          kind: 'random',
          path,
          label: place.label,
          steps,
          seed,
        })
      }
      case 'api/picture': {
        const { place, path } = whereOf(body)
        const theme = body.theme === 'dark' ? 'dark' : 'light'
        const standing = await places.standing(place)
        const drawn = await threads.ask(standing, { kind: 'picture', path, label: place.label, theme })
        return { svg: await svgOf(drawn.dot, { alt: drawn }) }
      }
      case 'api/matrix':
        return matrixView(scopeOf(body), places, files)
      case 'api/found':
        await found(scopeOf(body), answers, stream)
        return STREAMED
      case 'api/judge': {
        const label = body.label === undefined ? undefined : textOf(body, 'label')
        const standing = { target: textOf(body, 'target'), scope: scopeOf(body), label }
        await judge(standing, textOf(body, 'id'), answers, stream)
        return STREAMED
      }
      case 'api/ask':
        await ask(answers, body, stream)
        return STREAMED
      case 'api/stop': {
        const id = textOf(body, 'id')
        threads.stop(id)
        counterTo(id)?.()
        return {}
      }
      default:
        throw new Refusal('There is nothing of this name.', 404)
    }
  }
}

const ask = async (
  { places, threads, bytes }: Answers,
  body: Readonly<Record<string, unknown>>,
  stream: Stream,
): Promise<void> => {
  const { place, path } = whereOf(body)
  const question = questionOf(body.question)
  const id = textOf(body, 'id')
  const bounds = { states: STATES, seconds: SECONDS, bytes, ...(question.kind === 'leads' && EACH) }
  stream.onGone(() => threads.stop(id, true))
  const say = (said: Said): void => stream.say(said)
  await threads.question(id, await places.standing(place), { path, question, bounds }, say)
}

/* What is read of a request */

type Body = Readonly<Record<string, unknown>>

const objectOf = (value: unknown, what = 'The request'): Body => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body
  throw new Refusal(`${what} is no object.`, 400)
}

const textOf = (body: Body, name: string): string => {
  const value = body[name]
  if (typeof value === 'string' && value.length <= 100_000) return value
  throw new Refusal(`The ${name} of the request is no text.`, 400)
}

const countOf = (body: Body, name: string, most: number): number => {
  const value = body[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value
  throw new Refusal(`The ${name} of the request are no whole number from 0 to ${most}.`, 400)
}

const scopeOf = (body: Body): (typeof SCOPES)[number] | undefined => {
  if (body.scope === undefined) return undefined
  const found = SCOPES.find((scope) => scope === body.scope)
  if (found) return found
  throw new Refusal(`The scope of the request is none of ${SCOPES.join(', ')}.`, 400)
}

const whereOf = (body: Body): { readonly place: Place; readonly path: Steps } => {
  const place = objectOf(body.place, 'The place of the request')
  const scope = scopeOf(place)
  const { path } = body
  if (!Array.isArray(path) || !path.every((step) => Number.isInteger(step) && step >= 0))
    throw new Refusal('The path of the request is no list of whole numbers.', 400)
  return {
    place: {
      target: textOf(place, 'target'),
      ...(scope && { scope }),
      focus: textOf(place, 'focus'),
      label: textOf(place, 'label'),
    },
    path,
  }
}

const questionOf = (value: unknown): Question => {
  const question = objectOf(value, 'The question')
  switch (question.kind) {
    case 'state':
      return { kind: 'state', expression: textOf(question, 'expression') }
    case 'violation':
    case 'possible':
      return { kind: question.kind, label: textOf(question, 'label') }
    case 'leads':
      return { kind: 'leads' }
    default:
      throw new Refusal('The question is of no kind that is known.', 400)
  }
}

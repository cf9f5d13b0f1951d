/** `clustercheck init --cluster FILE`: asks a dozen questions, writes a cluster file with comments, and checks it. */
import { existsSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { prepareFile, writeFile } from '../files/output-files.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import type { Terminal } from '../process/terminal.ts'
import { clusterTarget, isClusterPath } from '../targets/cluster-files.ts'
import { type Draft, QUESTIONS, type Question } from '../targets/cluster-questions.ts'

/** Answers by the names of their questions, as `--answers` gives them. Throws `UsageError`. */
export const answersOf = (option: string, text: string): ReadonlyMap<string, string> => {
  const answers = new Map<string, string>()
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const at = part.indexOf('=')
    const id = part.slice(0, at).trim()
    if (at < 0)
      throw new UsageError({
        problem: `${option} takes answers such as basis=synch-ike,members=2; it was given '${part}'.`,
      })
    const question = QUESTIONS.find((one) => one.id === id)
    if (!question) {
      const known = QUESTIONS.map((one) => one.id)
      throw unknownName('question', id, known, `the questions are ${known.join(', ')}`)
    }
    if (answers.has(id)) throw new UsageError({ problem: `${option} answers ${id} twice.` })
    const answer = part.slice(at + 1).trim()
    const problem = problemOf(question, answer)
    if (problem !== undefined)
      throw new UsageError({ problem: `The answer to ${id} is ${problem}; it was given '${answer}'.` })
    answers.set(id, answer)
  }
  return answers
}

/** What an answer should have been; undefined when it is one. */
const problemOf = ({ choices, problem }: Question, answer: string): string | undefined => {
  if (choices) return Object.hasOwn(choices, answer) ? undefined : `one of ${Object.keys(choices).join(', ')}`
  return problem?.(answer)
}

/** Asks what `answers` does not say, where there is a terminal; else the usual answer counts. */
const answered = async (
  answers: ReadonlyMap<string, string>,
  answer: ((question: Question) => Promise<string>) | undefined,
): Promise<Draft> => {
  const draft: Draft = {}
  for (const question of QUESTIONS) {
    const given = answers.get(question.id)
    if (question.applies && !question.applies(draft)) {
      if (given !== undefined && given !== question.usual)
        throw new UsageError({
          problem: `${question.id}=${given} was answered, which the answers before it leave no room for: ${question.asks}`,
        })
      continue
    }
    question.set(draft, given ?? (await answer?.(question)) ?? question.usual)
  }
  return draft
}

/** Where questions are asked. */
interface Asked {
  readonly input: Readable
  readonly output: Writable
}

/**
 * Asks one question: a choice by arrow keys, anything else until the answer is one; an empty answer is the usual one.
 * Undefined where somebody ends it (Ctrl-C, Escape, the end of the input).
 */
export const ask = async (
  { asks, section, choices, usual, ...question }: Question,
  streams: Asked,
): Promise<string | undefined> => {
  const { isCancel, select, text } = await import('@clack/prompts')
  const message = `${asks} (${section})`
  const width = Math.max(...Object.keys(choices ?? {}).map((name) => name.length))
  const answer = choices
    ? await select({
        ...streams,
        message,
        initialValue: usual,
        options: Object.entries(choices).map(([name, means]) => ({
          value: name,
          label: `${name.padEnd(width)}  ${means}`,
        })),
      })
    : await text({
        ...streams,
        message,
        placeholder: usual,
        defaultValue: usual,
        validate: (line) => {
          const problem = line?.trim() ? question.problem?.(line.trim()) : undefined
          return problem === undefined ? undefined : `Expected ${problem}.`
        },
      })
  return isCancel(answer) ? undefined : answer.trim()
}

/** The file with a comment on each part. */
const textOf = async (draft: Draft, path: string): Promise<string> => {
  if (path.endsWith('.json')) return `${JSON.stringify(draft, null, 2)}\n`
  const { Document, isMap } = await import('yaml')
  const document = new Document(draft)
  document.commentBefore =
    ' A cluster for clustercheck. `clustercheck schema cluster` prints all that can stand here.'
  const comment = (path: readonly string[], text: string): void => {
    const parent = document.getIn(path.slice(0, -1))
    const map = path.length === 1 ? document.contents : parent
    if (!isMap(map)) return
    const pair = map.items.find(({ key }) => String(key) === path.at(-1))
    if (pair && typeof pair.key === 'object' && pair.key !== null)
      Object.assign(pair.key, { commentBefore: ` ${text}` })
  }
  for (const { id, asks, section } of QUESTIONS)
    for (const place of [
      [id],
      ['policies', id],
      ['esp', id],
      ['channel', id],
      ['failures', id],
      ...(id === 'peer' ? [['peers']] : []),
    ])
      comment(place, `${asks} (${section})`)
  return document.toString({ lineWidth: 0 })
}

/** Writes the file that the answers come to. Throws `UsageError`. */
export const writeCluster = async (
  path: string,
  targets: readonly string[],
  answers: ReadonlyMap<string, string>,
  terminal: Terminal,
): Promise<void> => {
  if (targets.length > 0)
    throw new UsageError({ problem: `--cluster writes a file; it was given the target '${targets[0]}'.` })
  if (!isClusterPath(path))
    throw new UsageError({
      problem: `--cluster takes a file that ends in .yaml, .yml or .json; it was given '${path}'.`,
    })
  if (existsSync(path))
    throw new UsageError({
      problem: `${path} is there already; nothing was written.`,
      hint: 'choose another name',
    })
  prepareFile(path)
  const answer = async (question: Question): Promise<string> => {
    const said = await ask(question, { input: process.stdin, output: process.stdout })
    if (said === undefined)
      throw new UsageError({ problem: `Not all questions were answered, so ${path} was not written.` })
    return said
  }
  const isAsked = terminal.outIsTerminal && process.stdin.isTTY === true
  const draft = await answered(answers, isAsked ? answer : undefined)
  // What contradicts itself is refused before it is written.
  await clusterTarget(path, JSON.parse(JSON.stringify(draft)), 'default')
  writeFile(path, await textOf(draft, path))
}

/** What ends a run: every signal that asks for it, also while a closure of the model never returns. */
import { spawn } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { folderWith, MAIN } from '../testing/under-test.ts'

/** A model that says on standard error when its closure begins that never returns, or when a long search is under way. */
const model = (endless: string): string => `
import { writeSync } from 'node:fs'
import { actionsOn, always, eventsOf, model, monitorOn, observerOn, range, record, refines, step } from 'clustercheck'
const begun = () => writeSync(2, 'BEGUN')
const forever = () => { begun(); for (;;) {} }
const most = ${endless === 'seen' ? 5 : 2000}
const state = record({ a: range(0, most), b: range(0, most) })
const action = actionsOn()
const events = eventsOf(['one'], { went: () => ({ shape: 'mark', lane: 'one', text: 'went' }) })
const walk = {
  state,
  events,
  actions: [
    action('Right', { guard: (s) => { if (${endless === 'guard'} && s.a === 3) forever(); return s.a < most }, effect: (d) => { d.a += 1 } }),
    action('Up', { guard: (s) => s.b < most, effect: (d, _, emit) => { if (${endless === 'effect'} && d.b === 3) { emit.went({}); forever() } if (${endless === 'seen'} && d.b === 3) emit.went({}); d.b += 1 } }),
  ],
}
const specification = model('Walk', walk)
export default model('Endless', {
  ...walk,
  properties: [monitorOn()('Heard', { memory: record({ n: range(0, 1) }), on: { went: () => {} } }), always('Low', { holds: (s) => { if (${endless === 'test'} && s.a === 3) forever(); if (s.a === 40) begun(); return s.a <= most } }),
    step('Kept', { holds: (before) => { if (${endless === 'step'} && before.a === 3) forever(); return true } }),
    ...${endless === 'seen'} ? [refines('Seen', { specification, sees: observerOn()({ on: { went: () => forever() } }) })] : []],
})
`
const { path, remove } = folderWith({
  'guard.mjs': model('guard'),
  'effect.mjs': model('effect'),
  'test.mjs': model('test'),
  'step.mjs': model('step'),
  'seen.mjs': model('seen'),
  'long.mjs': model('none'),
  'loading.mjs': 'for (;;) {}\n',
})
afterAll(remove)

/** Sends a signal when something has been said, and waits for the end. */
const interrupted = (args: readonly string[], signal: NodeJS.Signals, until = /BEGUN|has been loading/) =>
  new Promise<{ readonly code: number | null; readonly text: string }>((done) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: path,
      env: { ...process.env, CLUSTERCHECK_CACHE: 'off' },
    })
    let text = ''
    let sent = false
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more
        if (sent || !until.test(text)) return
        sent = true
        child.kill(signal)
      })
    child.on('close', (code) => done({ code, text }))
  })

describe('an interrupt', () => {
  it.each([
    ['check', 'guard', 'SIGINT', 'guard of Right', '1'],
    ['check', 'effect', 'SIGTERM', 'effect of Up', '2'],
    ['check', 'test', 'SIGHUP', 'test of Low', '1'],
    ['check', 'step', 'SIGINT', 'test of Kept', '1'],
    ['check', 'seen', 'SIGINT', 'part of Seen that hears went', '1'],
    ['hunt', 'guard', 'SIGQUIT', 'guard of Right', '2'],
  ] as const)(
    'ends a %s whose %s never returns, by %s, and names it',
    async (command, file, signal, name, workers) => {
      const { code, text } = await interrupted([command, `${file}.mjs`, '--workers', workers], signal)
      expect(text).toContain(`The ${name} in Endless has been running for `)
      expect(code).toBe(4)
      expect(text).toMatch(command === 'check' ? /cut by an interrupt/ : /was stopped after \d+ runs/)
    },
  )

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends what is still loading a file, which has been named',
    async (signal) => {
      const { code, text } = await interrupted(['check', 'loading.mjs'], signal)
      expect(text).toBe('loading.mjs has been loading for 4 s; its text may never come to an end.\n')
      expect(code).toBeNull()
    },
  )

  it.each([
    ['graph guard.mjs', 'guard of Right'],
    ['graph effect.mjs --format aut', 'effect of Up'],
    ['replay cc1:guard.mjs:all:Low:00000000:0.0.0.0.0', 'guard of Right'],
    ['draw cc1:effect.mjs:all:Low:00000000:0.1.1.1.1', 'effect of Up'],
  ])('ends %s, in which a closure never returns that has been named', async (line, name) => {
    const { code, text } = await interrupted(line.split(' '), 'SIGINT', /has been running/)
    expect(text).toContain(`The ${name} in Endless has been running for 4 s; it may never return.\n`)
    expect(code).toBeNull()
  })

  it.each(['SIGHUP', 'SIGQUIT', 'SIGTERM'] as const)(
    'by %s ends a search with what it covered',
    async (signal) => {
      const { code, text } = await interrupted(['check', 'long.mjs', '--workers', '1'], signal)
      expect(text).toMatch(/The search all was cut by an interrupt with [\d,]+ states not expanded/)
      expect(text).not.toContain('has been running')
      expect(code).toBe(4)
    },
  )
})

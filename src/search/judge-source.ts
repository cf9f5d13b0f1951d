/** The program text that judges: events go to the monitors, new states to the properties over states. */
import type { Model } from '../modelling/model.ts'
import type { Monitor } from '../modelling/property.ts'
import type { PackedNames } from '../state/packed-source.ts'
import type { Source } from '../state/source.ts'

/** The emit object: each event goes straight to the monitors that listen to it. */
export const emitText = (source: Source, model: Model, names: PackedNames): string => {
  const monitors = model.properties.flatMap((p, bit) =>
    p.kind === 'monitor' ? [{ monitor: p as Monitor, bit }] : [],
  )
  const judges = monitors.map(
    ({ bit }) =>
      `const judge${bit} = { violated() { flags |= ${1 << bit} }, arose() { arisen |= ${1 << bit} } }`,
  )
  const kinds = (model.events?.kinds ?? []).map((kind) => {
    const calls = monitors.flatMap(({ monitor, bit }, i) => {
      const handler = monitor.on[kind]
      return handler ? [`${source.bind('on', handler)}(${names.roots[i + 1]}, event, judge${bit})`] : []
    })
    return `  ${JSON.stringify(kind)}(event) { ${calls.join('; ')} },`
  })
  return [...judges, 'const emit = {', ...kinds, '}'].join('\n')
}

/** judge(): the state properties of a new state; noteSteps(): what monitors said about a step, once each. */
export const judgeText = (source: Source, model: Model, root: string): string => {
  const tests: string[] = []
  const marks: string[] = ['0']
  const note = (i: number, what: 'shown' | 'situation', test: string): void => {
    const name = source.name('seen')
    source.add(`let ${name} = false`)
    tests.push(
      `  if (!${name} && ${test}) { ${name} = true; findings[${i}].${what} = { from, instance: at } }`,
    )
  }
  let shift = 0
  model.properties.forEach((p, i) => {
    if (p.kind === 'monitor') return
    const holds = `${source.bind('holds', p.holds)}(${root})`
    if (p.kind === 'always') {
      note(i, 'shown', `!${holds}`)
      if (p.situation) note(i, 'situation', `${source.bind('situation', p.situation)}(${root})`)
    }
    if (p.kind === 'sometimes') note(i, 'shown', holds)
    if (p.kind === 'alwaysPossible') {
      const judged = p.whenever ? `${source.bind('whenever', p.whenever)}(${root})` : 'true'
      marks.push(`(${holds} ? ${1 << shift} : 0)`, `(${judged} ? ${2 << shift} : 0)`)
      shift += 2
    }
  })
  return `
let unshown = -1, unarisen = -1
function noteSteps() {
  for (let i = 0; i < ${model.properties.length}; i++) {
    if ((flags & unshown & (1 << i)) !== 0) findings[i].shown = { from, instance: at }
    if ((arisen & unarisen & (1 << i)) !== 0) findings[i].situation = { from, instance: at }
  }
  unshown &= ~flags
  unarisen &= ~arisen
}
function judge() {
  const n = logN
  judging = true
${tests.join('\n')}
  const marks = ${marks.join(' | ')}
  if (logN !== n) report.propertyWrote(n)
  judging = false
  return marks
}`
}

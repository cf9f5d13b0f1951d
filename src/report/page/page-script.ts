/**
 * The script of a trace's page, as the browser runs it: it puts one step on the page at a time. Everything that comes
 * from a model is set as text, never as markup.
 */
export const SCRIPT = String.raw`
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const last = data.steps.length - 1
const by = (id) => document.getElementById(id)
const slider = by('slider')
let now = -1

const element = (name, text, className) => {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}
const list = (id, items, empty) => {
  const rows = items.length === 0 ? [element('li', empty, 'quiet')] : items
  by(id).replaceChildren(...rows)
}
const texts = (items) => items.map((text) => element('li', text))

/** The whole state after a step: that of step 0 with every change since. */
const stateAt = (step) => {
  const state = new Map(data.initial)
  for (let i = 1; i <= step; i++) for (const [path, value] of data.steps[i].values) state.set(path, value)
  return state
}
const showState = () => {
  const wanted = by('filter').value.toLowerCase()
  const changed = new Set(now === 0 ? [] : data.steps[now].values.map(([path]) => path))
  const rows = []
  for (const [path, value] of stateAt(now)) {
    if (!path.toLowerCase().includes(wanted)) continue
    const row = element('tr', '', changed.has(path) ? 'changed' : '')
    row.append(element('td', path, 'path'), element('td', value, 'value'))
    rows.push(row)
  }
  by('state').replaceChildren(...rows)
}
const PARTS = {
  source: 'Values of the end come from this step.',
  enabler: 'This step made the end possible.',
  outside: 'This step plays no part in the end.',
}
const show = (wanted) => {
  const step = Math.max(0, Math.min(last, wanted))
  if (step === now) return
  now = step
  const it = data.steps[step]
  slider.value = String(step)
  slider.setAttribute('aria-valuetext', 'step ' + step + ': ' + it.action)
  by('number').textContent = 'Step ' + step + ' of ' + last
  by('action').textContent = it.action
  by('part').textContent = PARTS[it.part]
  list('events', it.events.map(({ text, clash, said }) =>
    element('li', said === '' ? text : text + ' (' + said + ')', clash ? 'clash' : '')), 'nothing that an observer sees')
  list('changes', texts(it.changes), 'nothing')
  list('conditions', it.conditions.map(([phrase, holds]) => element('li', phrase + ': ' + (holds ? 'yes' : 'no'))), 'the property looks at events only')
  list('memory', texts(it.memory), 'nothing new')
  list('enabled', texts(it.enabled.map((number) => data.instances[number])), step === last ? 'nothing' : 'nothing else')
  showState()
  for (const old of document.querySelectorAll('.now')) old.classList.remove('now')
  const row = document.getElementById('row-' + it.row)
  if (row) { row.classList.add('now'); row.scrollIntoView({ block: 'nearest' }) }
  history.replaceState(null, '', '#step-' + step)
}
const fromHash = () => {
  const found = /^#step-(\d+)$/.exec(location.hash)
  return found ? Number(found[1]) : last
}
slider.addEventListener('input', () => show(Number(slider.value)))
by('filter').addEventListener('input', showState)
by('first').addEventListener('click', () => show(0))
by('previous').addEventListener('click', () => show(now - 1))
by('next').addEventListener('click', () => show(now + 1))
by('last').addEventListener('click', () => show(last))
addEventListener('hashchange', () => show(fromHash()))
addEventListener('keydown', (event) => {
  if (event.target === by('filter') || event.altKey || event.ctrlKey || event.metaKey) return
  const to = { ArrowLeft: now - 1, ArrowUp: now - 1, ArrowRight: now + 1, ArrowDown: now + 1, Home: 0, End: last }[event.key]
  if (to === undefined) return
  event.preventDefault()
  show(to)
})
data.steps.forEach((it, step) => {
  const row = document.getElementById('row-' + it.row)
  if (row && it.row === step) row.addEventListener('click', () => show(step))
})
show(fromHash())
`

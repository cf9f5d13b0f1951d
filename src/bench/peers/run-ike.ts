/**
 * The searches that `ike.m` can say of the schemes that are named, in a process of their own, on one thread, as
 * `clustercheck matrix --workers 1 --no-cache` makes them. Prints a JSON line for each.
 */
import { processTerminal } from '../../cli/process/terminal.ts'
import { matrixPlan } from '../../cli/targets/targets.ts'
import { defaultBytes, searched } from '../../cli/workers/search-run.ts'
import { labelOf } from '../../modelling/property.ts'
import { type IkeFound, ikeSearches, LABELS, nameOf } from './ike.ts'

const schemes = process.argv.slice(2)
const names = ikeSearches(schemes).map(nameOf)
const { plan } = await matrixPlan('default', defaultBytes(1), { schemes })
const jobs = plan.jobs.filter(({ name }) => names.includes(name))
const { outcomes } = await searched(jobs, { workers: 1, terminal: processTerminal(() => {}) })
outcomes.forEach(({ model, judgements, distinct, generated, complete }, i) => {
  const labels = new Map(model.properties.map((property) => [property.name, labelOf(property)]))
  const verdicts = new Map(judgements.map(({ property, verdict }) => [labels.get(property)!, verdict]))
  const found: IkeFound = {
    name: jobs[i]!.name,
    distinct: complete ? distinct : Number.NaN,
    transitions: generated - 1,
    verdicts: Object.fromEntries(LABELS.map((label) => [label, verdicts.get(label)!])),
  }
  console.log(JSON.stringify(found))
})

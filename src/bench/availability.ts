/**
 * The solver of chains against Storm: `npm run bench:availability [-- SCHEME...]`. Each chain is solved here, and by
 * Storm as it is exported; a markdown table has both answers and the CPU time of each. `PYTHON` names an interpreter that
 * has stormpy 2.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SCHEMES } from '../../model/schemes/index.ts'
import { timingOf } from '../../model/timing/timing.ts'
import { WANTED } from '../availability/availability.ts'
import { stormFiles } from '../availability/explicit.ts'
import { doomsOf, measuresOf, upOf } from '../availability/measures.ts'
import { chainOf } from '../availability/rates.ts'
import { structureOf } from '../availability/structure.ts'
import { planOf } from '../availability/timed/plan.ts'

/**
 * Shares of time by expected visiting times, by a direct solver. The default of Storm, an iteration to a precision of
 * 1e-6, is worth nothing here: what is asked for are shares of 1e-6.
 */
const STORM = `
import json, sys, time, stormpy
E = stormpy.environments
began = time.process_time()
model = stormpy.build_model_from_explicit(sys.argv[1] + '.tra', sys.argv[1] + '.lab')
read = time.process_time()
environment = stormpy.Environment()
environment.solver().set_linear_equation_solver_type(E.EquationSolverType.EIGEN)
environment.modelchecker().steady_state_distribution_algorithm = E.SteadyStateDistributionAlgorithm.EXPECTED_VISITING_TIMES
shares = stormpy.analysis.compute_steady_state_distribution(model, environment=environment)
of = lambda label: sum(shares.get_value(s) for s in model.labeling.get_states(label))
print(json.dumps({'states': model.nr_states, 'traffic': of('trafficDown'), 'ike': of('ikeDown'),
  'read': read - began, 'solve': time.process_time() - read}))
`

interface Answer {
  readonly states: number
  readonly traffic: number
  readonly ike: number
  readonly read: number
  readonly solve: number
}

const seconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const row = (name: string, folder: string): string => {
  const scheme = SCHEMES.find((one) => one.name === name)
  if (!scheme) throw new Error(`There is no scheme ${name}.`)
  const timing = timingOf()
  const began = seconds()
  const structure = structureOf(
    name,
    planOf(scheme.scheme, { stages: WANTED.stages, waits: timing.retransmission.length }),
  )
  const explored = seconds()
  const dooms = doomsOf(structure)
  const { unavailability } = measuresOf(structure, timing, { dooms })
  const solved = seconds()
  const up = upOf(structure, dooms)
  const path = join(folder, name)
  const files = stormFiles(chainOf(structure, timing), {
    trafficDown: (s) => !up.traffic(s),
    ikeDown: (s) => !up.ike(s),
  })
  for (const [ending, text] of Object.entries(files)) writeFileSync(`${path}.${ending}`, text)
  const printed = execFileSync(process.env.PYTHON ?? 'python3', ['-c', STORM, path], { encoding: 'utf8' })
  const storm = JSON.parse(printed.trim().split('\n').at(-1)!) as Answer
  if (storm.states !== structure.states)
    throw new Error(`Storm read ${storm.states} states of ${structure.states}.`)
  const apart = Math.max(
    Math.abs(storm.traffic / unavailability.traffic - 1),
    Math.abs(storm.ike / unavailability.ike - 1),
  )
  const cells = [
    `\`${name}\``,
    structure.states.toLocaleString('en'),
    unavailability.traffic.toPrecision(10),
    storm.traffic.toPrecision(10),
    unavailability.ike.toPrecision(10),
    storm.ike.toPrecision(10),
    apart.toExponential(0),
    (explored - began).toFixed(1),
    (solved - explored).toFixed(1),
    storm.read.toFixed(1),
    storm.solve.toFixed(1),
  ]
  return `| ${cells.join(' | ')} |`
}

const named = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'clustercheck-chains-'))
try {
  const heads = [
    'scheme',
    'states',
    'traffic',
    'Storm',
    'IKE',
    'Storm',
    'apart',
    'explored, s',
    'solved, s',
    'Storm reads, s',
    'solves, s',
  ]
  process.stdout.write(`| ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length)}\n`)
  for (const name of named.length > 0 ? named : ['no-synch', 'acked-requests', 'acked-everything'])
    process.stdout.write(`${row(name, folder)}\n`)
} finally {
  rmSync(folder, { recursive: true })
}

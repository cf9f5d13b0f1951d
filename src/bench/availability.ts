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
import { doomChances, doomsOf, failoversOf, upOf } from '../availability/measures.ts'
import { chainOf } from '../availability/rates.ts'
import { type Chain, expected, stationary } from '../availability/solve.ts'
import { has, structureOf } from '../availability/structure.ts'
import { planOf } from '../availability/timed/plan.ts'

/**
 * From the crash to a settled IKE SA: the chance of a doom and the seconds in which IKE is down. The shares of time of the
 * whole chain are not asked for: Storm's iterations stop too early for shares of 1e-6, and its direct solver is not
 * stable on them.
 */
const STORM = `
import json, sys, time, stormpy
E = stormpy.environments
began = time.process_time()
model = stormpy.build_model_from_explicit(sys.argv[1] + '.tra', sys.argv[1] + '.lab', state_rewards=sys.argv[1] + '.rew')
read = time.process_time()
environment = stormpy.Environment()
environment.solver().set_linear_equation_solver_type(E.EquationSolverType.EIGEN)
def of(query):
  found = stormpy.model_checking(model, stormpy.parse_properties(query)[0], environment=environment)
  return found.get_value(model.initial_states[0])
print(json.dumps({'states': model.nr_states, 'dooms': of('P=? [!"over" U "doomed"]'), 'ike': of('R=? [F "over"]'),
  'read': read - began, 'solve': time.process_time() - read}))
`

interface Answer {
  readonly states: number
  readonly dooms: number
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
  const { states } = structure
  const dooms = doomsOf(structure)
  const up = upOf(structure, dooms)
  const chain = chainOf(structure, timing)
  const { values: shares } = stationary(chain)
  const { into } = failoversOf(structure, chain, shares)
  const isOver = (s: number): boolean => has(structure, s, 'acting') && has(structure, s, 'settled')
  const isDoomed = (s: number): boolean =>
    has(structure, s, 'lost') ||
    has(structure, s, 'dark') ||
    (has(structure, s, 'acting') && dooms.doomed[s] === 1)
  const over = Uint8Array.from({ length: states }, (_, s) => (isOver(s) ? 1 : 0))
  const gain = Float64Array.from({ length: states }, (_, s) => (up.ike(s) ? 0 : 1))
  const mean = (values: Float64Array): number => into.reduce((sum, share, s) => sum + share * values[s]!, 0)
  const ike = mean(expected(chain, over, { gain }).values)
  const doomed = mean(doomChances(structure, chain, dooms))
  const solved = seconds()
  const path = join(folder, name)
  // One state more, before all: it leads where crashes lead. Storm begins in the state that is called init.
  const files = stormFiles(withStart(chain, into), {
    over: (s) => s > 0 && isOver(s - 1),
    doomed: (s) => s > 0 && isDoomed(s - 1),
  })
  for (const [ending, text] of Object.entries(files)) writeFileSync(`${path}.${ending}`, text)
  const rewards = [...gain].flatMap((g, s) => (g === 1 ? [`${s + 1} 1\n`] : []))
  writeFileSync(`${path}.rew`, rewards.join(''))
  const printed = execFileSync(process.env.PYTHON ?? 'python3', ['-c', STORM, path], { encoding: 'utf8' })
  const storm = JSON.parse(printed.trim().split('\n').at(-1)!) as Answer
  if (storm.states !== states + 1) throw new Error(`Storm read ${storm.states} states of ${states + 1}.`)
  const cells = [
    `\`${name}\``,
    states.toLocaleString('en'),
    doomed.toPrecision(10),
    storm.dooms.toPrecision(10),
    ike.toPrecision(10),
    storm.ike.toPrecision(10),
    Math.max(Math.abs(storm.dooms / doomed - 1), Math.abs(storm.ike / ike - 1)).toExponential(0),
    (explored - began).toFixed(1),
    (solved - explored).toFixed(1),
    storm.read.toFixed(1),
    storm.solve.toFixed(1),
  ]
  return `| ${cells.join(' | ')} |`
}

/** A chain that begins with a second in a state of its own, and then goes where each share says. */
const withStart = ({ states, first, target, rate }: Chain, into: Float64Array): Chain => {
  const begins = [...into].flatMap((share, s) => (share > 0 ? [[s, share] as const] : []))
  return {
    states: states + 1,
    first: Uint32Array.from([0, ...[...first].map((e) => e + begins.length)]),
    target: Int32Array.from([...begins.map(([s]) => s + 1), ...[...target].map((t) => t + 1)]),
    rate: Float64Array.from([...begins.map(([, share]) => share), ...rate]),
  }
}

const named = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'clustercheck-chains-'))
try {
  const heads = [
    'scheme',
    'states',
    'dooms',
    'Storm',
    'seconds, IKE',
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

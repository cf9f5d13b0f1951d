/**
 * The rooms: every folder with code, the ground first. A file imports its own room and those above it in this list, so
 * no two rooms import each other. A test holds the code to it; the READMEs and the page on the architecture are made
 * from it by `npm run docs:generate`.
 */

/** A folder, what it is for, and the file to open first. */
export interface Room {
  readonly folder: string
  readonly purpose: string
  readonly begin: string
  /** Why it may hold more than `MOST_FILES` files, tests aside. */
  readonly large?: string
}

/** Files in a room, tests aside. */
export const MOST_FILES = 20

/** The parts of the project: a room belongs to the nearest. The picture of the architecture shows these. */
export const PARTS: readonly string[] = [
  'src/modelling',
  'model',
  'src/state',
  'src/symmetry',
  'src/search',
  'src/hunt',
  'src/threads',
  'src/capture',
  'src/conformance',
  'src/availability',
  'src/design',
  'properties',
  'src/drill',
  'src/report',
  'src/explore',
  'src/cli',
  'src',
  'src/examples',
  'src/bench',
  'src/docs',
  'src/testing',
]

const room = (folder: string, begin: string, purpose: string, large?: string): Room => ({
  folder,
  begin,
  purpose,
  ...(large !== undefined && { large }),
})

export const ROOMS: readonly Room[] = [
  room('src/modelling', 'model.ts', 'The language in which models are written: schemas, actions, properties'),

  room('model/extension-points', 'extensions.ts', 'What the base model lets an extension add'),
  room(
    'model/constants',
    'constants.ts',
    'What a run is given: policies, bounds, and the counts that follow',
  ),
  room('model/timing', 'timing.ts', 'How often things happen and how long they take'),
  room('model/schemes', 'index.ts', 'The schemes of the matrix, a file for each family'),
  room('model/cluster-files', 'cluster-file.ts', 'Clusters that somebody described in a file'),
  room('model/design', 'design-file.ts', 'Spaces of designs: every cluster that some free policies allow'),
  room(
    'model/state',
    'cluster-state.ts',
    'What a state holds, what its parts are called, and the rules of counters and windows',
  ),
  room('model/wire', 'events.ts', 'What an observer sees, and how it is drawn'),
  room('model/ike', 'message-ids.ts', 'IKEv2 at one end: message IDs, requests, exchanges'),
  room('model/gateway', 'roles.ts', 'Which member stands for the gateway, and where it is reached'),
  room('model/synch', 'channels.ts', 'What members tell each other, and how it arrives or is lost'),
  room('model/esp', 'outbound.ts', 'ESP packets in each direction'),
  room('model/ends', 'member.ts', 'What a member and the peer do of their own accord'),
  room('model/extending', 'extension.ts', 'How extensions are written, and put together into one model'),
  room('model/failover', 'environment.ts', 'What a crash, a takeover, a handover, a cut and a return do'),
  room(
    'model/extensions/rfc6311',
    'message-id-sync.ts',
    'The extensions of RFC 6311: message IDs and replay counters',
  ),
  room('model', 'cluster.ts', 'The cluster model, assembled, and the public names for extensions'),
  room('model/extensions/rfc5723', 'session-resumption.ts', 'The extension of RFC 5723: session resumption'),
  room('model/extensions', 'index.ts', 'The extensions that come with clustercheck'),

  room('src/state', 'layout.ts', 'One state: its values as text, checked against schemas, packed into words'),
  room(
    'src/state/plain',
    'interpreter.ts',
    'The plain interpreter, the definition of what a model means, and what it records',
  ),
  room('src/state/codegen', 'packed.ts', 'The program text of a packed state'),

  room('src/symmetry/identities', 'families.ts', 'Which identities may be permuted, and how that is tried'),
  room('src/symmetry/codegen', 'canon.ts', 'The program text that brings a state to its representative'),
  room(
    'src/symmetry',
    'symmetry.ts',
    'Representatives of states that differ in the names of identities only',
  ),

  room('src/search/engine', 'engine.ts', 'What an engine and a search say to each other'),
  room('src/search/packed/memoised', 'read-trees.ts', 'Answers found again by what was read'),
  room('src/search/packed/storage', 'table.ts', 'What is kept of the states that were seen'),
  room('src/search/packed/profiling', 'profiler.ts', 'Where time and states go'),
  room('src/search/packed/codegen', 'search.ts', 'The program that searches a model, as text'),
  room('src/search/packed', 'packed-engine.ts', 'The fast engine, of a program made for each model'),
  room('src/search/refinement', 'refinement.ts', 'Whether one system implements another'),
  room('src/search', 'naive.ts', 'Complete searches; the naive checker is the definition of what they find'),
  room('src/search/packed/parallel', 'lead-engine.ts', 'The fast engine with several threads'),

  room('src/hunt', 'hunt.ts', 'Random runs, how they are made small, and what they cover'),
  room(
    'src/threads',
    'thread-crew.ts',
    'The threads that help with one search; those that make several are in `src/cli/workers/`',
  ),

  room('src/capture/formats', 'format.ts', 'A capture file, taken apart into frames'),
  room('src/capture/packets', 'packets.ts', 'A frame, taken apart into IKE messages and ESP packets'),
  room('src/capture/evidence', 'findings.ts', 'What is noted while a capture is read'),
  room('src/capture/esp', 'child-sas.ts', 'Child SAs, followed and judged'),
  room('src/capture/ike', 'ike-sas.ts', 'IKE SAs, followed and judged'),
  room('src/capture', 'judge.ts', 'Captures, judged by the monitors of the properties'),
  room('src/conformance', 'explain.ts', 'Whether a capture is a behaviour of a model'),

  room('properties/explanations', 'words.ts', 'The sentences that explain a violation'),
  room('properties/memory', 'number-sets.ts', 'What monitors remember'),
  room('properties/requirements', 'message-ids.ts', 'What RFC 6027 asks for, a file for each section'),
  room('properties/measures', 'exchanges.ts', 'What a scheme costs'),
  room('properties/focuses', 'focus.ts', 'The searches, each with its scope and properties'),
  room('properties/declared', 'index.ts', 'The verdicts that are expected, as data'),
  room('properties/transparency', 'hot-standby.ts', 'Whether clusters can be told from a single gateway'),
  room('properties', 'matrix.ts', 'What is judged: the matrix of schemes and properties'),
  room('properties/design', 'searches.ts', 'The searches that judge the designs of a space'),
  room('properties/mutations', 'mutation.ts', 'Broken models, at least one that violates each property'),
  room(
    'properties/whole-runs',
    'hot-standby.ts',
    'What clusters of hot standby promise over whole runs, under fairness',
  ),
  room('properties/validation', 'trials.ts', 'The searches by which extensions are validated'),
  room('src/availability/timed', 'timed-cluster.ts', 'The model of a scheme with clocks, which recurs'),
  room(
    'src/availability',
    'availability.ts',
    'The Markov chain of a scheme: how long it is down, and what synchronisation costs',
  ),
  room('src/design', 'conditions.ts', 'Designs compared: conditions on policies, and the Pareto front'),
  room('src/drill', 'plan.ts', 'Traces on real gateways: plans, the wire, the driver, the judgement'),

  room('src/report/text', 'columns.ts', 'Text in columns and lists, XML, parts of schemas'),
  room('src/report/trace', 'caption.ts', 'What is said of one trace: captions, causes, changes'),
  room('src/report/results', 'judged-suite.ts', 'What was judged, as data'),
  room('src/report/trace-formats', 'trace-text.ts', 'One trace as text, ITF or a test'),
  room('src/report/terminal', 'check-text.ts', 'Results as a terminal shows them'),
  room('src/report/ci', 'junit.ts', 'Results as CI services read them'),
  room('src/report/captures', 'capture-text.ts', 'Judged captures as text, JSON, JUnit and SARIF'),
  room('src/report/pictures', 'lanes.ts', 'Diagrams, drawn by Graphviz'),
  room('src/report/availability', 'json.ts', 'Availability as text, JSON, pictures and a page of results'),
  room('src/report/design', 'json.ts', 'Designs as text, JSON and pictures'),
  room('src/report/hunts', 'hunt-text.ts', 'Hunts as text and JSON'),
  room('src/report/drill', 'plan-text.ts', 'Drills as text, JSON and JUnit'),

  room('src/explore', 'walks.ts', 'Standing inside a model: walks, questions, and what a page says of them'),
  room(
    'src/explore/pages',
    'trace-page.ts',
    'What written pages show: traces, matrices, captures, designs, drills',
  ),
  room('src/explore/view', 'main.tsx', 'The page of the explorer, as a browser runs it'),

  room('src/cli/process', 'exit-codes.ts', 'The process: exit codes, errors, the terminal'),
  room('src/cli/options', 'command.ts', 'What was typed: commands, options, their values'),
  room('src/cli/files', 'load-file.ts', 'Files that are read and written'),
  room('src/cli/jobs', 'search-job.ts', 'What threads are sent: plain data only'),
  room('src/cli/targets', 'targets.ts', 'What a command line names: schemes, models, extensions, traces'),
  room('src', 'index.ts', 'The public names of the package'),
  room('src/cli/saved', 'cache.ts', 'What is kept: results, checkpoints, shards'),
  room('src/cli/workers', 'search-pool.ts', 'Searches and hunts on worker threads'),
  room('src/cli/queue', 'sweep.ts', 'Jobs on a queue that several machines share'),
  room('src/cli/parts', 'making.ts', 'Plans whose jobs run in parts that are joined'),
  room('src/cli/results', 'reports.ts', 'From what was found to what is shown'),
  room('src/cli/design', 'run.ts', 'Spaces of designs, searched'),
  room('src/cli/advice', 'advise.ts', 'The changes of policies that repair a cluster'),
  room('src/cli/validation', 'verdicts.ts', 'What searches say about an extension'),
  room('src/cli/explore', 'run.ts', 'The server of the explorer, and its threads'),
  room('src/cli/drill/drivers', 'serve.ts', 'Drivers that come along: programs that speak the protocol'),
  room('src/cli/drill', 'run.ts', 'Drills: the lab, the wire and the driver as processes'),
  room('src/cli/commands', 'check.ts', 'The commands, a file for each', 'each command has a file'),
  room('src/cli/declare', 'matrix.ts', 'What `npm run declare` writes'),
  room(
    'src/cli',
    'main.ts',
    'The command line; with its rooms the only place that touches process and files',
  ),

  room('src/examples', 'die-hard.ts', 'Models with known counts of states'),
  room('src/bench/cases', 'cases.ts', 'What the benchmarks run'),
  room('src/bench/peers', 'index.ts', 'Other checkers on the same models'),
  room('src/bench', 'bench.ts', 'The benchmarks'),
  room('src/docs', 'pages.ts', 'The pages that are made from the program, and tests of all pages'),
  room('src/cli/testing', 'under-test.ts', 'Helpers for tests of the command line'),
  room('src/testing/captures', 'made-captures.ts', 'Captures that tests make, and kinds of faults in them'),
  room('src/testing', 'models.ts', 'Random models, campaigns and other material for tests'),
  room(
    'src/testing/symmetric',
    'models.ts',
    'Random models that treat identities alike, and the oracle of their orbits',
  ),
]

/** The part that a room belongs to. */
export const partOf = (folder: string): string =>
  PARTS.filter((part) => folder === part || folder.startsWith(`${part}/`)).reduce((a, b) =>
    b.length > a.length ? b : a,
  )

/** A file of a room, and the first sentence of the comment that opens it. */
export interface Entry {
  readonly name: string
  readonly about: string
}

/** A README of a room; `root` leads from the room to the root. */
export const readmeOf = ({ folder, purpose, begin }: Room, entries: readonly Entry[]): string => {
  const root = folder.replace(/[^/]+/g, '..')
  return `<!-- Written by \`npm run docs:generate\` from src/docs/rooms.ts and the first sentence of each file. -->

# \`${folder}/\`

${purpose}.
It may import itself and the rooms above it in [the list of rooms](${root}/docs/internals/rooms.md).
Begin with [\`${begin}\`](${begin}).

${entries.map(({ name, about }) => `- [\`${name}\`](${name}): ${about}`).join('\n')}
`
}

/** Rooms of the documentation of their own: their README is written by hand. */
export const HAND_WRITTEN: readonly string[] = ['model', 'properties/declared', 'src/bench']

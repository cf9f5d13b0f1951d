/** The commands as help lists them. The file of a command is read when that command is asked for. */
import type { ArgumentUsage, Command } from './options/command.ts'

/** What is known of a command before its file is read. */
export interface ListedCommand {
  readonly name: string
  readonly sentence: string
  readonly argument?: ArgumentUsage
  /** Command lines without the leading `clustercheck`; the first stands in the help of the program. */
  readonly examples: readonly string[]
  load(): Promise<Command>
}

const TOKEN = { name: 'TOKEN', sentence: 'a replay token, as printed with a trace' } as const

/** In the order in which help lists them. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'matrix',
    sentence: 'Check every scheme against every property and print the matrix of verdicts.',
    argument: { name: 'FILES', sentence: 'cluster files, each a row beside the schemes', count: 'any' },
    examples: [
      'matrix',
      'matrix --scope small',
      'matrix my-cluster.yaml --schemes acked-everything,synch-ike',
      'matrix --scope small --properties SEQ-1,IV-1',
      'matrix --write counterexamples',
      'matrix --html pages',
      'matrix --shard 1/2 --json 1.json',
      'matrix --queue redis://localhost:6379',
    ],
    load: async () => (await import('./commands/matrix.ts')).matrix,
  },
  {
    name: 'check',
    sentence:
      'Check every property of one scheme, of the model in a file, or of all that is listed in a file.',
    argument: {
      name: 'TARGET',
      sentence:
        "a scheme's name, a file with a cluster (.yaml or .json), or a .ts, .mts, .js or .mjs file whose default export is a model; without it, what clustercheck.config.ts lists is compared with what is expected there",
      count: 'optional',
    },
    examples: [
      'check single-gateway',
      'check',
      'check my-model.ts --deadlock',
      'check my-model.ts --set managers=3..6',
      'check my-model.ts --states 1000000 --json',
      'check my-model.ts --junit report.xml --sarif report.sarif',
      'check my-model.ts --bitstate 2GB --seconds 3600',
    ],
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'design',
    sentence:
      'Search a space of policies: when each property holds, and the designs that satisfy what is required at the lowest prices.',
    argument: {
      name: 'FILE',
      sentence:
        'a .yaml or .json file that says what is fixed, free, required and to be small (without it: the spaces that --space names)',
      count: 'optional',
    },
    examples: ['design --space ivs', 'design my-space.yaml --write designs', 'design --seconds 600 --json'],
    load: async () => (await import('./commands/design.ts')).design,
  },
  {
    name: 'stability',
    sentence: 'Raise each bound of the searches of a scheme and tell which verdicts do not hold any more.',
    argument: { name: 'SCHEMES', sentence: 'schemes of the matrix', count: 'several' },
    examples: ['stability acked-everything', 'stability esp-told-jump --property SEQ-1'],
    load: async () => (await import('./commands/stability.ts')).stability,
  },
  {
    name: 'availability',
    sentence:
      'Compute how long a cluster is down, what a failover does to an IKE SA, and what synchronisation costs.',
    argument: {
      name: 'TARGETS',
      sentence: 'schemes of the matrix, or files with a cluster, whose part timing is used',
      count: 'several',
    },
    examples: [
      'availability acked-everything',
      'availability synch-ike acked-counters --set synchLoss=0.01',
      'availability no-synch --sensitivities',
      'availability acked-counters --export prism --output chain',
    ],
    load: async () => (await import('./commands/availability.ts')).availability,
  },
  {
    name: 'validate',
    sentence: 'Check the claims of proposed extensions, and what they break, cost and open to attackers.',
    argument: {
      name: 'EXTENSION',
      count: 'any',
      sentence:
        "an extension's name, or a file whose default export is one; with parameters as in NAME:bump=1,told=false. Several are put together",
    },
    examples: [
      'validate message-id-sync',
      'validate message-id-sync:reading=merge --scheme synch-sas --attacker A1',
      'validate my-extension.ts --trace',
      'validate message-id-sync quick-crash-detection',
      'validate message-id-sync --search sync-own --json',
    ],
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'hunt',
    sentence: 'Explore one scheme, or the model in a file, by random runs; shrink what they show.',
    argument: {
      name: 'TARGET',
      sentence:
        "a scheme's name, a file with a cluster (.yaml or .json), or a .ts, .mts, .js or .mjs file whose default export is a model",
      count: 'optional',
    },
    examples: [
      'hunt synch-ike --seconds 5',
      'hunt esp-as-is --search outbound --runs 10000 --seed 7',
      'hunt my-model.ts --weight Crash=5 --require-coverage',
    ],
    load: async () => (await import('./commands/hunt.ts')).hunt,
  },
  {
    name: 'capture',
    sentence: 'Check a packet capture with the monitors of the matrix.',
    argument: {
      name: 'FILE',
      count: 'any',
      sentence:
        'a capture in pcap or pcapng format, also gzip; - is standard input; several are of one event, such as at the cluster and at the peer. Without FILE: those that a file of expectations lists',
    },
    examples: [
      'capture failover.pcap',
      'capture failover.pcapng --html failover.html',
      'capture - --follow  (behind: tcpdump -U -w - |)',
    ],
    load: async () => (await import('./commands/capture.ts')).capture,
  },
  {
    name: 'replay',
    sentence: 'Run a trace again, step by step, on the plain interpreter.',
    argument: TOKEN,
    examples: ['replay cc1:my-model.ts:all:Consistent:0f6a2c31:0.3.12.5', 'replay TOKEN --json'],
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'draw',
    sentence: 'Draw the trace of a token: lanes side by side, time downwards.',
    argument: TOKEN,
    examples: [
      'draw TOKEN --output trace.svg',
      'draw TOKEN --format itf',
      'draw TOKEN --output trace.png --theme dark',
      'draw TOKEN --output regression.test.ts',
    ],
    load: async () => (await import('./commands/draw.ts')).draw,
  },
  {
    name: 'explore',
    sentence: 'Stand inside a model: a page on this machine on which its steps are taken by hand.',
    argument: {
      name: 'TARGETS',
      count: 'any',
      sentence:
        "a scheme's name, a file with a model or a cluster, a replay token, or a capture (.pcap, .pcapng, also .gz); the first is opened, and files are rows of the matrix. Without: the matrix",
    },
    examples: [
      'explore synch-ike',
      'explore my-model.ts --no-open',
      'explore cc1:synch-sas@small:own-requests:MID-1:99354f27:0.0.24.23.3',
      'explore my-cluster.yaml --search own-requests',
      'explore synch-ike --export pages',
      'explore',
    ],
    load: async () => (await import('./commands/explore.ts')).explore,
  },
  {
    name: 'drill',
    sentence: 'Run counterexamples on a real pair of gateways, and check what they do.',
    argument: {
      ...TOKEN,
      count: 'any',
      sentence: 'replay tokens, as printed with traces; without any: those that --all finds',
    },
    examples: [
      'drill TOKEN --plan',
      'drill TOKEN --driver strongswan-ha',
      'drill --all --scheme told-before --driver strongswan-ha --runs 3',
      'drill TOKEN --driver ./my-gateways.py --lab vxlan=192.0.2.1',
    ],
    load: async () => (await import('./commands/drill.ts')).drill,
  },
  {
    name: 'graph',
    sentence: 'Draw the graph of the reachable states of a small search, or its quotient by some variables.',
    argument: {
      name: 'TARGET',
      sentence:
        "a scheme's name, a file with a cluster (.yaml or .json), or a .ts, .mts, .js or .mjs file whose default export is a model",
    },
    examples: [
      'graph my-model.ts --output graph.svg',
      'graph my-model.ts --output graph.aut',
      'graph synch-sas --scope small --search own-requests --by member.A.up,member.B.onIke,peer.ike.k0.expects --output graph.svg',
    ],
    load: async () => (await import('./commands/graph.ts')).graph,
  },
  {
    name: 'list',
    sentence: 'List the schemes, the searches that judge them, the properties, and the extensions.',
    argument: {
      name: 'FILE',
      sentence: 'a file with a model, whose variables, actions and properties are listed instead',
      count: 'optional',
    },
    examples: ['list', 'list my-model.ts'],
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'explain',
    sentence:
      'Explain a scheme, a property, an extension, or a file with a cluster, a model or an extension: its sentence, its source, what is declared or claimed.',
    argument: {
      name: 'NAME',
      sentence:
        "a scheme's or an extension's name, a file with a cluster, a model or an extension, or a property's label or name",
    },
    examples: ['explain MID-1', 'explain single-gateway', 'explain message-id-sync', 'explain my-model.ts'],
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'init',
    sentence:
      'Search some targets and write a file that expects what was found, for check without a TARGET; or write an extension to start from.',
    argument: { name: 'TARGETS', sentence: 'schemes, or files with a model or a cluster', count: 'any' },
    examples: [
      'init my-model.ts',
      'init synch-ike acked-everything --scope small',
      'init model.ts --output ci/clustercheck.json',
      'init --extension my-idea',
      'init --cluster my-cluster.yaml',
      'init --cluster my-cluster.yaml --answers basis=synch-ike,loses=2',
    ],
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    name: 'merge',
    sentence: 'Join all shards of a matrix into one result, or make other reports of one saved result.',
    argument: {
      name: 'FILES',
      sentence:
        'what matrix --shard i/n --json FILE has written, for every i; or one file written by --json FILE',
      count: 'several',
    },
    examples: ['merge shard-*.json --junit report.xml', 'merge result.json --markdown summary.md'],
    load: async () => (await import('./commands/merge.ts')).merge,
  },
  {
    name: 'worker',
    sentence: 'Take jobs from a queue and run them, on as many machines as there are.',
    examples: [
      'worker --queue redis://localhost:6379',
      'worker --queue redis://localhost:6379 --threads 4 --memory 8GB',
    ],
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  {
    name: 'queue',
    sentence: 'List the sweeps and the workers of a queue, or drop a sweep.',
    examples: [
      'queue --queue redis://localhost:6379',
      'queue --queue redis://localhost:6379 --drop matrix-1f2e3d4c',
    ],
    load: async () => (await import('./commands/queue.ts')).queue,
  },
  {
    name: 'schema',
    sentence: 'Print the JSON schema of something that clustercheck reads or writes.',
    argument: {
      name: 'NAME',
      sentence:
        'result, capture, replay, plan, drill, walks, driver, shard, config, stability, cluster, space, design, availability, validation',
    },
    examples: ['schema result', 'schema config'],
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  {
    name: 'completion',
    sentence: 'Print a script that lets a shell complete commands, options, schemes and properties.',
    argument: { name: 'SHELL', sentence: 'bash, zsh or fish' },
    examples: ['completion bash', 'completion zsh', 'completion fish'],
    load: async () => (await import('./commands/completion.ts')).completion,
  },
]

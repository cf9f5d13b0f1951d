/** `clustercheck completion SHELL`: a script by which a shell completes what is typed, made from the commands. */

import { labelOf } from '../../modelling/property.ts'
import { VACUITIES } from '../../report/results/findings.ts'
import { DEFAULT_SCOPE, propertiesOf, SCOPES } from '../../search/suite.ts'
import type { Command, OptionUsage, WholeCommand } from '../options/command.ts'
import { unknownName } from '../options/suggestions.ts'
import { EXIT } from '../process/exit-codes.ts'
import { matrixIn } from '../targets/schemes.ts'

export const completion: Command = {
  options: [],
  async run({ argument, terminal, commands }) {
    if (!Object.hasOwn(SCRIPTS, argument)) throw unknownName('shell', argument, Object.keys(SCRIPTS))
    const { EXTENSIONS } = await import('../../../model/extensions/index.ts')
    const { suites } = await matrixIn(DEFAULT_SCOPE)
    const words = wordsOf(await commands(), {
      schemes: suites.map(({ name }) => name),
      labels: propertiesOf(suites).map(labelOf),
      extensions: EXTENSIONS.map(({ name }) => name),
    })
    terminal.out(SCRIPTS[argument as keyof typeof SCRIPTS](words))
    return EXIT.asExpected
  },
}

/** What can be named. */
interface Names {
  readonly schemes: readonly string[]
  readonly labels: readonly string[]
  readonly extensions: readonly string[]
}

/** What may follow a command. */
interface CommandWords {
  readonly name: string
  readonly sentence: string
  /** Names for its argument, beside files. */
  readonly operands: readonly string[]
  readonly options: readonly OptionWords[]
}

interface OptionWords {
  /** As typed: `--scope`. */
  readonly flag: string
  readonly sentence: string
  /** What may follow: nothing, one of some words, or whatever the shell finds, which is files. */
  readonly takes: 'nothing' | 'files' | readonly string[]
}

const wordsOf = (commands: readonly WholeCommand[], names: Names): readonly CommandWords[] =>
  commands.map(({ name, sentence, options }) => ({
    name,
    sentence,
    operands: name === 'help' ? commands.map((command) => command.name) : operandsOf(name, names),
    options: options.map((option) => optionWords(option, names)),
  }))

const operandsOf = (command: string, { schemes, labels, extensions }: Names): readonly string[] => {
  switch (command) {
    case 'check':
    case 'hunt':
    case 'graph':
    case 'init':
    case 'stability':
      return schemes
    case 'explain':
      return [...schemes, ...labels, ...extensions]
    case 'validate':
      return extensions
    case 'completion':
      return Object.keys(SCRIPTS)
    default:
      return []
  }
}

const optionWords = ({ flags, sentence }: OptionUsage, { schemes, labels }: Names): OptionWords => {
  const [, flag = '', value] = /(--[\w-]+)(?: [<[](.*)[>\]])?$/.exec(flags) ?? []
  const known: Readonly<Record<string, readonly string[]>> = {
    '--scope': SCOPES,
    '--vacuity': VACUITIES,
    '--expected': ['good', 'declared'],
    '--only': labels,
    '--properties': labels,
    '--scheme': schemes,
    '--schemes': schemes,
  }
  return { flag, sentence, takes: value === undefined ? 'nothing' : (known[flag] ?? 'files') }
}

/* The scripts; words of the program hold no sign that a shell reads, sentences do. */

const bash = (commands: readonly CommandWords[]): string => {
  const cases = commands.flatMap(({ name, operands, options }) => [
    `    ${name})`,
    `      words='${options.map(({ flag }) => flag).join(' ')}'`,
    `      operands='${operands.join(' ')}'`,
    '      ;;',
  ])
  return `# Completion of clustercheck for bash: source <(npx clustercheck completion bash)
_clustercheck() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word words='' operands=''
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      -*) ;;
      *) command=$word; break ;;
    esac
  done
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help --help --version' -- "$current"))
    return
  fi
  case $previous in
${valuesIn(commands)
  .map(
    ([flag, values]) =>
      `    ${flag}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return ;;`,
  )
  .join('\n')}
    ${filesIn(commands).join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case $command in
${cases.join('\n')}
    help)
      operands='${commands.map(({ name }) => name).join(' ')}'
      ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$words --help" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$operands" -- "$current") $(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _clustercheck clustercheck
`
}

/** Options that take one of some words, each once. */
const valuesIn = (commands: readonly CommandWords[]): readonly (readonly [string, readonly string[]])[] => [
  ...new Map(
    commands.flatMap(({ options }) =>
      options.flatMap(({ flag, takes }) => (typeof takes === 'string' ? [] : [[flag, takes] as const])),
    ),
  ),
]

/** Options that take something else. */
const filesIn = (commands: readonly CommandWords[]): readonly string[] => [
  ...new Set(
    commands.flatMap(({ options }) =>
      options.flatMap(({ flag, takes }) => (takes === 'files' ? [flag] : [])),
    ),
  ),
]

const zsh = (commands: readonly CommandWords[]): string => {
  const described = (word: string, sentence: string): string =>
    `'${word.replaceAll(':', '\\:')}:${quoted(sentence)}'`
  const valued = ({ flag, sentence, takes }: OptionWords): string => {
    const text = quoted(sentence.replaceAll(/[[\]\\:]/g, '\\$&'))
    const value =
      takes === 'nothing' ? '' : takes === 'files' ? ':value:_files' : `:value:(${takes.join(' ')})`
    return `'${flag}[${text}]${value}'`
  }
  const cases = commands.map(({ name, operands, options }) =>
    [
      `    ${name}) _arguments -s ${[
        ...options.map(valued),
        `'--help[print the help of ${name}]'`,
        operands.length === 0 ? "'*:file:_files'" : `'*:name:{ compadd ${operands.join(' ')}; _files }'`,
      ].join(' \\\n      ')} ;;`,
    ].join('\n'),
  )
  return `#compdef clustercheck
# Completion of clustercheck for zsh: source <(npx clustercheck completion zsh), after compinit.
_clustercheck() {
  local -a commands=(
${commands.map(({ name, sentence }) => `    ${described(name, sentence)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT -= 1 ))
  case $command in
${cases.join('\n')}
    help) _describe command commands ;;
  esac
}
compdef _clustercheck clustercheck
`
}

/** A sentence within single quotes. */
const quoted = (sentence: string): string => sentence.replaceAll("'", "'\\''")

const fish = (commands: readonly CommandWords[]): string => {
  const text = (sentence: string): string => `'${sentence.replaceAll(/['\\]/g, '\\$&')}'`
  const lines = commands.flatMap(({ name, sentence, operands, options }) => {
    const seen = `-n '__fish_seen_subcommand_from ${name}'`
    return [
      `complete -c clustercheck -f -n __fish_use_subcommand -a ${name} -d ${text(sentence)}`,
      ...(operands.length > 0 ? [`complete -c clustercheck ${seen} -a '${operands.join(' ')}'`] : []),
      ...options.map(({ flag, sentence: says, takes }) => {
        const value = takes === 'nothing' ? '' : takes === 'files' ? ' -rF' : ` -x -a '${takes.join(' ')}'`
        return `complete -c clustercheck ${seen} -l ${flag.slice(2)}${value} -d ${text(says)}`
      }),
    ]
  })
  return `# Completion of clustercheck for fish: npx clustercheck completion fish | source
complete -c clustercheck -f -n __fish_use_subcommand -a help -d 'print the help of a command'
complete -c clustercheck -n '__fish_seen_subcommand_from help' -f -a '${commands.map(({ name }) => name).join(' ')}'
complete -c clustercheck -s h -l help -d 'print help'
complete -c clustercheck -n __fish_use_subcommand -s V -l version -d 'print the version'
${lines.join('\n')}
`
}

const SCRIPTS = { bash, zsh, fish } as const

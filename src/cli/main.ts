#!/usr/bin/env node
/** The command line: parses, runs one command, and turns whatever comes of it into an exit code. */
import { CommanderError } from 'commander'
import { faultText } from '../modelling/fault.ts'
import { SearchDied, UsageError } from './process/errors.ts'
import { EXIT, type ExitCode } from './process/exit-codes.ts'
import { faultData } from './process/faults.ts'
import { leaves } from './process/leave.ts'
import { processTerminal } from './process/terminal.ts'
import { VERSION } from './process/version.ts'
import { loadedFor, programOf } from './program.ts'
import { withoutSecrets } from './queue/address.ts'
import { buildHash } from './saved/cache.ts'

let isBroken = false
const terminal = processTerminal(() => {
  isBroken = true
  process.exitCode = EXIT.usage
})

/** Says what was thrown and returns its exit code. */
const exitOf = (thrown: unknown): ExitCode => {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.asExpected : EXIT.usage
  const fault = faultData(thrown)
  if (fault) {
    terminal.err(`${faultText(fault)}\n`)
    return EXIT.fault
  }
  if (thrown instanceof UsageError) {
    terminal.err(`${thrown.message}\n`)
    return EXIT.usage
  }
  terminal.err(internalText(thrown))
  return EXIT.internal
}

const internalText = (thrown: unknown): string => {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  const what = thrown instanceof SearchDied ? thrown.message : `clustercheck failed: ${stack}`
  const line = withoutSecrets(['clustercheck', ...process.argv.slice(2)].join(' '))
  return `${what}\nThis is a defect of clustercheck ${VERSION} on Node ${process.versions.node}; please report it with the command\n  ${line}\n`
}

/** What a report of a defect has to name. */
const versionText = (): string =>
  `clustercheck ${VERSION}, build ${buildHash()}, Node ${process.versions.node}\n`

const main = async (args: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = EXIT.asExpected
  try {
    const program = programOf(versionText, terminal, await loadedFor(args), (finished) => {
      code = finished
    })
    await program.parseAsync(args, { from: 'user' })
  } catch (thrown) {
    code = exitOf(thrown)
  }
  return code
}

let finished = false
process.once('exit', () => {
  if (finished || leaves()) return
  terminal.err('clustercheck ended before it had a result; the model may have called process.exit.\n')
  process.exitCode = EXIT.fault
})
const code = await main(process.argv.slice(2))
process.exitCode = isBroken ? EXIT.usage : code
finished = true

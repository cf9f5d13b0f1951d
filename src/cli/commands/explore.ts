/** `clustercheck explore`: a page on this machine on which a model is walked through by hand. */
import { given } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'

export const explore: Command = {
  options: [
    SCOPE,
    { flags: '--search <name>', sentence: 'the search of the target to stand in (otherwise: its first)' },
    {
      flags: '--export <folder>',
      sentence:
        'serve nothing: write a page to this folder that holds the graph of the search, up to 5000 states (a scheme in the scope small unless another is named)',
    },
    ...CACHE_OPTIONS,
    { flags: '--port <number>', sentence: 'listen on this port (otherwise: any that is free)' },
    { flags: '--no-open', sentence: 'print the address and open no browser' },
    { flags: '--host <address>', sentence: 'listen on this address of the machine (otherwise: 127.0.0.1)' },
    {
      flags: '--allow-remote',
      sentence:
        'let --host be an address that others reach; whoever has the whole address can drive the model',
    },
  ],
  async run({ operands, options, terminal }) {
    const port = given(options, 'port', portOf) ?? 0
    const host = given(options, 'host', (_, text) => text) ?? '127.0.0.1'
    const search = given(options, 'search', (_, text) => text)
    const folder = given(options, 'export', (_, text) => text)
    if (folder !== undefined) {
      const [target] = operands
      if (target === undefined || operands.length > 1)
        throw new UsageError({ problem: `--export takes one TARGET; ${operands.length} were given.` })
      const { exported } = await import('../explore/run.ts')
      return exported(target, folder, { scope: namedScope(options), search }, terminal)
    }
    const { isLoopback } = await import('../explore/gate.ts')
    if (!isLoopback(host) && options.allowRemote !== true)
      throw new UsageError({
        problem: `--host ${host} can be reached by others; explore listens on this machine only, such as 127.0.0.1.`,
        hint: 'add --allow-remote if others may drive the model; whoever has the whole address can',
      })
    const { explored } = await import('../explore/run.ts')
    return explored(
      operands,
      {
        host,
        port,
        opens: options.open !== false,
        scope: namedScope(options),
        search,
        cache: await cacheOf(options, terminal),
      },
      terminal,
    )
  },
}

const portOf = (option: string, text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UsageError({ problem: `${option} takes a port from 0 to 65535; it was given '${text}'.` })
}

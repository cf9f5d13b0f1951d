/** Tests of the list of commands: what it says beforehand of a command is true of its file. */
import { describe, expect, it } from 'vitest'
import { SCHEMAS } from './commands/schema.ts'
import { COMMANDS } from './commands.ts'
import { loadedFor } from './program.ts'

const namesOf = async (...args: string[]): Promise<string | undefined> => (await loadedFor(args))?.listed.name

describe('the list of commands', () => {
  it('names each once, with examples of it', () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length)
    for (const { name, examples } of COMMANDS) {
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) expect(example.split(' ')[0]).toBe(name)
    }
  })

  it('says which schemas there are', () => {
    const { argument } = COMMANDS.find(({ name }) => name === 'schema')!
    expect(argument!.sentence.split(', ')).toEqual(Object.keys(SCHEMAS))
  })

  it('loads the command that is run, or asked about, and no other', async () => {
    expect(await namesOf('schema', 'list')).toBe('schema')
    expect(await namesOf('help', 'list')).toBe('list')
    expect(await namesOf('--', 'list', '--scope', 'small')).toBe('list')
    for (const args of [[], ['--help'], ['help'], ['lists'], ['help', 'help']])
      expect(await namesOf(...args)).toBeUndefined()
  })
})

/**
 * Stateright with a thread for each processor, on the two-phase commit that its crate has as an example, when cargo is there: the states
 * and steps are those of ours. Its search goes down first, as the example has it; states are compared by hashes of 64 bits.
 */
import { cpSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contender, numberIn, type Peer, type Printed } from './contender.ts'
import { build, instanceOf, missingTool, newFolder } from './workshop.ts'

const VERSION = '0.31.0'

/** A package that needs the crate, so that cargo brings it here. */
const MANIFEST = `[package]
name = "peer"
version = "0.0.0"
edition = "2021"

[lib]
path = "lib.rs"

[dependencies]
stateright = "=${VERSION}"
`

let built: Promise<string> | undefined

/** The folder of the verifier, which is the same for every number of managers. */
const builtExample = (): Promise<string> => {
  built ??= (async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'Cargo.toml'), MANIFEST)
    writeFileSync(join(folder, 'lib.rs'), '')
    const metadata = await build(folder, 'cargo', ['metadata', '--format-version', '1', '--quiet'])
    const { packages } = JSON.parse(metadata) as {
      packages: readonly { readonly name: string; readonly manifest_path: string }[]
    }
    const crate = packages.find(({ name }) => name === 'stateright')!
    const own = join(folder, 'stateright')
    cpSync(dirname(crate.manifest_path), own, { recursive: true })
    const options = ['--release', '--example', '2pc', '--target-dir', 'target', '--quiet']
    await build(own, 'cargo', ['build', ...options])
    return join(own, 'target/release/examples')
  })()
  return built
}

const printed = (output: string): Printed => ({
  distinct: numberIn(output, /^Done\. states=\d+, unique=(\d+)/m),
  // The initial state is counted.
  transitions: numberIn(output, /^Done\. states=(\d+)/m) - 1,
})

export const stateright: Peer = {
  missing: () => missingTool('Stateright', ['cargo']),
  versions: () => [`Stateright ${VERSION}`],
  contenders: (model) => {
    const { family, constants } = instanceOf(model)
    if (family !== 'two-phase-commit') return []
    const prepare = async () => {
      const folder = await builtExample()
      return { command: join(folder, '2pc'), args: ['check', String(constants.N)], folder }
    }
    return [contender('Stateright, a thread for each processor', model, prepare, printed)]
  },
}

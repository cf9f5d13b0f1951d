/** A config with its type: an editor completes it, and the compiler judges it. */
import type { Config } from './config.ts'

/** The same config: `export default defineConfig({ targets: [...] })`. */
export const defineConfig = (config: Config): Config => config

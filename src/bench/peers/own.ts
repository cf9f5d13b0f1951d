/** Our own engines, run and measured like the peers. */
import { join } from 'node:path'
import type { Run } from '../cases/run-one.ts'
import { type Contender, contender, type Printed } from './contender.ts'

/** As `run-one.ts` calls them. The first is what the ratios of all others refer to. */
const OWN_ENGINES = ['exact-2', 'exact', 'fingerprint-2', 'fingerprint'] as const

const printed = (output: string): Printed => {
  const { distinct, generated, bytesPerState } = JSON.parse(output) as Run
  return { distinct, transitions: generated - 1, bytesPerState }
}

export const ownContenders = (model: string): readonly Contender[] =>
  OWN_ENGINES.map((engine) =>
    contender(
      `clustercheck, ${engine}`,
      model,
      async () => ({
        command: process.execPath,
        args: [join(import.meta.dirname, '../cases/run-one.js'), model, engine],
        folder: import.meta.dirname,
      }),
      printed,
    ),
  )

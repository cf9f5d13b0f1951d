/** `clustercheck schema NAME`: the JSON schemas of what clustercheck reads and writes. */
import { clusterFileSchema } from '../../../model/cluster-files/cluster-file.ts'
import { designFileSchema } from '../../../model/design/design-file.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { AVAILABILITY_SCHEMA } from '../../report/availability/json.ts'
import { CAPTURE_SCHEMA } from '../../report/captures/capture-schema.ts'
import { DESIGN_SCHEMA } from '../../report/design/json.ts'
import { DRILL_SCHEMA } from '../../report/drill/drill-json.ts'
import { DRIVER_SCHEMA } from '../../report/drill/driver-schema.ts'
import { PLAN_SCHEMA } from '../../report/drill/plan-text.ts'
import { WALKS_SCHEMA } from '../../report/drill/walks-text.ts'
import { RESULT_SCHEMA } from '../../report/results/result-schema.ts'
import { STABILITY_SCHEMA } from '../../report/terminal/stability-text.ts'
import { TRACE_SCHEMA } from '../../report/trace-formats/trace-schema.ts'
import type { Command } from '../options/command.ts'
import { unknownName } from '../options/suggestions.ts'
import { EXIT } from '../process/exit-codes.ts'
import { SHARD_SCHEMA } from '../saved/shard-schema.ts'
import { CONFIG_SCHEMA } from '../targets/config.ts'
import { VALIDATION_SCHEMA } from '../validation/schema.ts'

/** By name; the list of commands names them as well. */
export const SCHEMAS: Readonly<Record<string, object>> = {
  result: RESULT_SCHEMA,
  capture: CAPTURE_SCHEMA,
  replay: TRACE_SCHEMA,
  plan: PLAN_SCHEMA,
  drill: DRILL_SCHEMA,
  walks: WALKS_SCHEMA,
  driver: DRIVER_SCHEMA,
  shard: SHARD_SCHEMA,
  config: CONFIG_SCHEMA,
  stability: STABILITY_SCHEMA,
  cluster: clusterFileSchema(SCHEMES.map(({ name }) => name)),
  space: designFileSchema(SCHEMES.map(({ name }) => name)),
  design: DESIGN_SCHEMA,
  availability: AVAILABILITY_SCHEMA,
  validation: VALIDATION_SCHEMA,
}

export const schema: Command = {
  options: [],
  async run({ argument, terminal }) {
    const found = Object.hasOwn(SCHEMAS, argument) ? SCHEMAS[argument] : undefined
    if (!found) throw unknownName('schema', argument, Object.keys(SCHEMAS))
    terminal.out(`${JSON.stringify(found, null, 2)}\n`)
    return EXIT.asExpected
  },
}

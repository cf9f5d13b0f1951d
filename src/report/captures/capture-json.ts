/** The result of judging a capture as JSON with a versioned schema. Fields are added to a version, never changed. */
import type { CaptureResult } from '../../capture/result.ts'

const SCHEMA_VERSION = 1

/** What `clustercheck capture --json` prints. Times are seconds since 1970. */
export const captureJson = (file: string, result: CaptureResult): object => ({
  schemaVersion: SCHEMA_VERSION,
  command: 'capture',
  file,
  ...result,
})

/** What is found against a capture: by property and SA, each time counted, the first time told. */
import type { Row } from './story.ts'

/** How sure a finding is. */
export type Certainty =
  /** A violation whatever is not seen. */
  | 'certain'
  /** A violation if the cipher is a counter mode, for which there is evidence. */
  | 'if counter mode'
  /** A symptom: harmless causes are possible too. */
  | 'sign'
  /** Not judged after all: what was compared is no IV. */
  | 'dismissed'

/** What is told of one violation. */
export interface Told {
  /** One clause that names the frames that clash. */
  readonly text: string
  readonly certainty: Certainty
  /** Frames around it, in order; the last is the violation. */
  readonly story: readonly Row[]
}

/** All violations of one property by one SA. */
export interface Finding {
  readonly label: string
  /** The SA, as it is listed. */
  readonly subject: string
  certainty: Certainty
  /** Why the certainty is what it is. */
  evidence?: string
  count: number
  /** The first frames. */
  readonly frames: number[]
  readonly first: Told & Moment
  /** It was known before, and expected. */
  expected?: boolean
}

/** Frames that are listed of one finding. */
const MOST_FRAMES = 64
/** Findings that are kept. */
const MOST_FINDINGS = 4096

/** When and where something was seen. */
export interface Moment {
  readonly frame: number
  /** Seconds since 1970. */
  readonly time: number
}

export interface Findings {
  /** Counts a violation; `instance` is asked for the first one only. Undefined when it is not to be judged. */
  add(label: string, subject: string, at: Moment, instance: () => Told): Finding | undefined
  all(): readonly Finding[]
  /** Violations of findings that were not kept. */
  dropped(): number
}

/** Findings from a time on, in seconds since 1970, which may be known only when the first frame is. */
export const findingsSince = (since: () => number): Findings => {
  const known = new Map<string, Finding>()
  let dropped = 0
  return {
    add(label, subject, { frame, time }, instance) {
      if (time < since()) return undefined
      const key = `${label} ${subject}`
      const finding = known.get(key)
      if (finding) {
        finding.count += 1
        if (finding.frames.length < MOST_FRAMES) finding.frames.push(frame)
        return finding
      }
      const first = { ...instance(), frame, time }
      const made: Finding = { label, subject, certainty: first.certainty, count: 1, frames: [frame], first }
      if (known.size < MOST_FINDINGS) known.set(key, made)
      else dropped += 1
      return made
    },
    all: () => [...known.values()],
    dropped: () => dropped,
  }
}

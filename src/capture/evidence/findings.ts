/** What is found against a capture: by property and SA, each time counted, the first time told. */
import type { Row } from './recent-frames.ts'

/** How sure a finding is. */
export type Certainty =
  /** A violation whatever is not seen. */
  | 'certain'
  /** A violation if the cipher is a counter mode, for which there is evidence. */
  | 'if counter mode'
  /** A violation unless an exchange has negotiated the SPI again, against which something speaks. */
  | 'unless negotiated again'
  /** What was captured or remembered cannot tell it from what is harmless. */
  | 'undecided'
  /** A symptom: harmless causes are possible too. */
  | 'sign'
  /** Not judged after all: what was compared is no IV. */
  | 'dismissed'

/** What is said of one violation. */
export interface Description {
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
  readonly first: Description & Moment
  /** It was known before, and expected. */
  expected?: boolean
}

/** Frames that are listed of one finding. */
const MOST_FRAMES = 64
/** Findings that are kept of each property. */
const MOST_FINDINGS = 4096

/** When and where something was seen. */
export interface Moment {
  readonly frame: number
  /** Seconds since 1970. */
  readonly time: number
}

export interface Findings {
  /**
   * Counts a violation; `instance` is asked for the first one only. Undefined when it is not to be judged. Those of
   * another `group` are counted apart, such as those that are less sure.
   */
  add(
    label: string,
    subject: string,
    at: Moment,
    instance: () => Description,
    group?: string,
  ): Finding | undefined
  /** Whether what happens at a time counts. */
  isCounted(at: Moment): boolean
  /** Adds what was counted elsewhere, as a finding of its own. */
  put(finding: Finding): Finding
  all(): readonly Finding[]
  /** Violations of findings that were not kept. */
  dropped(): number
}

/** Findings from a time on, in seconds since 1970, which may be known only when the first frame is. */
export const findingsSince = (since: () => number): Findings => {
  const known = new Map<string, Finding>()
  const kept = new Map<string, number>()
  let dropped = 0
  const keep = (key: string, finding: Finding): void => {
    const count = kept.get(finding.label) ?? 0
    if (count >= MOST_FINDINGS) {
      dropped += 1
      return
    }
    kept.set(finding.label, count + 1)
    known.set(key, finding)
  }
  return {
    add(label, subject, { frame, time }, instance, group = '') {
      if (time < since()) return undefined
      const key = `${label} ${subject} ${group}`
      const finding = known.get(key)
      if (finding) {
        finding.count += 1
        if (finding.frames.length < MOST_FRAMES) finding.frames.push(frame)
        return finding
      }
      const first = { ...instance(), frame, time }
      const made: Finding = { label, subject, certainty: first.certainty, count: 1, frames: [frame], first }
      keep(key, made)
      return made
    },
    isCounted: ({ time }) => time >= since(),
    put(finding) {
      keep(`${finding.label} ${finding.subject} ${known.size}`, finding)
      return finding
    },
    all: () => [...known.values()],
    dropped: () => dropped,
  }
}

/** Where in a file something stands, for reports that lead there. */

/** A line of a file. */
export interface PlaceJson {
  /** Relative to the root of the repository where that is known, else to the folder of the run; with slashes. */
  readonly file: string
  /** The first is 1. */
  readonly line: number
}

/** Where the parts of one target stand. */
export interface Places {
  readonly target: PlaceJson
  /** What the file of expectations says of a property, or of the target. */
  expected(label?: string): PlaceJson | undefined
  property(label: string, name: string): PlaceJson | undefined
  action(name: string): PlaceJson | undefined
}

/** The action of a step that is written as `Send(at: A)`. */
export const actionOf = (step: string): string => /^[^(]*/.exec(step)![0]

/** What is wrong with an input as a whole, so that nothing of it can be judged. */

/** Thrown for an input that is no capture. The message is one clause without subject, such as `is empty`. */
export class CaptureFault extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CaptureFault'
  }
}

/** What a picture calls a step. */

/**
 * The name of a step beside the events of it. `hasMessage`: a message comes or is lost in it. That message is drawn, so its
 * name (`m: request 0`) says nothing more to a reader.
 */
export const stepLabel = (text: string, hasMessage: boolean): string =>
  hasMessage
    ? text
        .replace(/\bm: [^,()]*(, )?/, '')
        .replace(/, \)$/, ')')
        .replace(/\(\)$/, '')
    : text

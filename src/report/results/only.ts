/** What searches say of some properties only, where nobody asked for the others. */
import type { JudgedSuite } from './judged-suite.ts'

/** The suite with the properties of these labels; which actions were taken is then nobody's question. */
export const onlyIn = (suite: JudgedSuite, labels: readonly string[]): JudgedSuite => {
  const properties = suite.properties.filter(({ verdict }) => labels.includes(verdict.label))
  const idle = suite.idle
    .filter(({ found }) => found)
    .map(({ action }) => ({ action, declared: true, found: true }))
  const asDeclared = [...properties, ...suite.counts].every((one) => one.asDeclared)
  return { ...suite, properties, unjudged: [], idle, asDeclared }
}

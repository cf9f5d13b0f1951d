/** What each property says here, with its conditions, and the steps that violate it. */
import type { PropertyView, StepView } from '../protocol.ts'

export const Properties = ({
  properties,
  steps,
  wanted,
  onSelect,
  onWant,
}: {
  readonly properties: readonly PropertyView[]
  readonly steps: readonly StepView[]
  /** The label of the one that is looked at. */
  readonly wanted: string
  readonly onSelect: (step: number) => void
  readonly onWant: (label: string) => void
}) => (
  <section class="panel properties" aria-labelledby="properties-title">
    <h2 id="properties-title">Properties</h2>
    <ul>
      {properties.map((property, index) => (
        <li key={property.label} class={property.bad ? 'violating' : ''}>
          <details open={property.label === wanted || property.violatedAt.length > 0}>
            <summary>
              <b>{property.label}</b> <span class={property.bad ? 'bad' : 'says'}>{property.says}</span>
              {property.violatedAt.length > 0 ? (
                <span class="bad">
                  {' '}
                  at step{property.violatedAt.length > 1 ? 's' : ''} {property.violatedAt.join(', ')}
                </span>
              ) : null}
            </summary>
            <p>{property.sentence === '' ? property.name : property.sentence}</p>
            {property.source === '' ? null : <p class="quiet">{property.source}</p>}
            {property.conditions.length === 0 ? null : (
              <ul class="conditions">
                {property.conditions.map(([phrase, holds]) => (
                  <li key={phrase}>
                    {holds ? 'true' : 'false'}: {phrase}
                  </li>
                ))}
              </ul>
            )}
            <Turns steps={steps} index={index} onSelect={onSelect} />
            {property.label === wanted ? (
              <p class="quiet">The token names this property.</p>
            ) : (
              <button type="button" onClick={() => onWant(property.label)}>
                Look at {property.label}
              </button>
            )}
          </details>
        </li>
      ))}
    </ul>
  </section>
)

/** The steps at which what it says changes. */
const Turns = ({
  steps,
  index,
  onSelect,
}: {
  readonly steps: readonly StepView[]
  readonly index: number
  readonly onSelect: (step: number) => void
}) => {
  const turns = steps.flatMap(({ says }, i) => {
    const text = says[index]
    return text !== undefined && (i === 0 || steps[i - 1]!.says[index] !== text) ? [{ i, text }] : []
  })
  return (
    <p class="turns">
      {turns.map(({ i, text }) => (
        <button type="button" class="plain" key={i} onClick={() => onSelect(i)}>
          from step {i}: {text}
        </button>
      ))}
    </p>
  )
}

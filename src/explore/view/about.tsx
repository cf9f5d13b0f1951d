/** What a trace shows, in words. */
import type { Fact, TraceAbout } from '../protocol.ts'

export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl>
    {facts.map(([what, which]) => (
      <div key={what}>
        <dt>{what}</dt>
        <dd>
          <code>{which}</code>
        </dd>
      </div>
    ))}
  </dl>
)

export const About = ({
  about: { sentence, headline, good, facts, links, parts },
  onSelect,
}: {
  readonly about: TraceAbout
  readonly onSelect: (step: number) => void
}) => (
  <>
    {links.length === 0 ? null : (
      <nav aria-label="Pages beside this">
        {links.map(({ text, href }) => (
          <a key={href} href={href}>
            {text}
          </a>
        ))}
      </nav>
    )}
    <h1 class={good ? 'good' : 'bad'}>
      {sentence.split(/\b(step \d+)\b/).map((text, i) => {
        const step = i % 2 === 1 ? Number(text.slice('step '.length)) : Infinity
        return step < parts.length ? (
          <button type="button" class="plain" key={i} onClick={() => onSelect(step)}>
            {text}
          </button>
        ) : (
          text
        )
      })}
    </h1>
    <p>{headline}</p>
    <details>
      <summary>Where it comes from</summary>
      <Facts facts={facts} />
    </details>
  </>
)

/** What a step is to the end of a trace. */
export const PARTS = {
  source: 'Values of the end come from this step.',
  enabler: 'This step made the end possible.',
  outside: 'This step plays no part in the end.',
}

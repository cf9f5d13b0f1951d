/** A report: what was found, with lanes and pictures. Nothing can be done in it. */
import { useState } from 'preact/hooks'
import type { Block, ReportCell, ReportView, StoryView } from '../report-view.ts'
import { Facts } from './about.tsx'
import { Lanes } from './lanes.tsx'
import { Plot } from './plot.tsx'

export const Report = ({ report: { title, good, blocks } }: { readonly report: ReportView }) => (
  <main class="report">
    <h1 class={good ? 'good' : 'bad'}>{title}</h1>
    <Blocks blocks={blocks} />
  </main>
)

const Blocks = ({ blocks }: { readonly blocks: readonly Block[] }) => (
  <>
    {blocks.map((block, i) => (
      <One key={i} block={block} />
    ))}
  </>
)

const One = ({ block }: { readonly block: Block }) => {
  switch (block.kind) {
    case 'text':
      return <p class={block.tone ?? ''}>{block.text}</p>
    case 'list':
      return block.items.length === 0 ? null : (
        <ul class={block.tone ?? ''}>
          {block.items.map((item, i) => (
            <li key={i}>{item}</li>
          ))}
        </ul>
      )
    case 'facts':
      return <Facts facts={block.facts} />
    case 'table':
      return <Table {...block} />
    case 'lanes':
      return <Story story={block.story} />
    case 'plot':
      return <Plot plot={block.plot} />
    case 'picture':
      return (
        <figure>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
          <section class="scroll" aria-label={block.name} tabIndex={0}>
            <img alt={block.name} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(block.svg)}`} />
          </section>
          <figcaption>
            <a href={block.file}>The picture as a file.</a>
          </figcaption>
        </figure>
      )
    case 'section':
      return (
        <section class="told" aria-label={block.title}>
          <h2>{block.title}</h2>
          <Blocks blocks={block.blocks} />
        </section>
      )
    case 'beside':
      return (
        <div class="beside">
          <Blocks blocks={block.blocks} />
        </div>
      )
  }
}

const Table = ({
  name,
  head,
  rows,
}: {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly ReportCell[])[]
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
  <section class="scroll" aria-label={name} tabIndex={0}>
    <table class="told-table">
      <thead>
        <tr>{head.map((text) => (text === '' ? <td key={text} /> : <th key={text}>{text}</th>))}</tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest], i) => (
          <tr key={i}>
            <th scope="row" title={first?.note}>
              <Lines cell={first!} />
            </th>
            {rest.map((cell, at) => (
              <td key={at} class={`is-${cell.tone ?? 'none'}`}>
                <Lines cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const Lines = ({ cell: { lines, href } }: { readonly cell: ReportCell }) => (
  <>
    {lines.map((line, i) => (
      <p key={i}>{href === undefined ? line : <a href={href}>{line}</a>}</p>
    ))}
  </>
)

const Story = ({ story: { name, lanes, steps } }: { readonly story: StoryView }) => {
  const [at, setAt] = useState(steps.length - 1)
  return (
    <Lanes
      name={`${name}: lanes, time downwards`}
      steps={steps}
      lanes={lanes.map((lane) => ({ ...lane, says: [] }))}
      at={at}
      enabled={[]}
      onSelect={setAt}
      onTake={() => {}}
      isFixed
    />
  )
}

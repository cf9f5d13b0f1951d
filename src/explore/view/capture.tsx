/** The violations of a capture: the frames around each in lanes. */
import { useState } from 'preact/hooks'
import type { StoryView } from '../protocol.ts'
import { Lanes } from './lanes.tsx'

export const Capture = ({ stories }: { readonly stories: readonly StoryView[] }) => (
  <main>
    <h1>
      {stories.length === 0 ? 'Nothing is violated as far as it could be judged' : 'What the capture shows'}
    </h1>
    <p class="quiet">
      Frames were captured and cannot be gone on from. clustercheck capture says what was judged and how much
      of the capture was read.
    </p>
    {stories.map((story) => (
      <Story key={story.title} story={story} />
    ))}
  </main>
)

const Story = ({ story }: { readonly story: StoryView }) => {
  const [at, setAt] = useState(story.steps.length - 1)
  return (
    <section aria-label={story.title}>
      <h2>{story.title}</h2>
      <p>{story.sentence}</p>
      <Lanes
        steps={story.steps}
        lanes={story.lanes.map((name) => ({ name, title: name, says: [] }))}
        at={at}
        enabled={[]}
        onSelect={setAt}
        onTake={() => {}}
        isFixed
      />
    </section>
  )
}

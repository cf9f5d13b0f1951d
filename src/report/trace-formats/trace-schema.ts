/** The JSON schema of what `clustercheck replay TOKEN --json` prints. */
import { about, count, DRAFT, flag, listOf, number, object, oneOf, text } from '../text/schema-parts.ts'

const anyObject = { type: 'object' }

const event = object(
  {
    kind: about('such as ikeSent or crashed; model/wire/events.ts lists those of the cluster model', text),
    event: about('its fields, which depend on the kind', anyObject),
    clashes: about('whether the sentence is about it', flag),
  },
  { text: about('as the text form of the trace has it', text) },
)

const step = object(
  {
    index: count,
    action: text,
    choice: about('what the action was given, by name', anyObject),
    text: about('the action with its choice', text),
    events: listOf(event),
    changes: about(
      'the variables that the step changed; step 0 changes the zero state',
      listOf(object({ variable: text, before: text, after: text })),
    ),
    violated: about('labels of what the step violated', listOf(text)),
  },
  {
    part: about(
      'what the step is to the end: values of the end came from it, it made it possible, or neither',
      oneOf('source', 'enabler', 'outside'),
    ),
  },
)

/** Version 1. */
export const TRACE_SCHEMA = {
  ...DRAFT,
  title: 'A trace, as clustercheck replay TOKEN --json prints it',
  ...object(
    {
      schemaVersion: oneOf(1),
      command: oneOf('replay'),
      token: text,
      target: about('a scheme, or the path of a file', text),
      property: object(
        {
          name: text,
          label: text,
          verdict: about('what the trace was made to show', text),
        },
        {
          sentence: text,
          source: text,
          value: about('what the last step of a measure reads', number),
          unit: text,
        },
      ),
      changed: about('whether the model has changed since the trace was made', flag),
      shows: about('whether the last step still shows what the token says', flag),
      lanes: about('the parties, from left to right', listOf(text)),
      steps: about('step 0 leads to the initial state', listOf(step)),
    },
    {
      file: about('the file that holds the model; absent for a scheme', text),
      search: text,
      scope: text,
      sentence: about('what the trace shows, in words; absent where it no longer shows it', text),
      loop: about('the step to which the last one leads back, of a trace that is repeated for ever', count),
    },
  ),
}

/**
 * A trace as the text of a sequence diagram: for Mermaid, which web pages of repositories draw, and for PlantUML. Names
 * and words are whatever a model says, so every sign that either language gives a meaning is written as its number.
 */
import type { Trace } from '../../search/engine/path.ts'
import { type Caption, headline, provenance, replayCommand } from '../trace/caption.ts'
import { type Happening, happeningsOf } from '../trace/happenings.ts'
import { insightOf } from '../trace/insight.ts'

/** How a diagram language writes what a trace consists of. */
interface Language {
  readonly head: readonly string[]
  readonly end: readonly string[]
  participant(alias: string, name: string): string
  arrow(from: string, to: string, text: string, kind: 'whole' | 'lost' | 'open' | 'again'): string
  note(over: readonly string[], text: string): string
  comment(text: string): string
  title(text: string): string
  words(text: string): string
}

/** Letters, digits and signs without a meaning in either language. */
const PLAIN = /[\p{L}\p{N} _.,:()/+?!-]/u
/** Some signs mean something when they are doubled. */
const isPlain = (sign: string, before: string | undefined): boolean =>
  PLAIN.test(sign) && (sign !== before || !/[_/-]/.test(sign))
const LINES = /\r\n|[\r\n\u2028\u2029]/

const encoded = (text: string, numbered: (code: number) => string, newline: string): string =>
  text
    .split(LINES)
    .map((line) =>
      Array.from(line)
        .map((sign, i, all) => (isPlain(sign, all[i - 1]) ? sign : numbered(sign.codePointAt(0)!)))
        .join(''),
    )
    .join(newline)

/** Control signs and halves of surrogates are no text anywhere. */
const shown = (code: number): number => (code < 32 || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code)

const MERMAID: Language = {
  head: ['sequenceDiagram'],
  end: [],
  participant: (alias, name) => `  participant ${alias} as ${name}`,
  arrow: (from, to, text, kind) =>
    `  ${from}${{ whole: '->>', lost: '--x', open: '--)', again: '-->>' }[kind]}${to}: ${text}`,
  note: (over, text) => `  Note over ${over.join(',')}: ${text}`,
  comment: (text) => `  %% ${text}`,
  title: (text) => `  title ${text}`,
  words: (text) => encoded(text, (code) => `#${shown(code)};`, '<br/>').trim() || '#160;',
}

const PLANTUML: Language = {
  head: ['@startuml', 'hide footbox'],
  end: ['@enduml'],
  participant: (alias, name) => `participant "${name}" as ${alias}`,
  arrow: (from, to, text, kind) =>
    `${from} ${{ whole: '->', lost: '-->x', open: '-->>', again: '-->' }[kind]} ${to} : ${text}`,
  note: (over, text) => `note over ${over.join(', ')} : ${text}`,
  comment: (text) => `' ${text}`,
  title: (text) => `title ${text}`,
  words: (text) =>
    encoded(text, (code) => `<U+${shown(code).toString(16).toUpperCase().padStart(4, '0')}>`, '\\n').trim() ||
    '<U+00A0>',
}

/** Writes a trace as a Mermaid sequence diagram. Ends in a newline. */
export const mermaidText = (trace: Trace, caption: Caption): string => written(trace, caption, MERMAID)

/** Writes a trace as a PlantUML sequence diagram. Ends in a newline. */
export const plantumlText = (trace: Trace, caption: Caption): string => written(trace, caption, PLANTUML)

const written = (trace: Trace, caption: Caption, language: Language): string => {
  const story = happeningsOf(trace)
  const { sentence, clash, parts } = insightOf(trace, caption)
  const named = story.flat().flatMap((h) => [...('lane' in h ? [h.lane] : []), ...('to' in h ? [h.to] : [])])
  const all = [...new Set([...(trace.model.events?.lanes ?? []), ...named])]
  const lanes = all.length > 0 ? all : ['model']
  const aliasOf = (lane: string): string => `L${lanes.indexOf(lane)}`
  const everyone = [...new Set([aliasOf(lanes[0]!), aliasOf(lanes.at(-1)!)])]
  const { words } = language

  const told = (happening: Happening, clashes: boolean): string => {
    const text = (what: string): string => words(clashes ? `!! ${what}` : what)
    switch (happening.shape) {
      case 'send': {
        const kind = { open: 'open', received: 'whole', lost: 'lost' } as const
        return language.arrow(
          aliasOf(happening.lane),
          aliasOf(happening.to),
          text(happening.text),
          kind[happening.fate],
        )
      }
      case 'receive': {
        const { lane, sent, message, note, again } = happening
        const what = [
          `receives ${sent?.text ?? message}${again ? ' again' : ''}`,
          ...(note === undefined ? [] : [note]),
        ]
        return again && sent
          ? language.arrow(aliasOf(sent.lane), aliasOf(lane), text(what.join(': ')), 'again')
          : language.note([aliasOf(lane)], text(what.join(': ')))
      }
      case 'lose':
        return language.note(
          happening.sent ? [aliasOf(happening.sent.lane)] : everyone,
          text(`${happening.sent?.text ?? happening.message} is lost`),
        )
      case 'pass':
        return language.arrow(aliasOf(happening.lane), aliasOf(happening.to), text(happening.text), 'whole')
      case 'mark':
        return language.note([aliasOf(happening.lane)], text(happening.text))
    }
  }

  const lines = [
    ...language.head,
    language.title(words(sentence.text)),
    ...[
      headline(trace, caption),
      ...provenance(caption).map((pair) => pair.join(' ')),
      replayCommand(caption),
    ].map((text) => language.comment(text.replaceAll(/\s+/g, ' '))),
    ...lanes.map((lane) => language.participant(aliasOf(lane), words(lane))),
    ...trace.steps.flatMap(({ instance }, step) => [
      language.note(
        everyone,
        words(`${step}: ${instance.text}${parts[step] === 'outside' ? ' (plays no part)' : ''}`),
      ),
      ...story[step]!.map((h, index) =>
        told(
          h,
          clash.some((e) => e.step === step && e.index === index),
        ),
      ),
    ]),
    ...language.end,
  ]
  return `${lines.join('\n')}\n`
}

/** Code blocks of Markdown pages, and what a reader would do with them. */

/** A fenced block. */
export interface Block {
  /** The line of the fence, from 1. */
  readonly line: number
  /** The first word after the fence; empty where there is none. */
  readonly language: string
  readonly text: string
  /** Why it is not run: `<!-- not run: REASON -->` stands before it. */
  readonly notRun?: string
  /** It takes long: `<!-- slow: HOW LONG -->` stands before it, and it runs only where all are asked for. */
  readonly slow?: string
  /** Code around a fragment, where `...` stands for it: `<!-- within: CODE -->`. */
  readonly within?: string
}

/** One command line of a block. */
export interface CommandLine {
  /** As typed, without prompt and comment. */
  readonly command: string
  /** The exit code that a comment beside it says (`# exits with 1`), otherwise 0; undefined where output is shown. */
  readonly exits?: number
  /** What it prints; a line `...` stands for any lines. */
  readonly output?: string
}

/** The blocks of a page, in order. */
export const blocksIn = (page: string): readonly Block[] => {
  const lines = page.split('\n')
  const blocks: Block[] = []
  let marks: Pick<Block, 'notRun' | 'slow' | 'within'> = {}
  for (let i = 0; i < lines.length; i++) {
    const fence = /^( *)(```+)(\w*)/.exec(lines[i]!)
    if (fence) {
      const [, indent, ticks, language] = fence
      const end = lines.findIndex((line, at) => at > i && line.trim() === ticks)
      if (end < 0) throw new Error(`The block in line ${i + 1} has no end.`)
      const text = lines
        .slice(i + 1, end)
        .map((line) => line.slice(Math.min(indent!.length, line.length - line.trimStart().length)))
        .join('\n')
      blocks.push({ line: i + 1, language: language!, text, ...marks })
      marks = {}
      i = end
      continue
    }
    const comment = /^ *<!-- (not run|slow|within): ([\s\S]*?)-->/.exec(lines.slice(i).join('\n'))
    if (comment) {
      const said = comment[2]!.trim()
      marks =
        comment[1] === 'not run'
          ? { ...marks, notRun: said }
          : comment[1] === 'slow'
            ? { ...marks, slow: said }
            : { ...marks, within: said }
      i += comment[0].split('\n').length - 1
    } else if (lines[i]!.trim() !== '') marks = {}
  }
  return blocks
}

/** The command lines of a block: those of a shell, or those after a prompt with what they print. */
export const commandsIn = ({ language, text }: Block): readonly CommandLine[] => {
  if (language === 'sh')
    return text
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
      .flatMap((line) => {
        const [, command, comment = ''] = /^(.*?)(?:\s+#\s*(.*))?$/.exec(line)!
        const exits = Number(/exits with (\d+)/.exec(comment)?.[1] ?? 0)
        return command!.split(' && ').map((one) => ({ command: one.trim(), exits }))
      })
  if (!text.startsWith('$ ')) return []
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...output] = part.split('\n')
      return { command: command!.trim(), output: output.join('\n').trim() }
    })
}

/** The words of a command line as a shell would split them; quotes keep words together, and nothing is substituted. */
export const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''))

/** Where a fragment says it belongs (`// counter.ts` in its first line), the name of the file. */
export const fileNameOf = ({ text }: Block): string | undefined =>
  /^(?:\/\/|#) ([\w./-]+\.(?:ts|mts|js|json|ya?ml))$/m.exec(text.split('\n', 1)[0]!)?.[1]

/**
 * What a page shows and the program did not print, in this order; undefined where all was. A line `...` stands for any
 * lines; times are not compared, and neither is where lines are folded.
 */
export const missing = (page: string, printed: string): string | undefined => {
  const parts = page.split(/^\.\.\.$/m).map(normal)
  let rest = normal(printed)
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1
    const at = part === '' ? 0 : isLast && i > 0 ? rest.lastIndexOf(part) : rest.indexOf(part)
    if (at < 0 || (i === 0 && at > 0) || (isLast && part !== '' && at + part.length < rest.length))
      return part
    rest = rest.slice(at + part.length).trim()
  }
  return undefined
}

/** Words alone, without times. */
const normal = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\b\d+(\.\d+)? (s|seconds)\b/g, 'T $2')

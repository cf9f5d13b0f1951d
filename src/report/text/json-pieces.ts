/** A large result as JSON, piece by piece: the text of the whole takes many times the memory of what it is made of. */

/** Characters of a piece, about. */
const PIECE = 65_536

/** The same text as `JSON.stringify(value, null, 2)`, in pieces; long lists in it are taken apart. */
export function* jsonPieces(value: object): Generator<string> {
  let piece = ''
  for (const part of partsOf(value)) {
    piece += part
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

/** Text of a member at a depth: of lines that begin with so much space, but the first. */
const textOf = (value: unknown, space: string): string | undefined =>
  JSON.stringify(value, null, 2)?.replaceAll('\n', `\n${space}`)

function* partsOf(value: object): Generator<string> {
  let before = '{\n  '
  for (const [key, member] of Object.entries(value)) {
    const name = `${JSON.stringify(key)}: `
    if (!Array.isArray(member) || member.length === 0) {
      const text = textOf(member, '  ')
      if (text === undefined) continue
      yield before + name + text
    } else {
      let open = `${before + name}[\n    `
      for (const one of member) {
        yield open + (textOf(one, '    ') ?? 'null')
        open = ',\n    '
      }
      yield '\n  ]'
    }
    before = ',\n  '
  }
  yield before.startsWith('{') ? '{}' : '\n}'
}

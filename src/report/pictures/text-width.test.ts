// Tests of text in pictures: plain ASCII, widths as Helvetica has them, lines that fit.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiOf, widthOf, wrapped } from './text-width.ts'

test('common signs are spelt out, accents dropped, the rest replaced', () => {
  expect(asciiOf('\u00a73.3 \u2192 caf\u00e9 \u2260 \u2026 \u{1f600}\ttab')).toBe(
    'section 3.3 -> cafe != ... ? tab',
  )
})

test('any text becomes printable ASCII', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => /^[ -~]*$/.test(asciiOf(text))))
})

test('widths are those of Helvetica', () => {
  expect(widthOf('MM', 1000)).toBe(1666)
  expect(widthOf('i l', 1000)).toBe(722)
  expect(widthOf('i l', 1000, true)).toBe(834)
  expect(widthOf('word', 12, true)).toBeGreaterThan(widthOf('word', 12))
})

test('wrapped lines fit and lose nothing but spaces at their ends', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
      fc.integer({ min: 20, max: 300 }),
      (text, width) => {
        const lines = wrapped(text, width, 12)
        for (const line of lines) expect(widthOf(line, 12)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      },
    ),
  )
})

test('a call breaks after its bracket and keeps a parameter with its value', () => {
  expect(wrapped('ReceivePacket(packet: 1, keep: true)', 120, 12)).toEqual([
    'ReceivePacket(',
    'packet: 1, keep: true)',
  ])
})

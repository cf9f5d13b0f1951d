/** The rooms of the tree: every import goes down, no room is crowded, and each is in the list. */
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeFiles, importsIn } from './docs/imports.ts'
import { MOST_FILES, PARTS, partOf, ROOMS } from './docs/rooms.ts'

const ROOT = join(import.meta.dirname, '..')
const LIST = 'src/docs/rooms.ts'
const files = codeFiles(ROOT)
const heightOf = new Map(ROOMS.map(({ folder }, i) => [folder, i]))

describe('the rooms', () => {
  it('are all in the list, and are all there', () => {
    const folders = new Set(files.map((path) => dirname(path)))
    const unknown = [...folders].filter((folder) => !heightOf.has(folder))
    expect(unknown, `Give each of these folders a line in ${LIST}, below all that it imports`).toEqual([])
    const empty = ROOMS.filter(({ folder }) => !folders.has(folder)).map(({ folder }) => folder)
    expect(empty, `Take out of ${LIST} the rooms that hold no code`).toEqual([])
    expect(heightOf.size).toBe(ROOMS.length)
  })

  it('belong to the parts that the picture shows', () => {
    const parts = ROOMS.map(({ folder }) => partOf(folder))
    expect(new Set(parts)).toEqual(new Set(PARTS))
  })

  it('import themselves and rooms above them', () => {
    const imports = importsIn(ROOT, files)
    expect(imports.length).toBeGreaterThan(1000)
    const wrong = imports
      .filter(({ from, to }) => heightOf.get(dirname(to))! > heightOf.get(dirname(from))!)
      .map(
        ({ from, to }) =>
          `${from} imports ${to}, and ${dirname(to)} stands below ${dirname(from)} in ${LIST}: move what both need into a room above both, or the file to where it belongs`,
      )
    expect(wrong).toEqual([])
  })

  it(`hold ${MOST_FILES} files at most, tests aside, or say why they hold more`, () => {
    const crowded = ROOMS.filter(({ folder, large }) => {
      const count = files.filter((path) => dirname(path) === folder).length
      return count > MOST_FILES && large === undefined
    }).map(({ folder }) => `${folder} is crowded: split it by purpose, or give a reason in ${LIST}`)
    expect(crowded).toEqual([])
  })

  it('begin with a file that there is', () => {
    const missing = ROOMS.map(({ folder, begin }) => `${folder}/${begin}`).filter(
      (path) => !files.includes(path),
    )
    expect(missing).toEqual([])
  })
})

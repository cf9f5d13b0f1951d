/** Tests of written folders: whole files or none, only our own files removed. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderWith } from '../testing/under-test.ts'
import { PAGES, prepareFile, prepareFolder, TRACES, writeFile, writeFolder } from './output-files.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith({})
})
afterEach(() => folder.remove())

const readme = (...names: readonly string[]) => ({
  name: 'README.md',
  content: `${TRACES.mark}\n${names.map((name) => `[file](${name})`).join('\n')}\n`,
})
const file = (name: string, content = name) => ({ name, content })

describe('writeFolder', () => {
  it('writes new files and leaves files with the same bytes alone', () => {
    const { path } = folder
    prepareFolder(path, TRACES)
    expect(writeFolder(path, TRACES, [file('a.txt'), file('b.svg'), readme('a.txt', 'b.svg')])).toEqual({
      written: ['a.txt', 'b.svg', 'README.md'],
      unchanged: [],
      removed: [],
    })
    utimesSync(join(path, 'a.txt'), 1, 1)
    prepareFolder(path, TRACES)
    expect(
      writeFolder(path, TRACES, [file('a.txt'), file('b.svg', 'new'), readme('a.txt', 'b.svg')]),
    ).toEqual({
      written: ['b.svg'],
      unchanged: ['a.txt', 'README.md'],
      removed: [],
    })
    expect(statSync(join(path, 'a.txt')).mtimeMs).toBe(1000)
    expect(readFileSync(join(path, 'b.svg'), 'utf8')).toBe('new')
    expect(readdirSync(path).sort()).toEqual(['README.md', 'a.txt', 'b.svg'])
  })

  it('removes what its earlier README lists and is no longer made, and nothing else', () => {
    const { path } = folder
    for (const name of ['old.txt', 'mine.txt', 'notes.md', '.hidden.txt'])
      writeFileSync(join(path, name), name)
    mkdirSync(join(path, 'sub'))
    writeFileSync(join(path, 'sub', 'kept.txt'), '')
    const listed = ['old.txt', 'gone.txt', 'notes.md', '.hidden.txt', 'sub/kept.txt', '../outside.txt']
    writeFileSync(join(path, 'README.md'), readme(...listed).content)
    prepareFolder(path, TRACES)
    expect(writeFolder(path, TRACES, [file('new.txt'), readme('new.txt')]).removed).toEqual(['old.txt'])
    expect(readdirSync(path).sort()).toEqual([
      '.hidden.txt',
      'README.md',
      'mine.txt',
      'new.txt',
      'notes.md',
      'sub',
    ])
    expect(existsSync(join(path, 'sub', 'kept.txt'))).toBe(true)
  })
})

describe('prepareFolder', () => {
  it('creates a folder, and takes an empty one or one with its own README', () => {
    const { path } = folder
    prepareFolder(path, TRACES)
    prepareFolder(join(path, 'new', 'deeper'), TRACES)
    expect(existsSync(join(path, 'new', 'deeper'))).toBe(true)
  })

  it('refuses a folder that is in use for something else', () => {
    writeFileSync(join(folder.path, 'thesis.tex'), '')
    expect(() => prepareFolder(folder.path, TRACES)).toThrow(
      / holds thesis\.tex, but no README\.md that was generated/,
    )
    writeFileSync(join(folder.path, 'README.md'), '# My thesis\n')
    expect(() => prepareFolder(folder.path, TRACES)).toThrow(
      / holds README\.md, thesis\.tex, but no README\.md/,
    )
  })
})

it('a folder of pages is known by its index', () => {
  const { path } = folder
  prepareFolder(path, PAGES)
  const index = (name: string) => file('index.html', `${PAGES.mark}\n{"href":"${name}"}`)
  writeFolder(path, PAGES, [file('a.html'), index('a.html')])
  prepareFolder(path, PAGES)
  expect(writeFolder(path, PAGES, [file('b.html'), index('b.html')]).removed).toEqual(['a.html'])
  expect(() => prepareFolder(path, TRACES)).toThrow(/but no README\.md that was generated/)
})

describe('writeFile', () => {
  const names = () => readdirSync(folder.path).sort()

  it('replaces a file as a whole, also behind a link, and leaves no other', () => {
    const path = join(folder.path, 'a.txt')
    writeFile(path, 'one')
    writeFile(path, 'two')
    expect(readFileSync(path, 'utf8')).toBe('two')
    symlinkSync('a.txt', join(folder.path, 'link'))
    prepareFile(join(folder.path, 'link'))
    writeFile(join(folder.path, 'link'), 'three')
    expect(readFileSync(path, 'utf8')).toBe('three')
    expect(names()).toEqual(['a.txt', 'link'])
  })

  it('refuses a folder, and a folder that there is not, before and when it writes', () => {
    for (const write of [prepareFile, (path: string) => writeFile(path, 'x')]) {
      expect(() => write(folder.path)).toThrow(/^\S+ cannot be written: /)
      expect(() => write(join(folder.path, 'no', 'a.txt'))).toThrow(/a\.txt cannot be written: ENOENT: /)
    }
    expect(names()).toEqual([])
  })

  it.runIf(existsSync('/dev/full'))('says that a device is full, and does not replace it', () => {
    prepareFile('/dev/full')
    expect(() => writeFile('/dev/full', 'x')).toThrow(/^\/dev\/full cannot be written: ENOSPC: /)
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
  })
})

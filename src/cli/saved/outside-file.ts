/**
 * A file for what a search does not need soon when its memory is scarce. It has no name any more once it is open: whatever ends
 * the process, nothing stays behind.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OutOfMemory } from '../../search/engine/engine.ts'
import type { Outside, OutsideWords } from '../../search/packed/storage/outside.ts'
import { messageOf } from '../process/errors.ts'

/** An outside that is to be closed when the search has said all. */
export interface OutsideFile extends Outside {
  close(): void
}

/**
 * The outside of a search that may use so many bytes, in the folder for temporary files; the file is made when it is needed.
 * `warn` is told once why there is no room, and the search ends with what it knows.
 */
export const outsideFile = (bytes: number, warn: (problem: string) => void): OutsideFile => {
  const folder = tmpdir()
  let file: number | undefined
  let end = 0
  const trying = <T>(what: string, body: () => T): T => {
    try {
      return body()
    } catch (cause) {
      warn(
        `What does not fit in memory could not be ${what} a file in ${folder}: ${messageOf(cause)}; the search ends here. TMPDIR names another folder.`,
      )
      throw new OutOfMemory()
    }
  }
  return {
    bytes,
    write(words, place = end) {
      trying('written to', () => {
        file ??= namelessFile(folder)
        const buffer = bytesOf(words)
        for (let done = 0; done < buffer.length; )
          done += writeSync(file, buffer, done, buffer.length - done, place + done)
      })
      if (place === end) end += words.byteLength
      return place
    },
    read(place, into) {
      trying('read from', () => {
        const buffer = bytesOf(into)
        for (let done = 0; done < buffer.length; ) {
          const read = readSync(file!, buffer, done, buffer.length - done, place + done)
          if (read === 0) throw new Error('it is shorter than what was written to it')
          done += read
        }
      })
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: OutsideWords): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

const namelessFile = (folder: string): number => {
  const own = mkdtempSync(join(folder, 'clustercheck-'))
  try {
    return openSync(join(own, 'outside'), 'wx+', 0o600)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/**
 * Checkpoints: a file for each search of a target, written under a temporary name and renamed, so that there is
 * always a whole one. A file is a line, the length of a header, the header as JSON, a SHA-256 of all that, arrays, and
 * a SHA-256 of everything.
 */
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Model } from '../../modelling/model.ts'
import { isListener } from '../../modelling/property.ts'
import type { Checkpoints } from '../../search/breadth-first.ts'
import type { Engine } from '../../search/engine/engine.ts'
import type { Saved, Words } from '../../search/engine/saved.ts'
import { classesIn } from '../../symmetry/symmetry.ts'
import type { CheckpointSettings } from '../jobs/search-job.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import type { Target } from '../targets/targets.ts'
import { structureHash } from '../targets/tokens.ts'

/** What has to be the same for a search to be taken up. */
export interface Identity {
  readonly target: string
  readonly focus: string
  readonly model: string
  /** The program that saved it. */
  readonly build: string
  /** How states are told apart. */
  readonly states: string
  /** Identities that are permuted. */
  readonly symmetry: string
  /** The order of bytes in a word. */
  readonly bytes: string
}

interface Header {
  readonly identity: Identity
  readonly facts: Saved['facts']
  readonly arrays: readonly (readonly [type: keyof typeof TYPES, length: number])[]
}

const MAGIC = 'clustercheck checkpoint 3\n'
const TYPES = { Int32Array, Uint8Array, Uint16Array } as const
const DIGEST = 32

/** The identity of a search; the model's is a hash of all text that it is made of, and of what that text has made. */
export const identityOf = (
  { target, build, text }: Pick<CheckpointSettings, 'target' | 'build' | 'text'>,
  focus: string,
  model: Model,
  engine: Pick<Engine, 'exact' | 'symmetry'>,
): Identity => {
  const hash = createHash('sha256').update(`${text}\n${structureHash(model)}\n`)
  for (const { guard, effect } of [...model.initial, ...model.actions]) hash.update(`${guard}\n${effect}\n`)
  for (const p of model.properties)
    for (const part of Object.values(isListener(p) ? p.on : p))
      if (typeof part === 'function') hash.update(`${part}\n`)
  return {
    target,
    focus,
    model: hash.digest('hex').slice(0, 16),
    build,
    states: engine.exact ? 'exact' : 'fingerprints',
    symmetry: engine.symmetry
      ? classesIn(engine.symmetry)
          .map((names) => names.join(' '))
          .join(', ')
      : 'not used',
    bytes: endianness(),
  }
}

const endianness = (): string =>
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'little-endian' : 'big-endian'

/** The file of a search in a folder. */
export const checkpointFile = (folder: string, focus: string): string => join(folder, `${focus}.checkpoint`)

/** Creates the folder. Throws `UsageError` when it cannot be. */
export const prepareCheckpoints = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new UsageError({ problem: `${folder} cannot hold checkpoints: ${messageOf(cause)}.` })
  }
}

/** Throws `UsageError` when a folder holds no checkpoint of any search of the target. */
export const requireCheckpoints = (folder: string, { name, suite }: Target): void => {
  const files = suite.focuses.map((focus) => checkpointFile(folder, focus.name))
  if (files.some((file) => existsSync(file))) return
  throw new UsageError({
    problem: `${folder} holds no checkpoint of ${name}; looked for ${files.slice(0, 3).join(', ')}${files.length > 3 ? ', ...' : ''}.`,
  })
}

/**
 * Writes checkpoints of a search to a file, `seconds` after the one before at the earliest. One that cannot be written, on
 * a full disk, is told of; the search goes on, and the checkpoint before stays.
 */
export const checkpointsTo = (
  file: string,
  identity: Identity,
  seconds: number,
  warn: (problem: string) => void,
): Checkpoints => {
  let last = performance.now()
  let told = ''
  return {
    isDue: () => performance.now() - last >= seconds * 1000,
    write(saved) {
      try {
        writeCheckpoint(file, identity, saved)
        told = ''
      } catch (cause) {
        const problem = `${file} cannot be written: ${messageOf(cause)}; the search goes on without this checkpoint.`
        if (problem !== told) warn(problem)
        told = problem
      }
      last = performance.now()
    },
  }
}

const writeCheckpoint = (file: string, identity: Identity, { facts, arrays }: Saved): void => {
  const header: Header = {
    identity,
    facts,
    arrays: arrays.map((array) => [array.constructor.name as keyof typeof TYPES, array.length]),
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  const temporary = `${file}.part`
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      const digest = createHash('sha256')
      const write = (bytes: Uint8Array): void => {
        for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
      }
      const put = (bytes: Uint8Array): void => {
        digest.update(bytes)
        write(bytes)
      }
      put(Buffer.from(MAGIC))
      put(length)
      put(text)
      put(digest.copy().digest())
      for (const array of arrays) put(bytesOf(array))
      write(digest.digest())
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
  } finally {
    rmSync(temporary, { force: true })
  }
}

const bytesOf = (array: Words): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

/** Reads a checkpoint; undefined when there is no such file. Throws `UsageError` when it is damaged or foreign. */
export const readCheckpoint = (file: string, identity: Identity): Saved | undefined => {
  const refuse = (problem: string): never => {
    throw new UsageError({
      problem: `${file} ${problem}.`,
      hint: 'start again without --resume, or name the folder of another run',
    })
  }
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return refuse(`cannot be read: ${messageOf(cause)}`)
  }
  const digest = createHash('sha256')
  const take = <B extends Uint8Array>(bytes: B, summed = true): B => {
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(descriptor, bytes, at, bytes.length - at, null)
      if (count === 0) return refuse('is damaged: it ends too early')
      at += count
    }
    if (summed) digest.update(bytes)
    return bytes
  }
  try {
    const magic = take(Buffer.alloc(MAGIC.length)).toString()
    if (magic !== MAGIC) return refuse('is no checkpoint that this version wrote')
    const length = take(Buffer.alloc(4)).readUInt32LE()
    if (length > fstatSync(descriptor).size) return refuse('is damaged: its header is longer than the file')
    const text = take(Buffer.alloc(length)).toString()
    if (
      !digest
        .copy()
        .digest()
        .equals(take(Buffer.alloc(DIGEST)))
    )
      return refuse('is damaged: the checksum of its header is wrong')
    const header = JSON.parse(text) as Header
    const odd = (Object.keys(identity) as (keyof Identity)[]).find((k) => header.identity[k] !== identity[k])
    if (odd)
      return refuse(`is of another search: its ${odd} is '${header.identity[odd]}', not '${identity[odd]}'`)
    const arrays = header.arrays.map(([type, length]) => {
      const array = new TYPES[type](length)
      take(bytesOf(array))
      return array
    })
    const sum = digest.digest()
    if (!sum.equals(take(Buffer.alloc(DIGEST), false))) return refuse('is damaged: its checksum is wrong')
    if (readSync(descriptor, Buffer.alloc(1)) > 0) return refuse('is damaged: it goes on after its end')
    return { facts: header.facts, arrays }
  } finally {
    closeSync(descriptor)
  }
}

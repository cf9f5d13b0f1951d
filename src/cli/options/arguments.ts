/** Values given on the command line: read once, at the edge, into numbers, or refused in one sentence. */
import { printable } from '../../modelling/printable.ts'
import { UsageError } from '../process/errors.ts'

/** Option values as the command line gives them: absent, a flag, or text. */
export type RawOptions = Readonly<Record<string, string | boolean | undefined>>

/** A whole number of at least 1, in decimal digits. */
export const countOf = (option: string, text: string): number => {
  const value = DIGITS.test(text) ? Number(text.replaceAll(/[_,]/g, '')) : 0
  if (!Number.isSafeInteger(value) || value < 1)
    throw refused(option, 'a whole number of at least 1, such as 1000000', text)
  return value
}

const DIGITS = /^(\d+|\d{1,3}([_,]\d{3})+)$/

/** The same up to a number. */
export const countUpTo =
  (most: number) =>
  (option: string, text: string): number => {
    const value = countOf(option, text)
    if (value > most) throw refused(option, `a whole number from 1 to ${most}`, text)
    return value
  }

/** Threads: each takes memory and begins with the whole program. */
export const workersOf = countUpTo(256)

const MOST_SECONDS = 365 * 24 * 60 * 60

/** A positive number of seconds, in decimal digits. */
export const secondsOf = (option: string, text: string): number => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (value <= 0) throw refused(option, 'a positive number of seconds, such as 60 or 0.5', text)
  if (value > MOST_SECONDS)
    throw refused(option, `a number of seconds up to ${MOST_SECONDS}, which is a year`, text)
  return value
}

const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 }

/** Bytes: a number with an optional unit, each 1024 of the one before. */
export const sizeOf = (option: string, text: string): number => {
  const parts = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim())
  const value = parts ? Math.floor(Number(parts[1]) * 1024 ** POWERS[parts[2]!.toLowerCase()]!) : 0
  if (!Number.isSafeInteger(value) || value < 1)
    throw refused(option, 'a size in bytes with an optional unit, such as 512MB or 2GB', text)
  return value
}

/** One of the listed words. */
export const oneOfWords = <W extends string>(option: string, text: string, words: readonly W[]): W => {
  const word = words.find((w) => w === text.toLowerCase())
  if (word === undefined) throw refused(option, `one of ${words.join(', ')}`, text)
  return word
}

/** The value of an option that takes text, by its name in camel case; undefined when it was not given. */
export const given = <T>(
  options: RawOptions,
  name: string,
  read: (option: string, text: string) => T,
): T | undefined => {
  const text = options[name]
  return typeof text === 'string'
    ? read(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, text)
    : undefined
}

const refused = (option: string, takes: string, text: string): UsageError =>
  new UsageError({ problem: `${option} takes ${takes}; it was given '${printable(text)}'.` })

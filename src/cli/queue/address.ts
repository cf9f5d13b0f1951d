/** Where the server of a queue is, as a URL says it, and how that is shown: without its password. */
import { UsageError } from '../process/errors.ts'

/** A server as the client takes it. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly username?: string
  readonly password?: string
  /** The number of the database. */
  readonly db: number
  readonly tls?: object
  /** For messages: without names and passwords. */
  readonly shown: string
}

const PORT = 6379

/** What stands for the password where the URL has none, so that it is in no list of processes. */
export const PASSWORD = 'CLUSTERCHECK_QUEUE_PASSWORD'

/** Reads `redis://[USER[:PASSWORD]@]HOST[:PORT][/DB]`; `rediss` for TLS. Throws `UsageError`, which never repeats a password. */
export const addressOf = (option: string, text: string): Address => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const [, db] = /^\/?(\d*)$/.exec(url?.pathname ?? '') ?? []
  const known = url?.protocol === 'redis:' || url?.protocol === 'rediss:'
  if (!url || !known || url.hostname === '' || db === undefined || url.search !== '' || url.hash !== '')
    throw new UsageError({
      problem: `${option} takes the URL of a Redis or Valkey server, such as redis://localhost:6379, or rediss://USER:PASSWORD@HOST:6379 for TLS; it was given '${withoutSecrets(text)}'.`,
    })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? PORT : Number(url.port)
  const username = decodeURIComponent(url.username)
  const password = decodeURIComponent(url.password) || process.env[PASSWORD]
  const tls = url.protocol === 'rediss:'
  return {
    host,
    port,
    db: Number(db),
    ...(username !== '' && { username }),
    ...(password && { password }),
    // The name is what the certificate is for.
    ...(tls && { tls: { servername: host } }),
    shown: `${url.protocol}//${url.hostname}:${port}${db === '' ? '' : `/${db}`}`,
  }
}

/** Text of a command line, in which no URL has a name or a password. */
export const withoutSecrets = (text: string): string =>
  text.replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/]*@/gi, '$1***@')

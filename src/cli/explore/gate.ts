/**
 * Who may talk to the explorer: whoever knows the secret of its address, from a page of that address. A page of another
 * site knows neither; a name that leads to this machine from outside (DNS rebinding) is none of its hosts.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/** A secret that nobody guesses. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

/** Whether a host means this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** Where a server is reached. */
export interface Gate {
  readonly host: string
  readonly port: number
  readonly secret: string
}

/** A host as addresses have it. */
export const hostText = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

/** The values that a Host may have; a server that is open to others is also reached by its other addresses. */
const isHost = ({ host, port }: Gate, value: string): boolean => {
  const own = isLoopback(host) ? ['127.0.0.1', 'localhost', '[::1]', hostText(host)] : [hostText(host)]
  if (own.some((name) => value === `${name}:${port}`)) return true
  if (isLoopback(host) || !value.endsWith(`:${port}`)) return false
  return isIP(value.slice(0, -`:${port}`.length).replace(/^\[(.*)\]$/, '$1')) !== 0
}

/** Why a request is not let in, with a status; undefined for one that is. */
export const refusalOf = (
  gate: Gate,
  method: string,
  secret: string,
  headers: IncomingHttpHeaders,
): { readonly status: number; readonly problem: string } | undefined => {
  const { host = '', origin } = headers
  const site = headers['sec-fetch-site']
  if (!isHost(gate, host))
    return { status: 403, problem: 'The Host of the request is not that of this server.' }
  const [given, own] = [Buffer.from(secret), Buffer.from(gate.secret)]
  if (given.length !== own.length || !timingSafeEqual(given, own))
    return { status: 403, problem: 'The address has not the secret of this server; copy the whole address.' }
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, problem: 'The request comes from another origin.' }
  if (method === 'GET') return undefined
  if (method !== 'POST') return { status: 405, problem: 'Only GET and POST are answered.' }
  if (origin === undefined || (site !== undefined && site !== 'same-origin'))
    return { status: 403, problem: 'The request does not come from the page of this server.' }
  if (headers['content-type'] !== 'application/json')
    return { status: 415, problem: 'The request is no JSON.' }
  return undefined
}

/** What every answer says to a browser: nothing but this server is used, no frame, nothing is kept or told. */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

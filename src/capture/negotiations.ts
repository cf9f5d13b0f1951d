/** Which child SAs were negotiated when: by any exchange that may have, or, where keys tell, by name. */
import type { Moment } from './findings.ts'
import type { Inside } from './ike-inside.ts'
import type { IkePacket } from './packets.ts'

/** An exchange after which an SPI has another key; `known`: keys tell that it does. */
export interface Negotiated extends Moment {
  readonly known: boolean
}

export interface Negotiations {
  /** Takes an IKE_AUTH or CREATE_CHILD_SA message in, with what is inside if keys tell. */
  take(packet: IkePacket, inside: Inside | undefined): void
  last(source: string, target: string, spi: number): Negotiated | undefined
  /** Transform number of the encryption algorithm of a child SA. */
  cipher(target: string, spi: number): number | undefined
}

const MOST = 65_536

interface Child extends Negotiated {
  readonly cipher: number | undefined
}

export const negotiations = (): Negotiations => {
  const exchanges = new Map<string, Negotiated>()
  const children = new Map<string, Child>()
  const asked = new Map<string, { readonly source: string; readonly spis: readonly number[] }>()
  const pair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
  const put = <T>(map: Map<string, T>, key: string, value: T): void => {
    if (map.size >= MOST && !map.has(key)) map.delete(map.keys().next().value!)
    map.set(key, value)
  }
  return {
    take({ header, source, target, frame, time }, inside) {
      const key = `${header.initiatorSpi}${header.responderSpi} ${header.messageId} ${pair(source, target)}`
      if (!header.response) {
        if (inside) put(asked, key, { source, spis: inside.spis })
        return
      }
      const at = { frame, time, known: inside !== undefined }
      put(exchanges, pair(source, target), at)
      const child = { ...at, cipher: inside?.encryption }
      for (const spi of inside?.spis ?? []) put(children, `${source} ${spi}`, child)
      const request = asked.get(key)
      if (request && inside && inside.spis.length > 0)
        for (const spi of request.spis) put(children, `${request.source} ${spi}`, child)
    },
    last(source, target, spi) {
      const exchange = exchanges.get(pair(source, target))
      return exchange?.known ? children.get(`${target} ${spi}`) : exchange
    },
    cipher: (target, spi) => children.get(`${target} ${spi}`)?.cipher,
  }
}

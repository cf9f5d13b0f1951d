/** Which addresses are those of the cluster: as the user says, else as the capture shows. */
import type { Members } from './members.ts'

export interface Sides {
  /** Addresses of the cluster as far as they are known. */
  cluster(): readonly string[]
  /** How they are known, in words. */
  readonly how: () => string
  /** Whether an end of an IKE SA is the peer. */
  isPeer(address: string, ends: { readonly initiator: string; readonly responder: string }): boolean
}

/** `given`: addresses that the user names; without them, those at which a station has taken the place of another. */
export const sidesOf = (given: readonly string[], members: Members): Sides => {
  const cluster = (): readonly string[] =>
    given.length > 0
      ? given
      : [...new Set(members.takeovers().flatMap(({ address, isStation }) => (isStation ? [address] : [])))]
  return {
    cluster,
    how: () =>
      given.length > 0
        ? 'as the command line says'
        : cluster().length > 0
          ? 'since another station has taken over there'
          : 'not known, since no station takes over an address',
    isPeer(address, { initiator, responder }) {
      const known = cluster()
      if (known.includes(address)) return false
      return [initiator, responder].some((end) => end !== address && known.includes(end))
    },
  }
}

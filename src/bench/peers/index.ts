/** The other checkers that are installed here, as contenders of the side-by-side benchmark. */
import type { Contender, Peer } from './contender.ts'
import { rumur } from './rumur.ts'
import { spin } from './spin.ts'
import { stateright } from './stateright.ts'
import { tlc } from './tlc.ts'

const PEERS: readonly Peer[] = [spin, rumur, tlc, stateright]

/** Sentences about the peers that cannot be run here. */
export const absences = (): readonly string[] => PEERS.flatMap((peer) => peer.missing() ?? [])

const present = (): readonly Peer[] => PEERS.filter((peer) => peer.missing() === undefined)

/** What the peers that are installed say of themselves. */
export const versions = (): readonly string[] => present().flatMap((peer) => peer.versions())

/** Every installed peer in each of its ways, on each of these models of `cases.ts`. */
export const contenders = (models: readonly string[]): Contender[] =>
  models.flatMap((model) => present().flatMap((peer) => peer.contenders(model)))

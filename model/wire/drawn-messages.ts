/** Choosing a message of the network, and what a trace calls it; the event beside it says the rest. */
import type { ClusterView, IkeMessage } from '../state/cluster-state.ts'
import { onIke } from './pictures.ts'

export const network = (s: ClusterView): ClusterView['network'] => s.network

export const shows = {
  m: ({ type, ike, messageId }: IkeMessage): string => `${type} ${onIke(ike)}${messageId}`,
}

/** Answers from what lies in the page: there is no program, so nothing can be searched. */
import type { Graph } from '../graph.ts'
import { walkIn } from '../in-graph.ts'
import type { PageData, StartView } from '../page-data.ts'
import type { OpenedView, Steps } from '../protocol.ts'
import type { Client } from './client-form.ts'

/** A client over what a page shows. */
export const offlineClient = ({ graph, matrix, report }: PageData): Client => {
  const walk = graph && walkIn(graph)
  const start: StartView = {
    version: graph?.version ?? '',
    offline: true,
    ...(graph && { note: graph.note, token: `${graph.token}${graph.opened.path.join('.')}` }),
    ...(graph?.about && { about: graph.about }),
    ...(report && { report }),
  }
  return {
    async call<T>(name: string, body: object): Promise<T> {
      const { token = '', path = [] } = body as { readonly token?: string; readonly path?: Steps }
      if (name === 'start') return start as T
      if (name === 'matrix' && matrix) return matrix as T
      if (name === 'open' && graph) return openedIn(graph, token) as T
      if (name === 'walk' && walk) return walk(path) as T
      throw new Error('This page has no program behind it; start clustercheck explore.')
    },
    async stream() {
      throw new Error('This page has no program behind it; start clustercheck explore.')
    },
  }
}

const openedIn = (graph: Graph, token: string): OpenedView => {
  const at = token.lastIndexOf(':') + 1
  if (token.slice(0, at) !== graph.token)
    throw new Error(
      'The token is of another search or property than this page; open it with clustercheck explore.',
    )
  return { ...graph.opened, path: token.slice(at).split('.').map(Number) }
}

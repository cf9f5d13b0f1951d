/** Answers from a graph that lies in the page: there is no program, so nothing can be searched. */
import type { Graph } from '../graph.ts'
import { walkIn } from '../in-graph.ts'
import type { OpenedView, StartView, Steps } from '../protocol.ts'
import type { Client } from './client-form.ts'

/** A client over a graph. */
export const offlineClient = (graph: Graph): Client => {
  const walk = walkIn(graph)
  const start: StartView = {
    version: graph.version,
    note: graph.note,
    offline: true,
    token: `${graph.token}${graph.opened.path.join('.')}`,
  }
  const opened = (token: string): OpenedView => {
    const at = token.lastIndexOf(':') + 1
    if (token.slice(0, at) !== graph.token)
      throw new Error(
        'The token is of another search or property than this page; open it with clustercheck explore.',
      )
    return { ...graph.opened, path: token.slice(at).split('.').map(Number) }
  }
  return {
    async call<T>(name: string, body: object): Promise<T> {
      const { token = '', path = [] } = body as { readonly token?: string; readonly path?: Steps }
      if (name === 'start') return start as T
      if (name === 'open') return opened(token) as T
      if (name === 'walk') return walk(path) as T
      throw new Error('This page has no program behind it; start clustercheck explore.')
    },
    async stream() {
      throw new Error('This page has no program behind it; start clustercheck explore.')
    },
  }
}

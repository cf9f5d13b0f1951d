/** How the page gets what it shows: from the server that it came from, or from what lies in the page itself. */
import type { PageData, StartView } from '../page-data.ts'
import type { ProblemView, Said } from '../protocol.ts'
import type { Client } from './client-form.ts'
import { offlineClient } from './offline.ts'

/** A request that was not granted; the message is a sentence. */
export class Problem extends Error {}

const post = async (name: string, body: object): Promise<Response> => {
  try {
    return await fetch(name, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new Problem('clustercheck explore is not running any more; start it again in its terminal.')
  }
}

const refused = async (response: Response): Promise<never> => {
  const { problem } = (await response.json()) as ProblemView
  throw new Problem(problem)
}

const serverClient: Client = {
  async call<T>(name: string, body: object) {
    const response = await post(`api/${name}`, body)
    return response.ok ? ((await response.json()) as T) : refused(response)
  },
  async stream(name, body, onSaid) {
    const response = await post(`api/${name}`, body)
    if (!response.ok) return refused(response)
    const reader = response.body!.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      rest += decoder.decode(value, { stream: !done })
      const lines = rest.split('\n')
      rest = lines.pop()!
      for (const line of lines) if (line !== '') onSaid(JSON.parse(line) as Said)
      if (done) return
    }
  },
}

const embedded = document.getElementById('page')?.textContent

/** The one of this page. */
export const client: Client = embedded ? offlineClient(JSON.parse(embedded) as PageData) : serverClient

/** What the page is opened with. */
export const started = (): Promise<StartView> => client.call('start', {})

/** What is said of anything that was thrown. */
export const problemText = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown)

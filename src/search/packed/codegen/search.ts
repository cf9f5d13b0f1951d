/**
 * The program text of the packed search: one function for each action, so that each guard and effect has a call site
 * of its own, and the loop over the states of a block. Nothing is allocated for a successor.
 */
import type { Model } from '../../../modelling/model.ts'
import type { Source } from '../../../state/codegen/source.ts'
import { loopText } from '../profiling/profiler.ts'
import { HEAD } from '../storage/block.ts'
import { CHUNK } from '../storage/chunks.ts'
import { keepsEdges } from '../storage/links.ts'
import { tableText } from '../storage/table.ts'
import {
  addActions,
  addJudging,
  aimText,
  arriveText,
  examineText,
  returnedText,
  sampleText,
  stuckText,
} from './frame.ts'
import { freshText } from './judge.ts'
import { keyText, storedWords, visitedShape } from './keys.ts'
import type { SearchParts } from './parts.ts'
import { successorText } from './successor.ts'
import { addTree } from './tree.ts'

export type { Position, Reports, SearchParts, Stored } from './parts.ts'

/** Adds the text of the search; the packed state's text stands before it. */
export const addSearch = (source: Source, model: Model, parts: SearchParts): void => {
  const { names, keying, stored, deferred, reduced, loops } = parts
  const key = keyText(keying, names)
  const edges = keepsEdges(model)
  if (stored) {
    const { frontier, ancestry, links, fresh } = stored
    for (const [name, value] of Object.entries({ frontier, ancestry, links, FRESH: fresh }))
      source.let(name, value)
  }
  addJudging(source, model, parts)
  source.part('VISITED STATES', 'An open hash table of fingerprints, or of whole states where they fit.')
  const table = tableText(source, 'visited', parts.visited, {
    ...visitedShape(model, keying),
    shared: parts.shared,
  })
  if (parts.pairs) addTree(source, names.words, parts.pairs, parts.shared, stored !== undefined)
  source.part(
    'SUCCESSORS',
    'Changes of the expanded state wait until there are many: their places in the table are then fetched at once.',
  )
  successorText(source, key, parts.trees.limits.pending, {
    names,
    table,
    keying,
    edges,
    fresh: freshText(model),
    loops,
    deferred,
    admits: stored !== undefined,
  })
  const loop = loopText(source, model, parts.profiler)
  addActions(source, model, names)
  source.part('SEARCH', 'The loop over the states of a block, in the order of their numbers: breadth first.')
  source.add(
    `
let CANDIDATES = undefined, EDGES = undefined
/** What is found out from now on goes to this block. */
function aim(block) {${aimText}
  CANDIDATES = block.candidates
  EDGES = block.edges
  ${deferred ? 'candidates = 0; edgeCount = 0; ownBlock = (ownBlock + 1) | 0' : ''}
}
/** To be called when the block is done, or something was thrown. */
function note() {
  HEAD[${HEAD.generated}] = generated
  HEAD[${HEAD.stuck}] = stuck
  ${deferred ? `HEAD[${HEAD.candidates}] = candidates; HEAD[${HEAD.edges}] = edgeCount` : ''}
}
function start() {
  from = -1
  auditInitial(8, false)
  ${keying === 'tree' ? 'foldParent()' : ''}
  ${model.initial.map((_, i) => `initial${i}()`).join('\n  ')}
  resolve()
  ${deferred ? '' : 'parentDone()'}
}
${
  stored && deferred
    ? `let first = false
/** Expands states before which all blocks are stored: what is new is stored at once. */
function expandFirst(begin, end, A) {
  first = true
  try { expand(begin, end, A) } finally { first = false }
}`
    : ''
}
/** Expands the states from \`begin\` up to and without \`end\`, which lie in the chunk A. */
function expand(begin, end, A) {
  for (let s = begin; s < end; s++) {
    const p = (s % ${CHUNK}) * ${storedWords(names.words, keying)}
    ${arriveText(names, key)}
    from = s
    ${keying === 'tree' ? 'foldParent()' : ''}
    ${reduced ? 'auditOrbit(s)' : ''}
    let any = 0
    ${loop.met}
    ${edges && deferred ? `${stored ? 'if (!first) ' : ''}edgeHead = edgeCount++` : ''}
    ${loop.acts}
    if (pending !== 0) resolve()
    ${sampleText(keying)}
    ${edges && deferred ? `${stored ? 'if (!first) ' : ''}EDGES[edgeHead] = edgeCount - edgeHead - 1` : ''}
    ${stuckText(names, 's', model)}
    ${stored ? `${deferred ? 'if (first) ' : ''}parentDone()` : ''}
  }
}
${examineText(keying)}
return {${returnedText(names)}
  ${
    stored
      ? `count: () => count,
  resume(states, pairs) {
    count = states
    STATES = frontier.chunks[(count - 1) / ${CHUNK} | 0]
    ${keying === 'tree' ? 'pairCount = pairs' : ''}
  },
  pairs: () => ${keying === 'tree' ? 'pairCount' : '0'},`
      : ''
  }
  ${stored && deferred ? 'admit, expandFirst,' : ''}
}`,
  )
}

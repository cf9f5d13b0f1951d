/** The policies of a scheme in words. */
import type { Scheme } from '../constants/scheme.ts'
import { nothing } from '../schemes/policies.ts'
import { ESP_WORDS, PEER_WORDS, type PolicyWords, SCHEME_WORDS } from './vocabulary.ts'

/** One policy: where a cluster file states it, its value, and what that means. */
export type PolicyRow = readonly [policy: string, value: string, means: string]

/** Every policy that is not as in a cluster that is told nothing. */
export const policyRows = ({ cluster, esp, peer, ...scheme }: Scheme): readonly PolicyRow[] => {
  const rows = (
    group: string,
    words: Readonly<Record<string, PolicyWords>>,
    values: Readonly<Record<string, unknown>>,
    usual: Readonly<Record<string, unknown>>,
  ): readonly PolicyRow[] =>
    Object.entries(words)
      .filter(([name]) => values[name] !== usual[name])
      .map(([name, { asks, values: meanings }]) => [
        `${group}.${name}`,
        String(values[name]),
        `${asks} ${meanings[String(values[name])]}`,
      ])
  const { esp: usualEsp, peer: usualPeer, ...usual } = nothing
  return [
    ...(cluster ? [] : [['kind', 'single-gateway', 'one gateway without a cluster'] as const]),
    ...rows('policies', SCHEME_WORDS, { ...scheme }, { ...usual }),
    ...(esp.period > 0
      ? [['esp.told', `${esp.period} packets`, 'the others are told of ESP counters so often'] as const]
      : []),
    ...(esp.jump !== 0
      ? [['esp.jump', String(esp.jump), 'numbers that a member skips when it begins to act'] as const]
      : []),
    ...(esp.raise !== 0
      ? [
          [
            'esp.raise',
            String(esp.raise),
            'numbers by which a member that begins to act raises its window',
          ] as const,
        ]
      : []),
    ...rows('esp', ESP_WORDS, { ...esp }, { ...usualEsp }),
    ...rows('peer', PEER_WORDS, { ...peer }, { ...usualPeer }),
  ]
}

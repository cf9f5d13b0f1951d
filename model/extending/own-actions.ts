/** The actions of extensions: their own, and those of their messages. */
import type { Action } from '../../src/modelling/action.ts'
import type { Constants } from '../constants/constants.ts'
import { partsOf } from '../extension-points/extensions.ts'
import { attackIf } from './attacks.ts'
import { messageActions } from './messages.ts'

/** What extensions add; none without an extension. A peer that does not support one does nothing of its own for it. */
export const extensionActions = (constants: Constants): readonly Action[] => [
  ...messageActions(constants),
  ...partsOf(constants).flatMap(({ parts, negotiated }) =>
    parts.actions
      .filter(({ by }) =>
        by === 'peer' ? negotiated : by !== 'attacker' || constants.scope.attacker !== 'A0',
      )
      .map(({ by, ...action }) => {
        // A member's is that of the member it names.
        if (by === 'member') return action
        return by === 'attacker' ? attackIf({ ...action, by }, () => true) : { ...action, by }
      }),
  ),
]

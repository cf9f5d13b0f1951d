/** Recognises faults of a model, also those thrown by another copy of clustercheck that a file bundles. */
import { type FaultData, ModelFault } from '../../modelling/fault.ts'

/** The data of a fault; undefined for anything else that was thrown. */
export const faultData = (thrown: unknown): FaultData | undefined => {
  if (thrown instanceof ModelFault) return thrown.data
  if (!(thrown instanceof Error) || thrown.name !== 'ModelFault' || !('data' in thrown)) return undefined
  return thrown.data as FaultData
}

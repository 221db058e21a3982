import { type Failure, toGyrusError } from '../../../shared/errors.ts'
import type { KnownInputs } from '../models/inputs.ts'
import { Trained } from './trained.ts'

/** Tells what the images were like that a model learned from; null where it does not carry that. */
export type ReadInputs = (model: string) => Promise<KnownInputs | null>

/** Without it, monitoring goes on; why it cannot be read is told. */
export async function trainedOf(
  read: ReadInputs,
  model: string,
): Promise<{ trained: Trained | null; failure: Failure | null }> {
  try {
    const known = await read(model)
    return { trained: known && new Trained(known), failure: null }
  } catch (error) {
    return { trained: null, failure: toGyrusError(error).toFailure() }
  }
}

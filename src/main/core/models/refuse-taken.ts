import { GyrusError } from '../../../shared/errors.ts'
import { modelIdSchema } from '../../../shared/model.ts'
import type { StoredActivation } from '../../store/types.ts'
import { readModelFolder } from './folder.ts'
import { listPlaces, type ModelPlaces } from './places.ts'

/**
 * Whether a new model can get this id, before it is made: a card that is measured anew is never the one that is there.
 * A folder that cannot be read keeps nobody out, unless it was once in force.
 *
 * @throws GyrusError `model-id-invalid`, `model-id-taken`
 */
export async function refuseTaken(places: ModelPlaces, stored: StoredActivation[], model: string): Promise<void> {
  if (!modelIdSchema.safeParse(model).success) throw new GyrusError('model-id-invalid', { model })
  const present = (await listPlaces(places)).find(({ id }) => id === model)
  const readable = present && (await readModelFolder(present.dir).then(Boolean, () => false))
  const known = stored.some(({ activation }) => activation.modelId === model)
  if (readable || known || present?.origin === 'shipped') throw new GyrusError('model-id-taken', { model })
}

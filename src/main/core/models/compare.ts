import type { ModelComparison } from '../../../shared/models.ts'
import type { StoredActivation } from '../../store/types.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../engine-supervisor/task.ts'
import { getModel } from './list.ts'
import { findPlace, type ModelPlaces } from './places.ts'

export interface CompareParts {
  places: ModelPlaces
  stored: StoredActivation[]
  startEngine: StartEngine
}

/**
 * Two models by their cards and, on a labelled set, by what each says of its images.
 *
 * @throws GyrusError `model-unknown`; with a set what reading it and loading the models throws, `cancelled`
 */
export async function compareModels(
  { places, stored, startEngine }: CompareParts,
  [first, second]: [string, string],
  set: string | null,
  options: TaskOptions<'compare-models'> = {},
): Promise<ModelComparison> {
  const get = (id: string) => getModel(places, stored, id)
  const both = { first: await get(first), second: await get(second) }
  if (set === null) return { ...both, set: null }
  const ref = async (id: string) => ({ dir: (await findPlace(places, id)).dir })
  const input = { first: await ref(first), second: await ref(second), source: { path: set } }
  return { ...both, set: await runTask(startEngine, 'compare-models', input, options) }
}

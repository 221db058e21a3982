import { preprocessMeasured } from '../preprocess/index.ts'
import type { Model, Prediction } from '../types.ts'
import type { Picture } from './types.ts'

/** What the model says of each picture, by the same preprocessing and network as of a file. */
export async function judge(model: Model, pictures: Picture[]): Promise<Prediction[]> {
  const { preprocessing } = model.manifest
  const inputs = pictures.map((picture) => preprocessMeasured({ ...picture, format: 'png' }, preprocessing).input)
  return model.predict(inputs)
}

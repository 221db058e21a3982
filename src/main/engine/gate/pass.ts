import type { TaskProgress } from '../../../shared/dataset.ts'
import type { Following } from '../types.ts'

/** Progress of one of several passes over the same images. */
export const part = (
  { signal, onProgress }: Following<TaskProgress>,
  index: number,
  of: number,
): Following<TaskProgress> => ({
  signal,
  onProgress: ({ stage, done, total }) => onProgress({ stage, done: index * total + done, total: of * total }),
})

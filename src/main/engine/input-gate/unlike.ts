import { above, type Check } from './types.ts'

/** Far from the training images in the network’s own features. */
export const unlike: Check = {
  reason: 'unlike',
  judge: ({ distance }, limits) =>
    distance === null || limits.distance === null ? null : above(distance, limits.distance),
}

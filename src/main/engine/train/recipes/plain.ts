import type { Preprocessing } from '../../../../shared/model.ts'
import { PREPROCESSING_REVISION } from '../../preprocess/index.ts'
import { NO_AUGMENTATION } from '../augment/ranges.ts'
import type { NetworkRecipe } from './types.ts'

/** What `cnn-9` and `cnn-24` share: the settings of the student project that they repeat. */
export const plain = {
  kind: 'network',
  // As there, though patients and copies are then on both sides; the request can ask for another rule.
  split: { by: 'random', validation: 0.1 },
  size: 150,
  preprocessing: (size: number): Preprocessing => ({
    version: `r${PREPROCESSING_REVISION}-${size}-fill-linear-0-1`,
    size,
    region: 'whole',
    colour: 'as-is',
    resize: { fit: 'fill', kernel: 'linear' },
    stretch: { images: 'high-bit-depth', percentiles: [0, 100] },
    normalise: { mean: 0, std: 255 },
  }),
  dropout: 0.3,
  epochs: 50,
  patience: 5,
  batch: 16,
  schedule: { kind: 'constant', rate: 1e-3, warmUp: 0 },
  labelSmoothing: 0,
  augmentation: NO_AUGMENTATION,
  sampling: { by: 'image' },
  progressive: null,
} satisfies Partial<NetworkRecipe>

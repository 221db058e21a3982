import { PREPROCESSING_REVISION } from '../../preprocess/index.ts'
import type { HeadRecipe } from './types.ts'

/** The last layer only, on the features of the base network as it is. */
export const head: HeadRecipe = {
  name: 'head',
  kind: 'head',
  title: 'Last layer only',
  explains: 'Teaches only the last layer of a network that has seen a million photographs. Seconds, on any machine.',
  split: { by: 'patient', validation: 0.1 },
  size: 160,
  preprocessing: (size) => ({
    version: `r${PREPROCESSING_REVISION}-${size}-fill-linear`,
    size,
    region: 'whole',
    colour: 'as-is',
    resize: { fit: 'fill', kernel: 'linear' },
    // The public training images were stretched so, too: the brightest pixel of the median one is 251.
    stretch: { images: 'high-bit-depth', percentiles: [0, 100] },
    // EfficientNet-Lite's own: (value − 127) / 128.
    normalise: { mean: 127, std: 128 },
  }),
  l2: 0.03,
}

import { addHead } from '../../onnx/head.ts'
import { PREPROCESSING_REVISION } from '../../preprocess/index.ts'
import { addDropout } from './dropout.ts'
import type { NetworkRecipe } from './types.ts'

const CLASSES = 4
const FEATURES = 1280

/**
 * EfficientNet-Lite0 from its ImageNet weights, fine-tuned in full. Everything that tells one source from another is
 * taken away or varied: border, brightness, contrast, sharpness, noise, aspect and position.
 */
export const efficientnetLite0: NetworkRecipe = {
  name: 'efficientnet-lite0',
  kind: 'network',
  title: 'EfficientNet-Lite0, fine-tuned',
  explains:
    'A network that has seen a million photographs learns to tell your classes apart. The strongest recipe; needs the native engine.',
  split: { by: 'patient', validation: 0.08 },
  size: 192,
  preprocessing: (size) => ({
    version: `r${PREPROCESSING_REVISION}-${size}-head-grey-1-99-fill-linear`,
    size,
    region: 'head',
    colour: 'grey',
    // The public images were squeezed to squares, each source in its own way; filling the square undoes what gives it away.
    resize: { fit: 'fill', kernel: 'linear' },
    stretch: { images: 'all', percentiles: [1, 99] },
    normalise: { mean: 127, std: 128 },
  }),
  async network({ base, dropout }) {
    const head = { weights: new Float32Array(CLASSES * FEATURES), bias: new Float32Array(CLASSES) }
    return addDropout(addHead(await base(), head, 'efficientnet-lite0'), 'features', dropout)
  },
  dropout: 0.3,
  epochs: 12,
  patience: null,
  batch: 32,
  schedule: { kind: 'cosine', rate: 3e-4, warmUp: 100 },
  labelSmoothing: 0.05,
  augmentation: {
    rotation: 17,
    quarterTurn: 0.1,
    scale: [0.8, 1.25],
    aspect: 1.15,
    shift: 0.07,
    flipHorizontal: 0.5,
    flipVertical: 0.05,
    gamma: [0.55, 1.8],
    contrast: 0.3,
    brightness: 0.15,
    noise: 0.04,
    blur: { chance: 0.3, smallest: 0.4 },
    // Not in the shipped model: its crop to the head leaves no border, and neither was measured.
    jpeg: { chance: 0, worst: 100 },
    border: { chance: 0, widest: 0 },
  },
  sampling: { by: 'group', tumours: 600 },
  progressive: { share: 0.5, scale: 2 / 3 },
}

import { Layers } from './layers.ts'
import { plain } from './plain.ts'
import type { NetworkRecipe } from './types.ts'

/** The “9-layer” network of the student project that Gyrus takes over, layer for layer. */
export const cnn9: NetworkRecipe = {
  ...plain,
  name: 'cnn-9',
  title: 'Small network from scratch (9 layers)',
  explains:
    'A small network that starts from nothing. It is here for comparison: it learns a data set well and unseen patients worse.',
  network: async ({ random, dropout, size }) =>
    new Layers(size, random)
      .convolve(32)
      .convolve(64)
      .pool()
      .drop(dropout)
      .convolve(64)
      .convolve(64)
      .pool()
      .drop(dropout)
      .flatten()
      .connect(512)
      .connect(512, { output: 'features' })
      .connect(4, { relu: false, output: 'logits' })
      .graph('cnn-9', 512),
}

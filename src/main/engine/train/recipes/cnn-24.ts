import { Layers } from './layers.ts'
import { plain } from './plain.ts'
import type { NetworkRecipe } from './types.ts'

/**
 * A deeper network after the same pattern. The student project says that its 24-layer network did worse and leaves its
 * layers open; this one has five blocks (two convolutions, pooling, dropout), flatten and three dense layers: 24.
 */
export const cnn24: NetworkRecipe = {
  ...plain,
  name: 'cnn-24',
  title: 'Deeper network from scratch (24 layers)',
  explains: 'Like the small network, but deeper; it did worse, which you can repeat here. For comparison only.',
  async network({ random, dropout, size }) {
    const layers = new Layers(size, random)
    for (const channels of [32, 64, 64, 128, 128]) {
      layers.convolve(channels, 3, 'same').convolve(channels, 3, 'same').pool().drop(dropout)
    }
    return layers
      .flatten()
      .connect(512)
      .connect(512, { output: 'features' })
      .connect(4, { relu: false, output: 'logits' })
      .graph('cnn-24', 512)
  },
}

import { LABELS } from '../../../shared/labels.ts'
import type { Method } from './types.ts'

/** Evidence of less logits is no heat. */
const LEAST = 1e-3

/**
 * Class activation map (Zhou et al. 2016): each place's part of the class's logit before the mean, cut off below 0. For a
 * network that ends in a mean and one dense layer it is exact, and Grad-CAM is the same map. At the model's own size.
 */
export const cam: Method = {
  name: 'cam',
  fits: () => null,
  async make({ model, own: { input, shown }, label }) {
    const { size } = model.manifest.preprocessing
    const [[map], weights] = await Promise.all([
      model.run(input, [1, 3, size, size], ['feature_map']),
      model.inner.classWeights(),
    ])
    const [, channels = 0, side = 0] = map?.dims ?? []
    const area = side * side
    const values = new Float32Array(area)
    const row = LABELS.indexOf(label) * channels
    for (let c = 0; c < channels; c++) {
      const weight = weights[row + c] as number
      for (let i = 0; i < area; i++) values[i] = (values[i] as number) + weight * (map?.data[c * area + i] as number)
    }
    return { side, values: values.map((value) => Math.max(0, value)), shown, least: LEAST }
  },
}

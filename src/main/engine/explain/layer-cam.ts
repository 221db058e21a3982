import { LABELS } from '../../../shared/labels.ts'
import { preprocessPlaced } from '../preprocess/index.ts'
import type { Method } from './types.ts'

/** Side of the input, px: a multiple of 32, larger than the label's, since the layer is coarse. */
const SIZE = 320
const LEAST = 1e-4

/**
 * LayerCAM (Jiang et al. 2021) of the last layer at stride 16: each channel weighed, place by place, with how much the
 * class's logit grows with it, cut off below 0. Finer than CAM, at five times its cost.
 */
export const layerCam: Method = {
  name: 'layer-cam',
  fits: () => null,
  async make({ model: { manifest, inner }, image, label }) {
    const { input, shown } = preprocessPlaced(image, { ...manifest.preprocessing, size: SIZE })
    const { dims, data } = await inner.layerCam(input, SIZE)
    const side = dims[3] as number
    const from = LABELS.indexOf(label) * side * side
    return { side, values: data.slice(from, from + side * side), shown, least: LEAST }
  },
}

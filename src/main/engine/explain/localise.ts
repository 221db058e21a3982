import { GyrusError } from '../../../shared/errors.ts'
import { LABEL_NAMES } from '../../../shared/labels.ts'
import { preprocessPlaced } from '../preprocess/index.ts'
import { heatOf, runHead } from './head.ts'
import type { Method } from './types.ts'

/** The localisation head that a model carries (`heat.json`), on a larger input than the label's. */
export const localise: Method = {
  name: 'localise',
  fits: ({ manifest, inner }, label) => {
    const others = 'cam, layer-cam, occlusion'
    if (!inner.heat) return new GyrusError('explain-no-head', { model: manifest.id, others })
    if (label === 'notumor')
      return new GyrusError('explain-class-without-map', { method: 'localise', label: LABEL_NAMES[label], others })
    return null
  },
  async make({ model: { manifest, inner }, image, label }) {
    if (!inner.heat) throw new Error('the model has no localisation head')
    const { file, head } = inner.heat
    const { input, shown } = preprocessPlaced(image, { ...manifest.preprocessing, size: file.size })
    const run = runHead(head, await inner.levels(input, file.size))
    return { side: run.side, values: heatOf(run, label), shown, least: file.least }
  },
}

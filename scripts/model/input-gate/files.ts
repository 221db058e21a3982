import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manifestSchema } from '../../../src/shared/model.ts'

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const shared = process.env.GYRUS_SHARED ?? at('../shared')

export const MODEL = at('resources/models/efl0-2')
/** The run that the model was made of. */
export const RUN = at('docs/runs/efl0-2/a-all')
export const FOLDS = [0, 1, 2, 3, 4].map((fold) => at(`docs/runs/efl0-2/a-f${fold}/predictions.json`))
/** What is measured and kept. */
export const OUT = at('docs/runs/input-gate')
/** Fetched packages and what was measured of images; never committed. */
export const CACHE = at('.cache/input-gate')
export const MANIFEST = at('scripts/model/input-gate/other-images.json')
export const SHARED = {
  testing: join(shared, 'datasets/brain-tumor-mri/Testing'),
  boxes: join(shared, 'datasets/tumor-boxes'),
  heatSplit: at('docs/runs/heat/split.json'),
  series: join(shared, 'dicom/series-t1'),
}

export const readManifest = () => manifestSchema.parse(JSON.parse(readFileSync(join(MODEL, 'model.json'), 'utf8')))

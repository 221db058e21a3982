import { basename, dirname } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { TumourColumn } from '../../../shared/evaluation-report.ts'
import { readTumourTable } from '../dataset/tables.ts'
import type { TumourImage } from '../dataset/types.ts'
import { evaluateTumour } from '../evaluate/tumour.ts'
import { predictSet, type SetPredictions } from '../model/predict-set.ts'
import type { Following, Model } from '../types.ts'
import { limitsFor } from './limits.ts'
import { scoredOf, type Told } from './measure.ts'

export interface EvaluatedTumours {
  columns: TumourColumn[]
  /** The images of each column. */
  ids: string[][]
  /** Where the images lie, by the id that they have in the columns. */
  paths: [id: string, path: string][]
  unreadable: SetPredictions['unreadable']
}

/**
 * Tables of images with a tumour of unknown type: is it called a tumour?
 *
 * @throws GyrusError errors of `readTumourTable`, `folder-empty` where no image of a table can be read, `cancelled`
 */
export async function evaluateTumours(
  model: Model,
  tables: string[],
  told: Told,
  following: Following<TaskProgress>,
): Promise<EvaluatedTumours> {
  const found: EvaluatedTumours = { columns: [], ids: [], paths: [], unreadable: [] }
  for (const [index, table] of tables.entries()) {
    const name = nameOf(tables, index)
    const images = (await readTumourTable(table)).map((image) => ({ ...image, id: `${name}/${image.file}` }))
    const said = await predictSet(model, images, following)
    if (said.images.length === 0) throw new GyrusError('folder-empty')
    found.columns.push(tumourColumn(name, said, model, told))
    found.ids.push(images.map(({ id }) => id))
    found.paths.push(...images.map(({ id, path }): [string, string] => [id, path]))
    found.unreadable.push(...said.unreadable)
  }
  return found
}

type Said = SetPredictions<TumourImage & { id: string }>

function tumourColumn(name: string, said: Said, model: Model, told: Told): TumourColumn {
  const files = said.images.map(({ sha256 }) => ({ sha256, unit: null }))
  const { calibration, limitsBy } = limitsFor(model, files, new Set())
  const predictions = { ...scoredOf(said.images), tumour: said.images.map(() => true) }
  return {
    ...told,
    title: name,
    data: `${name}: tumours of unknown type`,
    dataSha256: said.sha256,
    splitRule: `the model’s card says what it was trained on: ${model.card.training.data}`,
    seenInTraining: 'not-known',
    limitsBy,
    evaluation: evaluateTumour([{ predictions, calibration }]),
  }
}

/** The table's folder; with a number where two are called the same, so that no image is taken for another. */
function nameOf(tables: string[], index: number): string {
  const names = tables.map((table) => basename(dirname(table)) || 'tumours')
  const name = names[index] as string
  return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${index + 1}`
}

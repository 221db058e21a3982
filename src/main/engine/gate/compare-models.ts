import type { TaskProgress } from '../../../shared/dataset.ts'
import { calledLabel } from '../../../shared/labels.ts'
import type { SetComparison } from '../../../shared/models.ts'
import { readDataset } from '../dataset/read.ts'
import { loadModel } from '../model/index.ts'
import { type PredictedImage, predictSet, type SetPredictions } from '../model/predict-set.ts'
import type { CompareInput, ModelRef } from '../protocol.ts'
import type { Following } from '../types.ts'
import { figuresOf } from './figures.ts'
import { part } from './pass.ts'
import { atLeastOne } from './run-gate.ts'

/** Two models on the same labelled set. @throws GyrusError errors of `readDataset`, `loadModel` and `predictSet` */
export async function compareModels(
  { first, second, source }: CompareInput,
  following: Following<TaskProgress>,
): Promise<SetComparison> {
  const images = await readDataset(source)
  const predict = async ({ dir, ...options }: ModelRef, index: number): Promise<SetPredictions> => {
    const model = await loadModel(dir, options)
    try {
      return await predictSet(model, images, part(following, index, 2))
    } finally {
      await model.dispose()
    }
  }
  const [before, after] = [await predict(first, 0), await predict(second, 1)]
  const changed = changedImages(before.images, after.images)
  const { sha256, unreadable } = before
  return {
    sha256,
    unreadable,
    first: figuresOf(atLeastOne(before.images)),
    second: figuresOf(atLeastOne(after.images)),
    changed: { n: changed.length, ...counts(changed) },
    images: changed,
  }
}

type Changed = SetComparison['images'][number]

function changedImages(before: PredictedImage[], after: PredictedImage[]): Changed[] {
  const later = new Map(after.map((image) => [image.file, calledLabel(image.confidences)]))
  return before.flatMap(({ file, label: truth, confidences }) => {
    const [first, second] = [calledLabel(confidences), later.get(file)]
    return second === undefined || second === first ? [] : [{ file, truth, first, second }]
  })
}

function counts(changed: Changed[]): Pick<SetComparison['changed'], 'corrected' | 'spoilt' | 'stillWrong'> {
  const corrected = changed.filter(({ truth, second }) => second === truth).length
  const spoilt = changed.filter(({ truth, first }) => first === truth).length
  return { corrected, spoilt, stillWrong: changed.length - corrected - spoilt }
}

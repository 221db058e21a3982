import type { CalibratedBy, CalibrationImages, CalibrationRow } from '../../../shared/calibration-images.ts'
import type { DatasetSource } from '../../../shared/dataset.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { PredictedImage, RunPredictions } from '../../../shared/predictions.ts'
import type { RunSummary } from '../../../shared/training.ts'
import { readImageBytes } from '../dataset/bytes.ts'
import { workOnEach } from '../dataset/each.ts'
import { hashOf } from '../dataset/load.ts'
import { readDataset } from '../dataset/read.ts'
import { pooledTemperature } from '../evaluate-set/pool-runs.ts'

/** Files read at a time. */
const READING = 3

/** The temperature of a model, and the images that set it, its thresholds and its conformal limits. */
export interface Calibrated {
  temperature: number
  /** In words, for the card. */
  calibratedBy: string
  /** Null where there are no such images, or it cannot be said which files they are. */
  kept: { by: CalibratedBy; images: CalibrationImages } | null
}

/**
 * Of a run that becomes a model. A cross-validation sets more than the few images that the run kept for validation, and
 * what chose no epoch.
 *
 * @param folds what the runs of its cross-validation predicted, where there was one
 * @throws GyrusError errors of `readDataset`, `dataset-file-altered`, `cancelled`
 */
export async function calibrate(
  source: DatasetSource,
  { temperature }: Pick<RunSummary, 'temperature'>,
  own: RunPredictions,
  folds: RunPredictions[],
  signal: AbortSignal,
): Promise<Calibrated> {
  const crossed = folds.length > 0
  const runs = crossed ? folds : [own]
  const part = crossed ? 'held-out' : 'validation'
  const n = runs.flatMap(({ images }) => images.filter((image) => image.part === part && image.label)).length
  if (n === 0)
    return { temperature: temperature ?? 1, calibratedBy: 'nothing: there were no validation images', kept: null }
  const which = crossed
    ? `the ${n} images that the ${runs.length} folds of its cross-validation held out`
    : `${n} validation images`
  const images = await calibrationImages(source, runs, part, signal)
  return {
    temperature: crossed ? pooledTemperature(folds) : (temperature ?? 1),
    calibratedBy: images ? which : `${which}; they set no thresholds and no conformal limits, because ${CHANGED}`,
    kept: images && { by: crossed ? 'cross-validation' : 'own-validation', images },
  }
}

const CHANGED = 'the data set is no longer what they were trained on, so that nobody can say which files they are'

/** What runs said of a part of their images, by the hashes of the files; null where the set is not what they learned from. */
export async function calibrationImages(
  source: DatasetSource,
  runs: RunPredictions[],
  part: Exclude<PredictedImage['part'], 'testing'>,
  signal: AbortSignal,
): Promise<CalibrationImages | null> {
  const { sha256: dataSha256, hashes } = await hashSet(source, signal)
  if (runs.some((run) => run.dataSha256 !== dataSha256)) return null
  const groups = new Map<string, number>()
  const numberOf = (group: string): number => {
    if (!groups.has(group)) groups.set(group, groups.size)
    return groups.get(group) as number
  }
  const rowOf = ({ file, label, group, logits }: PredictedImage): CalibrationRow[] => {
    const sha256 = hashes.get(file)
    if (label === null || sha256 === undefined) return []
    const [a, b, c, d] = logits as [number, number, number, number]
    return [[sha256, LABELS.indexOf(label), group === null ? null : numberOf(group), a, b, c, d]]
  }
  const images = runs.flatMap((run) => run.images.filter((image) => image.part === part).flatMap(rowOf))
  return { format: 1, dataSha256, runs: runs.map(({ run }) => run), images }
}

/** The set's own hash, as in `DatasetAudit`, and that of each file. */
async function hashSet(source: DatasetSource, signal: AbortSignal) {
  const listed = await readDataset(source)
  const found = new Array<string | undefined>(listed.length)
  await workOnEach(listed, READING, signal, async (image, index) => {
    // What cannot be opened has no hash in the set's either; a frozen set that was altered is refused when it is measured.
    found[index] = await readImageBytes(image).then(
      ({ sha256 }) => sha256,
      () => undefined,
    )
  })
  const hashes = new Map(listed.flatMap(({ file }, i) => (found[i] === undefined ? [] : [[file, found[i]] as const])))
  return { sha256: hashOf(listed, found), hashes }
}

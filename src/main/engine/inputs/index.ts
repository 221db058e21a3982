import { countIn } from '../../../shared/bins.ts'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { SIDES, STATISTICS, type Statistic } from '../../../shared/input-statistics.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import type { ModelInputs } from '../../../shared/model-inputs.ts'
import type { RunPredictions } from '../../../shared/predictions.ts'
import { quantile } from '../../../shared/quantile.ts'
import type { RunSummary } from '../../../shared/training.ts'
import { createSession } from '../infer/index.ts'
import { gatherExamples } from '../train/run/examples.ts'
import type { Example } from '../train/run/types.ts'
import type { Following } from '../types.ts'
import { confidencesOf } from './confidence.ts'
import { inDeciles } from './deciles.ts'
import { distanceTo } from './distance.ts'
import { fitFeatures } from './fit.ts'
import { type MeasuredImage, measureImages } from './measure.ts'
import { pack, unpack } from './packed.ts'

export interface InputsOf {
  summary: RunSummary
  manifest: ModelManifest
  onnx: Uint8Array
  /** The training set in words. */
  data: string
  /** What the run said of the images that it did not learn from. */
  own: RunPredictions
  /** Runs of its cross-validation; none where there was none. */
  folds: RunPredictions[]
}

/** The images of a run, measured as serving measures what comes in. */
export interface MeasuredSet {
  training: Example[]
  /** Of each of them. */
  own: MeasuredImage[]
  /** Images that the network did not learn from; null where there are none. */
  apart: { words: string; examples: Example[]; measured: MeasuredImage[] } | null
  /** Of all labelled images of the set. */
  dataSha256: string
}

/**
 * Measures the images of a run anew.
 *
 * @returns null where the run’s set is not what it was when it was trained
 * @throws GyrusError errors of `gatherExamples` and `measureImages`
 */
export async function measureSet(
  of: Omit<InputsOf, 'data' | 'folds'>,
  following: Following<TaskProgress>,
): Promise<MeasuredSet | null> {
  const { summary, manifest, onnx } = of
  const ignored = () => undefined
  const gathered = await gatherExamples(summary.request, {
    ...{ signal: following.signal, onProgress: ignored, tell: ignored },
    onDataset: following.onProgress,
  })
  if (!isSameSet(gathered, of)) return null
  const training = gathered.examples.filter(({ part }) => part === 'training')
  const apart = apartFrom(gathered.examples)
  const session = await createSession(onnx)
  try {
    const measured = await measureImages(session, manifest, [...training, ...(apart?.examples ?? [])], following)
    const [own, others] = [measured.slice(0, training.length), measured.slice(training.length)]
    return { training, own, apart: apart && { ...apart, measured: others }, dataSha256: gathered.dataSha256 }
  } finally {
    await session.dispose()
  }
}

/** What the images were like that a run learned from. */
export function inputsOf(of: InputsOf, { training, own, apart }: MeasuredSet): ModelInputs {
  const { summary, manifest, data } = of
  return {
    ...{ format: 1, weightsSha256: manifest.weights.sha256, preprocessing: manifest.preprocessing.version },
    date: new Date().toISOString().slice(0, 10),
    training: { data, n: training.length, sha256: summary.trainingSha256 },
    ...binsOf(own),
    confidence: confidencesOf(of.own, of.folds, manifest.temperature),
    features: featuresOf(own, apart && { data: `${data}: ${apart.words}`, measured: apart.measured }),
  }
}

/** Both, where nothing else is made of the images. Errors of `measureSet`. */
export async function makeInputs(of: InputsOf, following: Following<TaskProgress>): Promise<ModelInputs | null> {
  const set = await measureSet(of, following)
  return set && inputsOf(of, set)
}

/** The same images, on the same sides. */
function isSameSet(
  { trainingSha256, tumoursSha256, examples }: Awaited<ReturnType<typeof gatherExamples>>,
  { summary, own }: Pick<InputsOf, 'summary' | 'own'>,
): boolean {
  const chosen = (all: { file: string; part: string }[]) =>
    all.flatMap(({ file, part }) => (part === 'validation' ? [file] : [])).sort()
  const [now, then] = [chosen(examples), chosen(own.images)]
  return (
    trainingSha256 === summary.trainingSha256 &&
    tumoursSha256.join() === summary.tumoursSha256.join() &&
    now.length === then.length &&
    now.every((file, i) => file === then[i])
  )
}

/** Images that the network did not learn from, of patients that are on one side as far as that is known; the best there are. */
function apartFrom(examples: Example[]): { words: string; examples: Example[] } | null {
  const of = (part: Example['part'], words: string) => ({
    words,
    examples: examples.filter((one) => one.part === part),
  })
  const parts = [
    of('held-out', 'held out, took part in nothing'),
    of('validation', 'chose the epoch, trained nothing'),
    of('testing', 'kept for testing, took part in nothing'),
  ]
  return parts.find((part) => part.examples.length > 0) ?? null
}

function binsOf(images: MeasuredImage[]): Pick<ModelInputs, 'statistics' | 'size'> {
  const statistic = (name: Statistic) => inDeciles(images.map(({ statistics }) => statistics[name]))
  const sides = images.map(({ side }) => side)
  return {
    statistics: Object.fromEntries(STATISTICS.map((name) => [name, statistic(name)])) as ModelInputs['statistics'],
    size: { cuts: [...SIDES], counts: countIn(SIDES, sides) },
  }
}

function featuresOf(
  training: MeasuredImage[],
  apart: { data: string; measured: MeasuredImage[] } | null,
): ModelInputs['features'] {
  const packed = pack(fitFeatures(training.map(({ features }) => features)))
  if (!apart) return { ...packed, distance: null }
  const model = unpack(packed)
  const distances = apart.measured.map(({ features }) => distanceTo(model, features)).sort((a, b) => a - b)
  return {
    ...packed,
    distance: {
      ...{ data: apart.data, n: distances.length, bins: inDeciles(distances) },
      ...{ p50: quantile(distances, 0.5), p95: quantile(distances, 0.95) },
    },
  }
}

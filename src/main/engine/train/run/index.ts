import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LABELS, type Label } from '../../../../shared/labels.ts'
import type { RunPredictions } from '../../../../shared/predictions.ts'
import type { EpochPart, RunSummary, TrainingNotice, TrainingProgress } from '../../../../shared/training.ts'
import { createSession } from '../../infer/index.ts'
import { sha256Of } from '../../model/files.ts'
import type { Following } from '../../types.ts'
import { carriedOut, chooseRecipe } from '../recipes/index.ts'
import type { Recipe } from '../recipes/types.ts'
import { fitTemperature } from '../temperature.ts'
import { deviceOf } from './device.ts'
import { type Examples, gatherExamples } from './examples.ts'
import { figuresOf } from './figures.ts'
import { trainHeadRecipe } from './head.ts'
import { targetsOf } from './material.ts'
import { type Trained, trainNetwork } from './network.ts'
import { serveLogits } from './serve.ts'
import type { Example, RunFollowing, TrainInput } from './types.ts'

/**
 * A whole training run: reads the set, keeps the parts apart, trains, exports, predicts what was kept apart, and leaves
 * `model.onnx`, `predictions.json` and `run.json` in the run's folder. Broken off at any point, the same call goes on
 * from the last epoch.
 *
 * @throws GyrusError errors of `gatherExamples`, `trainNetwork` and `trainHeadRecipe`; `cancelled`
 */
export async function train(
  input: TrainInput,
  { signal, onProgress }: Following<TrainingProgress>,
): Promise<RunSummary> {
  const notices: TrainingNotice[] = []
  const following = follow(signal, onProgress, notices)
  const startedAt = new Date().toISOString()
  await mkdir(input.dir, { recursive: true })
  const recipe = chooseRecipe(input.request.recipe, input.request.changes)
  following.tell(await deviceOf(recipe, input))
  const gathered = await gatherExamples(input.request, following)
  const trained = await trainRecipe(recipe, input, gathered.examples, following)
  const predictions = await predictKept(input, recipe, gathered, trained.onnx, following)
  const { onnx, ...outcome } = trained
  const summary: RunSummary = {
    id: input.id,
    request: { ...input.request, split: gathered.split },
    carriedOut: carriedOut(recipe),
    notices,
    dataSha256: gathered.dataSha256,
    trainingSha256: gathered.trainingSha256,
    tumoursSha256: gathered.tumoursSha256,
    images: countParts(gathered.examples),
    trainedOn: countTrained(gathered.examples),
    unreadable: gathered.unreadable,
    startedAt,
    finishedAt: new Date().toISOString(),
    ...outcome,
    validation: validationOf(predictions),
    temperature: predictions.temperature,
    weightsSha256: sha256Of(onnx),
  }
  await writeWhole(join(input.dir, 'model.onnx'), onnx)
  await writeWhole(join(input.dir, 'predictions.json'), `${JSON.stringify(predictions)}\n`)
  // Last, so that a run is finished exactly where this is there.
  await writeWhole(join(input.dir, 'run.json'), `${JSON.stringify(summary, null, 2)}\n`)
  for (const name of ['checkpoint', 'best']) await rm(join(input.dir, `${name}.safetensors`), { force: true })
  return summary
}

function trainRecipe(
  recipe: Recipe,
  input: TrainInput,
  examples: Example[],
  following: RunFollowing,
): Promise<Trained> {
  return recipe.kind === 'head'
    ? trainHeadRecipe(recipe, input, examples, following)
    : trainNetwork(recipe, input, examples, following)
}

/** What the served network says about the images that it did not learn from, and the temperature that fits it. */
async function predictKept(
  { id }: TrainInput,
  recipe: Recipe,
  { examples, dataSha256 }: Examples,
  onnx: Uint8Array,
  { signal, onProgress }: RunFollowing,
): Promise<RunPredictions> {
  const kept = examples.flatMap((example) => {
    const { part } = example
    return part === 'training' ? [] : [{ ...example, part }]
  })
  const session = await createSession(onnx)
  const rest = { total: kept.length, epoch: null, epochs: null, ended: null, secondsLeft: null }
  const logits = await serveLogits(session, kept, recipe.preprocessing(recipe.size), {
    signal,
    onProgress: (done) => onProgress({ stage: 'predicting', done, ...rest }),
  })
  await session.dispose()
  const images = kept.map(({ file, label, group, part }, i) => ({
    file,
    label,
    group,
    part,
    logits: logits[i] as number[],
  }))
  const choosing = images.filter(({ part, label }) => part === 'validation' && label !== null)
  const temperature =
    choosing.length > 0
      ? fitTemperature(
          choosing.map((image) => image.logits),
          choosing.map(({ label }) => LABELS.indexOf(label ?? 'notumor')),
        )
      : null
  return { run: id, dataSha256, date: new Date().toISOString().slice(0, 10), temperature, images }
}

/** What the network is worth on the validation images as it is served; null where there are none. */
function validationOf({ images }: RunPredictions): EpochPart | null {
  const kept = images.filter(({ part }) => part === 'validation')
  if (kept.length === 0) return null
  return figuresOf(
    kept.map(({ label }) => targetsOf(label)),
    kept.map(({ logits }) => logits),
  )
}

function countParts(examples: Example[]): RunSummary['images'] {
  const count = (part: Example['part']) => examples.filter((example) => example.part === part).length
  return {
    training: count('training'),
    validation: count('validation'),
    'held-out': count('held-out'),
    testing: count('testing'),
  }
}

function countTrained(examples: Example[]): RunSummary['trainedOn'] {
  const count = (of: Label) => examples.filter(({ part, label }) => part === 'training' && label === of).length
  return Object.fromEntries(LABELS.map((label) => [label, count(label)])) as RunSummary['trainedOn']
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
}

function follow(
  signal: AbortSignal,
  onProgress: (progress: TrainingProgress) => void,
  notices: TrainingNotice[],
): RunFollowing {
  const rest = { epoch: null, epochs: null, ended: null, secondsLeft: null }
  const tell = (notice: TrainingNotice) => {
    notices.push(notice)
    onProgress({ stage: 'reading', done: 0, total: 0, ...rest, notice })
  }
  return { signal, onProgress, onDataset: (progress) => onProgress({ ...progress, ...rest }), tell }
}

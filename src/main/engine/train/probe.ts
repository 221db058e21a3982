import { readFile } from 'node:fs/promises'
import { GyrusError } from '../../../shared/errors.ts'
import type { TrainingProbe } from '../../../shared/training-time.ts'
import { readImageBytes } from '../dataset/bytes.ts'
import { fingerprint } from '../dataset/fingerprint.ts'
import { readDataset } from '../dataset/read.ts'
import type { LabelledImage } from '../dataset/types.ts'
import { decodeImage } from '../decode/index.ts'
import { createSession } from '../infer/index.ts'
import { extractFeatures } from './features.ts'
import { Random } from './random.ts'
import { chooseRecipe, RECIPES } from './recipes/index.ts'
import type { HeadRecipe, NetworkRecipe } from './recipes/types.ts'
import { startNative } from './run/device.ts'
import { loadPixels } from './run/material.ts'
import { startFit } from './run/network.ts'
import { sizeOf } from './run/time-left.ts'
import type { Example, TrainInput } from './run/types.ts'

/** Images that are tried: enough to see what one takes, few enough for it to be over in seconds. */
const SAMPLE = 32
/** Steps that are measured, after one that only warms up. */
const STEPS = 2

export type ProbeInput = Pick<TrainInput, 'request' | 'nativeDir' | 'base'>

/**
 * Measures what a training would take here: reads, prepares and learns from a few images of the set as the run would, and
 * multiplies. Comparing the images for copies is left out, which is seconds for thousands.
 *
 * @throws GyrusError errors of `readDataset`, the decoder and `startNative`, `cancelled`
 */
export async function probeTraining(
  { request, nativeDir, base }: ProbeInput,
  { signal }: { signal: AbortSignal },
): Promise<TrainingProbe> {
  const recipe = chooseRecipe(request.recipe, request.changes)
  const all = await readDataset({ path: request.set, map: request.map })
  const sample = new Random(request.seed).shuffle(all).slice(0, SAMPLE)
  const reading = await perImage(sample.length, async () => {
    for (const image of sample) {
      if (signal.aborted) throw new GyrusError('cancelled')
      fingerprint(await decodeImage((await readImageBytes(image)).bytes))
    }
  })
  const counts = countsOf(all, request.split.validation ?? RECIPES[request.recipe].split.validation)
  const rest =
    recipe.kind === 'head'
      ? await probeHead(recipe, sample, counts, { base, signal })
      : await probeNetwork(recipe, sample, counts, { request, nativeDir, base, signal })
  return { seconds: all.length * reading + rest, images: sample.length }
}

interface Counts {
  training: number
  validation: number
  testing: number
}

function countsOf(images: LabelledImage[], share: number): Counts {
  const of = (side: LabelledImage['split']) => images.filter(({ split }) => split === side).length
  const testing = of('testing')
  const given = of('validation')
  const validation = given > 0 ? given : Math.round(share * (images.length - testing))
  return { training: images.length - testing - validation, validation, testing }
}

/** Every image goes through the network once, to be learned from or to be measured. */
async function probeHead(
  recipe: HeadRecipe,
  sample: LabelledImage[],
  { training, validation, testing }: Counts,
  { base, signal }: { base: string; signal: AbortSignal },
): Promise<number> {
  const session = await createSession(await readFile(base))
  const spec = recipe.preprocessing(recipe.size)
  const paths = sample.map(({ path }) => path)
  await extractFeatures(session, paths.slice(0, 2), spec, { signal })
  const each = await perImage(paths.length, () => extractFeatures(session, paths, spec, { signal }))
  await session.dispose()
  return (training + validation + testing) * each
}

async function probeNetwork(
  recipe: NetworkRecipe,
  sample: LabelledImage[],
  { training, validation, testing }: Counts,
  { request, nativeDir, base, signal }: ProbeInput & { signal: AbortSignal },
): Promise<number> {
  const { tf } = await startNative({ nativeDir })
  const examples = sample.map((image): Example => ({ ...image, group: '', part: 'training' }))
  const spec = recipe.preprocessing(recipe.size)
  const begun = performance.now()
  const pixels = await loadPixels(examples, spec, { signal, onProgress: () => undefined })
  const preparing = (performance.now() - begun) / 1000 / sample.length
  const { network, fit } = await startFit(tf, recipe, { request, base }, pixels)
  const batch = Math.min(recipe.batch, sample.length)
  fit.batch = batch
  const places = Array.from({ length: batch }, (_, i) => i)
  const random = new Random(request.seed)
  const step = () => fit.epoch(places, { steps: 1 + STEPS, random, signal })
  await step()
  const learning = await perImage(STEPS * batch, async () => {
    for (let i = 0; i < STEPS; i++) await step()
  })
  const predicting = await perImage(batch, () => fit.predict(pixels, places, signal))
  fit.dispose()
  network.dispose()
  // What a smaller input takes is less by its pixels.
  const sizes = Array.from({ length: recipe.epochs }, (_, i) => (sizeOf(recipe, i + 1) / recipe.size) ** 2)
  const epochs = sizes.reduce((sum, share) => sum + share * training * learning + validation * predicting, 0)
  return (training + validation) * preparing + epochs + (validation + testing) * (preparing + predicting)
}

/** Seconds an image. */
async function perImage(images: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000 / images
}

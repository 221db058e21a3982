import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GyrusError } from '../../../../shared/errors.ts'
import type { Epoch } from '../../../../shared/training.ts'
import type { Tensors } from '../../infer/tensorflow.ts'
import type { Graph } from '../../onnx/graph.ts'
import { readSafetensors, type TensorFile, writeSafetensors } from '../../safetensors.ts'
import type { Fit, Moments } from '../fit.ts'
import type { Trainable } from '../trainable.ts'

/** Where a training stands after an epoch, beside weights and moments. */
export interface Standing {
  step: number
  batch: number
  epochs: Epoch[]
  /** Epoch whose weights are in `best.safetensors`, from 1; 0 before there is one. */
  bestEpoch: number
}

type Weights = Graph['initialisers']

const LATEST = 'checkpoint.safetensors'
const BEST = 'best.safetensors'

/** Keeps everything that the next epoch needs. @throws GyrusError `training-checkpoint` */
export async function saveCheckpoint(dir: string, network: Trainable, fit: Fit, standing: Standing): Promise<void> {
  const { moments } = await fit.state()
  const tensors = new Map(await weightsOf(network))
  for (const [i, { name, tensor }] of moments.entries()) {
    tensors.set(`moment ${i} ${name}`, { dims: tensor.shape, data: Float32Array.from(await tensor.data()) })
  }
  await save(join(dir, LATEST), { tensors, metadata: { standing: JSON.stringify(standing) } })
}

/** Keeps the weights as they are as the best so far. @throws GyrusError `training-checkpoint` */
export async function saveBest(dir: string, network: Trainable): Promise<void> {
  await save(join(dir, BEST), { tensors: await weightsOf(network), metadata: {} })
}

/** Takes up the last checkpoint; undefined where there is none. */
export async function loadCheckpoint(
  tf: Tensors,
  dir: string,
  network: Trainable,
  fit: Fit,
): Promise<Standing | undefined> {
  const path = join(dir, LATEST)
  if (!existsSync(path)) return undefined
  const { tensors, metadata } = await readSafetensors(path)
  const standing = JSON.parse(metadata.standing ?? '') as Standing
  network.load(asWeights(tensors))
  const moments: Moments = []
  for (const [key, { dims, data }] of tensors) {
    const name = /^moment \d+ (.*)$/.exec(key)?.[1]
    if (name !== undefined) moments.push({ name, tensor: tf.tensor(data, dims) })
  }
  await fit.restore({ step: standing.step, moments })
  tf.dispose(moments.map(({ tensor }) => tensor))
  fit.batch = standing.batch
  return standing
}

export async function loadBest(dir: string, network: Trainable): Promise<void> {
  network.load(asWeights((await readSafetensors(join(dir, BEST))).tensors))
}

async function weightsOf(network: Trainable): Promise<TensorFile['tensors']> {
  const { initialisers } = await network.toGraph()
  const weights: TensorFile['tensors'] = new Map()
  for (const name of network.variables.keys()) {
    const { dims, data } = initialisers.get(name) as { dims: number[]; data: Float32Array }
    weights.set(name, { dims, data })
  }
  return weights
}

function asWeights(tensors: TensorFile['tensors']): Weights {
  return new Map([...tensors].map(([name, tensor]) => [name, { type: 'float32', ...tensor }]))
}

async function save(path: string, file: TensorFile): Promise<void> {
  try {
    await writeSafetensors(path, file)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new GyrusError('training-checkpoint', { reason }, { cause: error })
  }
}

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

/** A network and its optimiser at one moment; every number in it is finite. */
export interface TrainedState {
  weights: TensorFile['tensors']
  moments: TensorFile['tensors']
}

/**
 * What is there to be kept after an epoch. Its last step can break the weights without its loss having shown it, and what
 * is broken must not take the place of what was good.
 *
 * @throws GyrusError `training-diverged`
 */
export async function takeState(network: Trainable, fit: Fit): Promise<TrainedState> {
  const { step, moments } = await fit.state()
  const state: TrainedState = { weights: await weightsOf(network), moments: new Map() }
  for (const [i, { name, tensor }] of moments.entries()) {
    state.moments.set(`moment ${i} ${name}`, { dims: tensor.shape, data: Float32Array.from(await tensor.data()) })
  }
  const all = [...state.weights.values(), ...state.moments.values()]
  if (all.every(({ data }) => data.every(Number.isFinite))) return state
  throw new GyrusError('training-diverged', { step })
}

/** Keeps everything that the next epoch needs. @throws GyrusError `training-checkpoint` */
export async function saveCheckpoint(dir: string, state: TrainedState, standing: Standing): Promise<void> {
  const tensors = new Map([...state.weights, ...state.moments])
  await save(join(dir, LATEST), { tensors, metadata: { standing: JSON.stringify(standing) } })
}

/** Keeps the weights as the best so far. @throws GyrusError `training-checkpoint` */
export async function saveBest(dir: string, { weights }: TrainedState): Promise<void> {
  await save(join(dir, BEST), { tensors: weights, metadata: {} })
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

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import type { TrainInput } from '../../src/main/engine/train/run/types.ts'
import type { TrainingProgress, TrainingRequest } from '../../src/shared/training.ts'
import type { SetTraining } from '../../src/shared/training-contract.ts'
import { numbers } from '../dataset/support.ts'
import { ask } from '../support/core.ts'

const FOLDERS = ['glioma', 'meningioma', 'notumor', 'pituitary'] as const
const SIDE = 48

/**
 * A head on black with a bright spot whose place tells the class: top, right, none, bottom. Soft patches make each one
 * different enough to be no copy of another.
 */
function head(label: number, seed: number): Promise<Buffer> {
  const next = numbers(seed * 4 + label)
  const [rx, ry] = [15 + 6 * next(), 15 + 7 * next()]
  const patches = Array.from({ length: 6 }, () => ({
    x: 30 * (next() - 0.5),
    y: 30 * (next() - 0.5),
    r: 3 + 5 * next(),
    level: 120 * (next() - 0.5),
  }))
  const spot = ([[0, -0.6], [0.6, 0], null, [0, 0.6]] as const)[label]
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [(i % SIDE) - 23.5, Math.floor(i / SIDE) - 23.5]
    if ((x / rx) ** 2 + (y / ry) ** 2 > 1) return 0
    const light = patches.reduce(
      (sum, p) => sum + p.level * Math.exp(-((x - p.x) ** 2 + (y - p.y) ** 2) / p.r ** 2),
      90,
    )
    const bright = spot && (x - spot[0] * rx) ** 2 + (y - spot[1] * ry) ** 2 < 20
    return bright ? 255 : Math.min(200, Math.max(20, light))
  })
  return sharp(data, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .png()
    .toBuffer()
}

export interface MadeSet {
  /** `Training` and `Testing` with the four classes. */
  root: string
  /** Two images a tumour patient, five folds. */
  patients: string
  /** Tumours of unknown type, three of a group. */
  tumours: string
}

/** A small labelled set that a network can learn, written to a folder. */
export async function makeSet(root: string, training = 20, testing = 5): Promise<MadeSet> {
  const rows = ['file,class,patient,fold']
  for (const [side, count, first] of [
    ['Training', training, 0],
    ['Testing', testing, 1000],
  ] as const) {
    for (const [label, folder] of FOLDERS.entries()) {
      for (let i = 0; i < count; i++) {
        const file = `${side}/${folder}/${i}.png`
        put(join(root, file), await head(label, first + i))
        const patient = folder === 'notumor' ? '' : `${folder}-${side}-${Math.floor(i / 2)}`
        rows.push(`${file},${folder},${patient},${Math.floor(i / 2) % 5}`)
      }
    }
  }
  const tumours = join(root, '..', `${root.split('/').at(-1)}-others`, 'tumours.csv')
  const others = ['file,group']
  for (let i = 0; i < 15; i++) {
    put(join(dirname(tumours), `${i}.png`), await head([0, 1, 3][i % 3] as number, 2000 + i))
    others.push(`${i}.png,g${Math.floor(i / 3)}`)
  }
  put(tumours, others.join('\n'))
  const patients = join(dirname(tumours), 'patients.csv')
  put(patients, rows.join('\n'))
  return { root, patients, tumours }
}

function put(path: string, content: Buffer | string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

export function request(set: MadeSet, changes: Partial<TrainingRequest> = {}): TrainingRequest {
  return {
    set: set.root,
    map: {},
    patients: set.patients,
    tumours: [],
    recipe: 'cnn-9',
    changes: { size: 48, epochs: 3, batch: 8 },
    split: { by: 'fold', fold: 0, validation: 0.2 },
    seed: 1,
    ...changes,
  }
}

export const BASE = join(import.meta.dirname, '../../resources/base-weights/efficientnet-lite0.onnx')

export function input(dir: string, asked: TrainingRequest, nativeDir: string | null = null): TrainInput {
  const golden = [join(asked.set, 'Training/glioma/0.png'), join(asked.set, 'Training/notumor/0.png')]
  return { id: 'test', request: asked, dir, nativeDir, nativeGpu: false, base: BASE, golden }
}

export const following = (onProgress: (progress: TrainingProgress) => void = () => undefined) => ({
  signal: new AbortController().signal,
  onProgress,
})

/** Freezes a made set in a record, as `small`. */
export async function importMade(core: Core, { root, patients }: MadeSet): Promise<void> {
  await ask(core, 'datasets.import', { name: 'small', path: root, patients })
  const state = async () => (await ask(core, 'datasets.importStatus', {})).state
  await expect.poll(state, { timeout: 150_000 }).toBe('done')
}

/** A training of its last layer, which takes a moment. */
export const HEAD_ON_MADE: SetTraining = {
  dataset: { name: 'small', version: 1 },
  recipe: 'head',
  changes: { size: 64 },
  split: { by: 'patient', validation: 0.25 },
  seed: 1,
}

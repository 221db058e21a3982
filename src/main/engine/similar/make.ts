import type { ModelManifest } from '../../../shared/model.ts'
import { quantile } from '../../../shared/quantile.ts'
import type { SimilarFile, SimilarHeader, SimilarSource } from '../../../shared/similar-file.ts'
import { codeOf } from '../../../shared/similar-file.ts'
import { readImageBytes } from '../dataset/bytes.ts'
import { fitFeatures } from '../inputs/fit.ts'
import type { MeasuredSet } from '../inputs/index.ts'
import type { MeasuredImage } from '../inputs/measure.ts'
import type { Example } from '../train/run/types.ts'
import { type Basis, projected } from './project.ts'

/** Of the shipped model's 1,280 numbers; docs/similar.md has what other numbers keep. */
const COMPONENTS = 128

/** Of a `MeasuredSet` what is needed here. */
export interface SimilarSet extends Pick<MeasuredSet, 'training' | 'dataSha256'> {
  own: Pick<MeasuredImage, 'features'>[]
  apart: { words: string; examples: Example[]; measured: Pick<MeasuredImage, 'features'>[] } | null
}

export interface SimilarOf {
  manifest: ModelManifest
  /** The training set in words. */
  data: string
  set: SimilarSet
  sourceOf(example: Example): SimilarSource
  /** A WebP to go along; by default none does. */
  pictureOf?(example: Example): Promise<Uint8Array | null>
}

/** The training images of a model, as similar ones are found among them. Errors of `readImageBytes`. */
export async function makeSimilar({ manifest, data, set, sourceOf, pictureOf }: SimilarOf): Promise<SimilarFile> {
  const basis = basisOf(set)
  const vectors = concat(set.own.map(({ features }) => projected(basis, features)))
  const hashes: Uint8Array[] = []
  const pictures: Uint8Array[] = []
  const sources = new Map<string, { place: number; source: SimilarSource }>()
  const groups = new Map<string, number>()
  const [labels, ofGroup, ofSource] = [
    new Uint8Array(set.own.length),
    new Uint32Array(set.own.length),
    new Uint8Array(set.own.length),
  ]
  const ends = new Uint32Array(set.own.length)
  for (const [i, example] of set.training.entries()) {
    hashes.push(Buffer.from((await readImageBytes(example)).sha256, 'hex'))
    labels[i] = codeOf(example.label)
    ofGroup[i] = numberIn(groups, example.group)
    const source = sourceOf(example)
    const known = sources.get(source.name) ?? { place: sources.size, source }
    sources.set(source.name, known)
    ofSource[i] = known.place
    const picture = (await pictureOf?.(example)) ?? new Uint8Array()
    pictures.push(picture)
    ends[i] = (ends[i - 1] ?? 0) + picture.length
  }
  const header: SimilarHeader = {
    ...{ format: 1, weightsSha256: manifest.weights.sha256, preprocessing: manifest.preprocessing.version },
    ...{ date: new Date().toISOString().slice(0, 10), data, dataSha256: set.dataSha256 },
    ...{ width: basis.width, components: basis.count, images: set.own.length },
    sources: [...sources.values()].map(({ source }) => source),
    nearest: nearestOf(basis, set, vectors, data),
    pictures: ends.at(-1) ?? 0,
  }
  return {
    ...{ header, mean: basis.mean, vectors, labels, groups: ofGroup, sources: ofSource, ends },
    rows: bytesOf(Float16Array.from(basis.rows)),
    hashes: concat(hashes),
    pictures: concat(pictures),
  }
}

/** Rounded as the file has it, so that what is compared was projected alike. */
function basisOf({ own }: SimilarSet): Basis {
  const { width, mean, components, variances } = fitFeatures(
    own.map(({ features }) => features),
    COMPONENTS,
  )
  return { width, count: variances.length, mean, rows: Float32Array.from(Float16Array.from(components)) }
}

/** How far images that were not learned from are from the nearest one of another patient that was. */
function nearestOf(
  basis: Basis,
  { training, apart }: SimilarSet,
  vectors: Uint8Array,
  data: string,
): SimilarHeader['nearest'] {
  if (!apart) return null
  const { count } = basis
  const all = numbersOf(vectors)
  const distances = apart.measured.map(({ features }, i) => {
    const own = numbersOf(projected(basis, features))
    const { group } = apart.examples[i] as Example
    let least = Number.POSITIVE_INFINITY
    for (const [k, other] of training.entries()) {
      if (other.group === group) continue
      let sum = 0
      for (let c = 0, at = k * count; c < count && sum < least; c++, at++)
        sum += ((all[at] as number) - (own[c] as number)) ** 2
      least = Math.min(least, sum)
    }
    return Math.sqrt(least)
  })
  const near = distances.filter(Number.isFinite).sort((a, b) => a - b)
  if (near.length === 0) return null
  return { data: `${data}: ${apart.words}`, n: near.length, p50: quantile(near, 0.5), p95: quantile(near, 0.95) }
}

function numberIn(known: Map<string, number>, name: string): number {
  const number = known.get(name) ?? known.size
  known.set(name, number)
  return number
}

const bytesOf = ({ buffer }: Float16Array) => new Uint8Array(buffer)
const numbersOf = (halves: Uint8Array) => Float32Array.from(new Float16Array(new Uint8Array(halves).buffer))

function concat(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

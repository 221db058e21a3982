import { GyrusError } from '../../../../shared/errors.ts'
import type { TrainingRequest } from '../../../../shared/training.ts'
import { nearDuplicateGroups } from '../../dataset/copies.ts'
import { patientsIn } from '../../dataset/counts.ts'
import { hashFiles } from '../../dataset/hashes.ts'
import { loadDataset } from '../../dataset/load.ts'
import { trainingProblems } from '../../dataset/problems.ts'
import { makeFolds, type SplitImage, splitByFold, splitImages } from '../../dataset/split.ts'
import type { LabelledImage } from '../../dataset/types.ts'
import { type DecidedSplit, decideSplit } from './decide-split.ts'
import { readTumours } from './tumours.ts'
import type { Example, Part, RunFollowing } from './types.ts'

export interface Examples {
  examples: Example[]
  split: DecidedSplit
  /** See `RunSummary`. */
  dataSha256: string
  trainingSha256: string
  tumoursSha256: string[]
  unreadable: string[]
}

/**
 * The images of a run, each with its part. What the set keeps for testing never trains and never chooses.
 *
 * @throws GyrusError errors of `readDataset`, `readTumours` and `splitImages`; `dataset-one-class` and the like where the
 *   set is not fit for training; `cancelled`
 */
export async function gatherExamples(request: TrainingRequest, following: RunFollowing): Promise<Examples> {
  const source = {
    path: request.set,
    map: request.map,
    ...(request.patients !== undefined && { patients: request.patients }),
  }
  const follow = { signal: following.signal, onProgress: following.onDataset }
  const { sha256, images, hashes, fingerprints, unreadable } = await loadDataset(source, follow)
  const tellUnreadable = (files: string[]) => files.length > 0 && following.tell({ kind: 'unreadable', files })
  const lost = unreadable.map(({ file }) => file)
  // Before anything is refused: a class may be too small for them.
  tellUnreadable(lost)
  const split = settleSplit(
    request,
    images.filter((image) => image.split !== 'testing'),
    following,
  )
  const tables = await Promise.all(
    request.tumours.map((path) => readTumours(path, split, request.seed, following.signal)),
  )
  const lostTumours = tables.flatMap((table) => table.unreadable)
  tellUnreadable(lostTumours)
  const groups = await nearDuplicateGroups(fingerprints, follow)
  const known = divideKnown(images, groups, split, request.seed)
  return {
    examples: [...known, ...tables.flatMap(({ examples }) => examples)],
    split,
    dataSha256: sha256,
    trainingSha256: hashOfLearned(images, hashes, known),
    tumoursSha256: tables.map((table) => table.sha256),
    unreadable: [...lost, ...lostTumours],
  }
}

/** The split of images that are fit to be divided, with what is worth telling of them. */
function settleSplit(request: TrainingRequest, pool: LabelledImage[], { tell }: RunFollowing): DecidedSplit {
  const problem = trainingProblems(pool)[0]
  if (problem) throw problem
  const { patients } = patientsIn(pool, ({ label }) => label)
  if (patients.length > 0) tell({ kind: 'patients-in-two-classes', patients })
  const patientsKnown = pool.some(({ patient }) => patient !== null)
  const split = decideSplit(request, patientsKnown)
  // Where the set has a validation side of its own, nothing is drawn.
  if (pool.some((image) => image.split === 'validation')) return split
  if (split.by === 'random') tell({ kind: 'split-at-random' })
  if (split.by !== decideSplit(request, true).by) tell({ kind: 'split-by-group' })
  return split
}

/** Of what trains and what chooses the epoch, so that a card can tell later which images its model has seen. */
function hashOfLearned(images: LabelledImage[], hashes: string[], known: Example[]): string {
  const learned = new Set(
    known.filter(({ part }) => part === 'training' || part === 'validation').map(({ file }) => file),
  )
  const places = [...images.keys()].filter((i) => learned.has(images[i]?.file ?? ''))
  return hashFiles(places.map((i) => ({ file: images[i]?.file as string, sha256: hashes[i] as string })))
}

function divideKnown(images: LabelledImage[], groups: number[], split: DecidedSplit, seed: number): Example[] {
  const grouped = images.map((image, i) => ({ ...image, group: groups[i] as number }))
  const parts = split.by === 'fold' ? byFold(grouped, split, seed) : byRule(grouped, split, seed)
  if (!parts.includes('training'))
    throw new GyrusError('dataset-split-impossible', { reason: 'nothing is left to train on' })
  return grouped.flatMap(({ file, path, sha256, label, patient, group }, i) => {
    const part = parts[i]
    const known = sha256 === undefined ? {} : { sha256 }
    return part ? [{ file, path, ...known, label, group: patient ?? `copies-${group}`, part }] : []
  })
}

type Grouped = LabelledImage & SplitImage

function byRule(images: Grouped[], { by, validation }: Exclude<DecidedSplit, { by: 'fold' }>, seed: number): Part[] {
  const pool = images.filter(({ split }) => split !== 'testing')
  const given = pool.some(({ split }) => split === 'validation')
  const drawn = given ? [] : splitImages(pool, { rule: by, validation, testing: 0, seed })
  let next = 0
  return images.map(({ split }) => {
    if (split === 'testing') return 'testing'
    const own = given ? split : drawn[next++]
    return own === 'validation' ? 'validation' : 'training'
  })
}

/** Images without a fold take no part; test images only where they are held out. */
function byFold(images: Grouped[], split: Extract<DecidedSplit, { by: 'fold' }>, seed: number): (Part | null)[] {
  const regrouped = regroupFolds(images)
  const sides = splitByFold(regrouped, { fold: split.fold, validation: split.validation, seed })
  return sides.map((side, i) => {
    if (images[i]?.split === 'testing') return side === 'testing' ? 'testing' : null
    return side === 'testing' ? 'held-out' : side
  })
}

/**
 * Images without a patient get their fold by near-duplicate group: tables that give such images folds of their own divide
 * mirrored and turned copies. Always the same, whatever the run's seed, so that the folds of several runs fit together.
 */
export function regroupFolds<T extends SplitImage>(images: T[]): T[] {
  const count = Math.max(...images.map(({ fold }) => fold ?? -1)) + 1
  const loose = images.filter(({ patient, fold }) => patient === null && fold !== null)
  if (count < 2 || loose.length === 0) return images
  const folds = makeFolds(loose, { rule: 'group', count, seed: 1 })
  const byImage = new Map(loose.map((image, i) => [image, folds[i] as number]))
  return images.map((image) => ({ ...image, fold: byImage.get(image) ?? image.fold }))
}

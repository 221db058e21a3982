import { basename, resolve } from 'node:path'
import type { DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { LABEL_NAMES, LABELS } from '../../../shared/labels.ts'
import { TRAITS, type TraitAudit } from '../../../shared/shortcuts.ts'
import { breathe } from '../breathe.ts'
import { type LoadedDataset, loadDataset } from '../dataset/load.ts'
import { findNeighbours, type Neighbours } from '../dataset/neighbours.ts'
import { areaUnderRoc } from '../evaluate/areas.ts'
import { calledClass, NO_TUMOUR, tumourProbability } from '../evaluate/labels.ts'
import { rank, sweep } from '../evaluate/ranking.ts'
import { chanceOf, scoreOf } from '../evaluate/score.ts'
import type { Following } from '../types.ts'
import { readTraits } from './read-traits.ts'
import { callByTraits } from './trait-calls.ts'

/** Where the audit is, and what it found of each image. */
export interface AuditedTraits {
  audit: TraitAudit
  /** Class that traits alone call each image. */
  called: number[]
}

/** Errors of `readDataset` and `auditTraits`. */
export async function auditShortcuts(source: DatasetSource, following: Following<TaskProgress>): Promise<TraitAudit> {
  const loaded = await loadDataset(source, following)
  const neighbours = await findNeighbours(loaded.images, loaded.fingerprints, following)
  return (await auditTraits(basename(resolve(source.path)), loaded, neighbours, following)).audit
}

/**
 * How far the classes of a set can be told apart without looking at anatomy.
 *
 * @throws GyrusError `dataset-one-class`, `dataset-split-impossible`, errors of `readTraits`
 */
export async function auditTraits(
  data: string,
  { sha256, images, unreadable }: LoadedDataset,
  { groups, units }: Neighbours,
  following: Following<TaskProgress>,
): Promise<AuditedTraits> {
  const truth = images.map(({ label }) => LABELS.indexOf(label))
  const [first] = images
  if (first && images.every(({ label }) => label === first.label))
    throw new GyrusError('dataset-one-class', { label: LABEL_NAMES[first.label] })
  const traits = await readTraits(images, following)
  const grouped = images.map((image, i) => ({ ...image, group: groups[i] as number }))
  const { probabilities, folds, rule } = await callByTraits(traits, grouped, new Set(units).size)
  const called = probabilities.map(calledClass)
  const tumour = truth.map((label) => label !== NO_TUMOUR)
  await breathe()
  const score = scoreOf(truth, called, units.map(String))
  await breathe()
  const audit: TraitAudit = {
    ...{ data, dataSha256: sha256, date: new Date().toISOString().slice(0, 10) },
    unreadable: unreadable.length,
    splitRule: `${folds} folds by ${rule === 'patient' ? 'patient and ' : ''}near-duplicate group`,
    folds,
    score,
    chance: chanceOf(truth),
    tumourAuroc: areaUnderRoc(sweep(rank(probabilities.map(tumourProbability)), tumour)),
    single: singleTraits(traits, tumour),
  }
  return { audit, called }
}

function singleTraits(traits: number[][], tumour: boolean[]): TraitAudit['single'] {
  return TRAITS.flatMap((trait, t) => {
    const area = areaUnderRoc(sweep(rank(traits.map((row) => row[t] as number)), tumour))
    return area === null ? [] : [{ trait, tumourAuroc: Math.max(area, 1 - area) }]
  }).sort((a, b) => b.tumourAuroc - a.tumourAuroc)
}

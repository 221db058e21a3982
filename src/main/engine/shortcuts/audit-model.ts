import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { TumourColumn } from '../../../shared/evaluation-report.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { ModelShortcuts } from '../../../shared/shortcuts.ts'
import { breathe } from '../breathe.ts'
import type { LoadedDataset } from '../dataset/load.ts'
import type { Neighbours } from '../dataset/neighbours.ts'
import { chanceOf, scoreOf } from '../evaluate/score.ts'
import { calledOf, type Told } from '../evaluate-set/measure.ts'
import type { Following, Model } from '../types.ts'
import { auditTraits } from './audit-traits.ts'
import { measureHeadHidden, type SaidImage, type Where } from './hidden-head.ts'
import { measureTumourHidden } from './hidden-tumour.ts'

export interface ModelAudit {
  told: Told
  /** The set's name, and the set. */
  name: string
  loaded: LoadedDataset
  neighbours: Neighbours
  /** The images on which the model is measured, by their index in the set, and what they are. */
  images: (SaidImage & { index: number })[]
  data: string
  /** A table of tumours with their boxes. */
  boxes: string | undefined
  tumourColumns: TumourColumn[]
}

/**
 * Whether a model calls classes by what does not show a tumour.
 *
 * @throws GyrusError errors of `auditTraits` but those that say that a set does not allow it, of `measureTumourHidden`
 */
export async function auditModel(
  model: Model,
  audit: ModelAudit,
  following: Following<TaskProgress>,
): Promise<ModelShortcuts> {
  const { told, images, boxes, loaded } = audit
  const where: Where = { data: audit.data, dataSha256: loaded.sha256, date: told.date }
  return {
    model: told.model,
    weightsSha256: told.weightsSha256,
    traits: await besideTraits(audit, where, following),
    headHidden: await measureHeadHidden(model, images, where, following),
    tumourHidden: boxes === undefined ? null : await measureTumourHidden(model, boxes, told.date, following),
    otherTumours: audit.tumourColumns.map(otherTumours),
  }
}

/** The model beside a classifier of traits, on the same images. */
async function besideTraits(
  { name, loaded, neighbours, images }: ModelAudit,
  where: Where,
  following: Following<TaskProgress>,
): Promise<ModelShortcuts['traits']> {
  const found = await auditTraits(name, loaded, neighbours, following).catch(orImpossible)
  if (!found) return null
  await breathe()
  const truth = images.map(({ label }) => LABELS.indexOf(label))
  const groups = images.map(({ group }) => group)
  const called = images.map(({ index }) => found.called[index] as number)
  return {
    ...where,
    model: scoreOf(truth, calledOf(images), groups),
    traits: scoreOf(truth, called, groups),
    chance: chanceOf(truth),
    audit: found.audit,
  }
}

/** A set of one class, or of one patient, has no classifier of traits; that is no failure of the evaluation. */
function orImpossible(error: unknown): null {
  if (error instanceof GyrusError && ['dataset-one-class', 'dataset-split-impossible'].includes(error.code)) return null
  throw error
}

function otherTumours({ data, dataSha256, date, evaluation }: TumourColumn): ModelShortcuts['otherTumours'][number] {
  const { share, groupMean } = evaluation.tumourCalledNone
  return {
    ...{ data, dataSha256, date },
    n: evaluation.n,
    groups: evaluation.bootstrap.units,
    sensitivity: 1 - (share ?? 0),
    groupMean: groupMean === null ? null : 1 - groupMean,
  }
}

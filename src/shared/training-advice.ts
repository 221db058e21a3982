import { LABELS, type Label } from './labels.ts'
import type { Epoch, RunOutcome, RunSummary } from './training.ts'

/** Fewer than this of a class are too few to learn much from. */
const FEW_IMAGES = 100
/** Fewer than this for validation, and its figures jump by whole percents. */
const FEW_VALIDATION = 100
/** A class is worse off than the mean of all by this much recall. */
const SUFFERS = 0.1
/** Validation loss that rose by this share from its lowest point, while that of training fell, is overfitting. */
const ROSE = 0.05
/** Less than this between two networks' recall is no difference. */
const SAME = 0.005

/** What there is to say of a finished run; every one names the numbers that it is drawn from. */
export type Advice =
  | { kind: 'diverged'; epochs: number }
  | { kind: 'stopped-early'; epochs: number; planned: number; best: number }
  | { kind: 'overfitting'; best: number; last: number; lossBest: number; lossLast: number; trainingLast: number }
  | { kind: 'still-learning'; last: number; lossBefore: number; lossLast: number }
  | { kind: 'class-suffers'; label: Label; recall: number; mean: number; images: number }
  | { kind: 'few-images'; classes: { label: Label; images: number }[]; least: number }
  | { kind: 'few-validation'; images: number; least: number }
  | { kind: 'no-validation' }
  | { kind: 'random-split'; recall: number }
  | { kind: 'not-better' | 'better'; model: string; recall: number; its: number }
  | { kind: 'not-comparable'; model: string }
  | { kind: 'fine'; recall: number; images: number }

/** The model in force, with its own run where that is on record. */
export interface ActiveModel {
  id: string
  run: RunOutcome | null
}

/** Advice on a finished run, the gravest first. `planned`: epochs that the recipe would have taken, where it has any. */
export function adviseOn(run: RunSummary, { planned, active }: { planned: number | null; active: ActiveModel | null }) {
  const advice: Advice[] = [
    ...endOf(run, planned),
    ...curvesOf(run.epochs),
    ...validationOf(run),
    ...classesOf(run),
    ...comparedTo(run, active),
  ]
  if (advice.every(({ kind }) => kind === 'better' || kind === 'not-comparable') && run.validation)
    advice.push({ kind: 'fine', recall: run.validation.macroRecall, images: run.images.validation })
  return advice
}

function endOf({ end, epochs, bestEpoch }: RunSummary, planned: number | null): Advice[] {
  if (end === 'diverged') return [{ kind: 'diverged', epochs: epochs.length }]
  if (end !== 'stopped-early' || planned === null) return []
  return [{ kind: 'stopped-early', epochs: epochs.length, planned, best: bestEpoch ?? epochs.length }]
}

function curvesOf(epochs: Epoch[]): Advice[] {
  const measured = epochs.flatMap(({ epoch, training, validation }) =>
    validation ? [{ epoch, training: training.loss, validation: validation.loss }] : [],
  )
  const last = measured.at(-1)
  const best = measured.toSorted((a, b) => a.validation - b.validation)[0]
  if (!last || !best || measured.length < 3) return []
  if (last.validation > best.validation * (1 + ROSE) && last.training < best.training) {
    const losses = { lossBest: best.validation, lossLast: last.validation, trainingLast: last.training }
    return [{ kind: 'overfitting', best: best.epoch, last: last.epoch, ...losses }]
  }
  const before = measured.at(-2)
  const falling = before && best === last && last.validation < before.validation * (1 - ROSE)
  return falling
    ? [{ kind: 'still-learning', last: last.epoch, lossBefore: before.validation, lossLast: last.validation }]
    : []
}

function validationOf({ validation, images, request }: RunSummary): Advice[] {
  if (!validation) return [{ kind: 'no-validation' }]
  const few = images.validation < FEW_VALIDATION
  return [
    ...(request.split.by === 'random' ? [{ kind: 'random-split', recall: validation.macroRecall } as const] : []),
    ...(few ? [{ kind: 'few-validation', images: images.validation, least: FEW_VALIDATION } as const] : []),
  ]
}

function classesOf({ validation, trainedOn }: RunSummary): Advice[] {
  const suffering = LABELS.flatMap((label, i): Advice[] => {
    const recall = validation?.recall[i] ?? null
    const mean = validation?.macroRecall ?? 0
    return recall !== null && recall < mean - SUFFERS
      ? [{ kind: 'class-suffers', label, recall, mean, images: trainedOn[label] }]
      : []
  })
  const classes = LABELS.map((label) => ({ label, images: trainedOn[label] })).filter(
    ({ images }) => images < FEW_IMAGES,
  )
  return [...suffering, ...(classes.length ? [{ kind: 'few-images', classes, least: FEW_IMAGES } as const] : [])]
}

/** Two runs are comparable where the same images chose: the same set, divided by the same rule and seed. */
function comparedTo(run: RunSummary, active: ActiveModel | null): Advice[] {
  if (!active || !run.validation) return []
  const its = active.run?.validation
  if (!active.run || !its || !sameValidation(run, active.run)) return [{ kind: 'not-comparable', model: active.id }]
  const recall = run.validation.macroRecall
  const kind = recall > its.macroRecall + SAME ? 'better' : 'not-better'
  return [{ kind, model: active.id, recall, its: its.macroRecall }]
}

function sameValidation(one: RunOutcome, other: RunOutcome): boolean {
  const drawn = ({ dataSha256, request: { split, seed }, images }: RunOutcome) =>
    JSON.stringify([dataSha256, Object.entries(split).sort(), seed, images.validation])
  return drawn(one) === drawn(other)
}

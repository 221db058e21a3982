import { cardItemsOf } from '../../../shared/card-items.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { About, ModelCard, Preprocessing } from '../../../shared/model.ts'
import type { RunSummary } from '../../../shared/training.ts'
import { chooseRecipe } from '../train/recipes/index.ts'
import type { Recipe } from '../train/recipes/types.ts'

interface Known {
  id: string
  version: string
  summary: RunSummary
  about: About
  temperature: number
  /** What the temperature was fitted on. */
  calibratedBy: string
  /** When it says what, and what set its thresholds. */
  operatingPoint: string
  /** What was proved of copies and patients on both sides; said where people say nothing better. */
  leakage: string
  /** Limits that were found while it was made: what could not be measured, and why. */
  found: string[]
  /** Which images its input gate does not let pass. */
  gate: string
  results: ModelCard['results']
  tumourSensitivity: ModelCard['tumourSensitivity']
  shortcuts: ModelCard['shortcuts']
}

/** The card of a model that a run gave. What nobody said of it is said in general words, and so that it is not too much. */
export function makeCard({
  id,
  version,
  summary,
  about,
  temperature,
  calibratedBy,
  operatingPoint,
  leakage,
  found,
  gate,
  ...measured
}: Known): ModelCard {
  const { request, trainingSha256, weightsSha256, finishedAt, trainedOn } = summary
  const recipe = chooseRecipe(request.recipe, request.changes)
  return {
    name: about.name ?? recipe.title,
    id,
    version,
    date: finishedAt.slice(0, 10),
    architecture: architectureOf(recipe),
    weightsSha256,
    training: {
      recipe: `${request.recipe}: ${recipe.explains} Changes: ${JSON.stringify(request.changes)}; trained with ${summary.engine}`,
      data: about.data ?? request.set,
      dataSha256: trainingSha256,
      images: Object.fromEntries(LABELS.map((label) => [label, trainedOn[label]])) as ModelCard['training']['images'],
      splitRule: splitRuleOf(summary),
      seed: request.seed,
    },
    groundTruth: about.groundTruth ?? 'The labels of the training set as they were given.',
    population: about.population ?? 'Not stated.',
    calibration: `temperature ${temperature.toFixed(3)}, fitted by minimal negative log-likelihood on ${calibratedBy}`,
    operatingPoint,
    leakage: about.leakage ?? leakage,
    intendedUse:
      about.intendedUse ??
      'A second opinion for a radiologist on a single slice of a brain MRI. Decision aid only, not a diagnosis.',
    outOfScope: about.outOfScope ?? ['A diagnosis, or any decision without a reader', 'Images that are not brain MRI'],
    limits: [...(about.limits ?? LIMITS), ...found],
    risks: about.risks ?? [
      'Readers may trust it too much: the banner, the confidences and the sign-off by a reader stand against that.',
      'It may call a tumour “no tumour”: nothing leaves the work list because of what it says.',
    ],
    ...measured,
    ...cardItemsOf({ inputGate: gate, ...about }),
    licence: about.licence ?? 'Not stated',
  }
}

const LIMITS = [
  '“No tumour” is not “healthy”: nothing else than the three tumours is looked for.',
  'It sees one slice, without neighbours, other sequences or clinical information.',
  'Its confidences are calibrated on images like the training data; on others it can be wrong and sure of it.',
]

function architectureOf(recipe: Recipe): string {
  const { colour, size, ...spec } = recipe.preprocessing(recipe.size)
  const input = `${regionOf(spec)}, ${colour === 'grey' ? 'grey' : 'RGB'}, ${size} × ${size} px`
  return `${recipe.title}; input: ${input}; output: four confidences by softmax`
}

function regionOf({ region, margin = 0 }: Pick<Preprocessing, 'region' | 'margin'>): string {
  if (region === 'head') return 'box around the head'
  if (region === 'whole') return 'whole image'
  return `box around the brain with ${Math.round(100 * margin)} % of its longer side on each side (the whole image where no brain is found)`
}

/** `recipe` is what a run is asked for, not how it is done. */
const VALIDATION: Record<Exclude<RunSummary['request']['split']['by'], 'fold'>, string> = {
  recipe: 'validation by the recipe’s rule',
  patient: 'validation by patient',
  group: 'validation by near-duplicate group',
  date: 'validation by date',
  random: 'validation at random, so that patients and copies can be on both sides',
}

function splitRuleOf({ request: { split }, images }: RunSummary): string {
  const rule = split.by === 'fold' ? `fold ${split.fold} held out, validation by patient` : VALIDATION[split.by]
  return `${rule}; ${images.training} images trained it, ${images.validation} chose the epoch; what the set keeps for testing took part in nothing`
}

import type { Metrics } from '../../src/main/engine/train/metrics.ts'
import { LABELS } from '../../src/shared/labels.ts'
import type { ModelCard } from '../../src/shared/model.ts'

/** What was measured, for the card. */
export interface Measured {
  id: string
  version: string
  /** ISO date of the run. */
  date: string
  weightsSha256: string
  dataSha256: string
  /** Training images of each class, in the order of `LABELS`. */
  images: number[]
  l2: number
  temperature: number
  outOfFold: Metrics
  publicTest: Metrics
  otherSequences: { n: number; sensitivity: number }
}

/** The model card of a head trained on frozen EfficientNet-Lite0 features. */
export function makeCard(measured: Measured): ModelCard {
  const { id, version, date, outOfFold, publicTest, otherSequences } = measured
  return {
    name: 'EfficientNet-Lite0, softmax head',
    id,
    version,
    date,
    architecture:
      'EfficientNet-Lite0 (ImageNet weights, frozen, batch norm folded), 160 × 160 px, mean-pooled 1280 features, one linear layer, softmax',
    weightsSha256: measured.weightsSha256,
    training: {
      recipe: `head: softmax regression on frozen features by L-BFGS from zero, L2 ${measured.l2} on standardised features, no augmentation; nothing is drawn at random, so the seed is not used`,
      data: 'brain-tumor-mri/Training: the public combination of figshare 1512427 (Cheng, CC BY 4.0), SARTAJ and Br35H, 5,165 of its 5,712 training images',
      dataSha256: measured.dataSha256,
      images: Object.fromEntries(LABELS.map((label, i) => [label, measured.images[i]])) as Record<
        (typeof LABELS)[number],
        number
      >,
      splitRule:
        'Training only. L2 and temperature were chosen on out-of-fold predictions over five patient-disjoint folds of the Training images listed in patients.csv; the final head was fitted to all of Training. Testing was used once, for the figures below.',
      seed: 0,
    },
    calibration: `temperature ${measured.temperature.toFixed(3)}, fitted by minimal negative log-likelihood on the ${outOfFold.n} patient-disjoint out-of-fold predictions`,
    intendedUse:
      'A second opinion for a radiologist on a single axial, coronal or sagittal slice of a contrast-enhanced T1-weighted brain MRI of an adult. Decision aid only, not a diagnosis.',
    outOfScope: [
      'A diagnosis, or any decision without a reader',
      'Images that are not brain MRI, whole series, children, images after surgery',
      'Other sequences than contrast-enhanced T1 (T2, FLAIR, diffusion, plain T1), and other tumours than glioma, meningioma and pituitary tumour, such as metastases',
    ],
    limits: [
      '“No tumour” is not “healthy”: the no-tumour examples contain cysts, plaques and infarcts, and nothing else than the three tumours is looked for.',
      'It was trained on single slices, without neighbours, other sequences or clinical information.',
      'Source shortcut: all tumour slices of the training data are contrast-enhanced T1 from one source, all no-tumour slices come from elsewhere. Part of what it learned may be the source instead of the tumour.',
      `Of tumours in other sequences it calls ${percent(1 - otherSequences.sensitivity)} “no tumour” (${otherSequences.n} images).`,
      `The public test set flatters it: 73 % of those test images have a near-copy in Training. On patients that it has not seen, expect the patient-disjoint figure (macro recall ${percent(outOfFold.macroRecall)}); meningioma is confused most often.`,
      'The no-tumour images of the five folds are not cleanly divided: near-copies of 1,159 of 1,411 lie in more than one fold (docs/leakage.md), so the no-tumour recall out of fold is flattering, too.',
      'The probabilities are calibrated for images like the training data only; on other images it can be wrong and sure of it.',
    ],
    results: [
      row('Patient-disjoint, out of fold', 'five folds of brain-tumor-mri/Training by patients.csv', date, outOfFold),
      row('Public test split', 'brain-tumor-mri/Testing; 73 % have a near-copy in Training', date, publicTest),
    ],
    tumourSensitivity: [
      {
        name: 'Tumours in other sequences not called “no tumour”',
        data: 'other-sequences: T2, FLAIR, T1 and contrast-enhanced T1 from many scanners, tumour type unknown; images in 83 groups of copies',
        n: otherSequences.n,
        sensitivity: round(otherSequences.sensitivity),
        date,
      },
    ],
    licence: 'Apache-2.0; ImageNet weights by ML Illustrated after Google, Apache-2.0',
  }
}

function row(name: string, data: string, date: string, metrics: Metrics): ModelCard['results'][number] {
  return {
    name,
    data,
    n: metrics.n,
    accuracy: round(metrics.accuracy),
    macroRecall: round(metrics.macroRecall),
    recall: Object.fromEntries(LABELS.map((label, i) => [label, round(metrics.recall[i] ?? 0)])) as Record<
      (typeof LABELS)[number],
      number
    >,
    date,
  }
}

const round = (share: number) => Math.round(share * 1e4) / 1e4
const percent = (share: number) => `${(share * 100).toFixed(1)} %`

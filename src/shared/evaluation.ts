import { z } from 'zod'
import { LABELS } from './labels.ts'
import { label, listedSchema, point, share, shareOrNull, tumourEvaluationSchema } from './tumour-evaluation.ts'

const perLabel = z.record(label, shareOrNull)
const binSchema = z.strictObject({ n: z.int(), confidence: share, accuracy: share })
const calibrationSchema = z.strictObject({
  /** Expected calibration error: 15 bins of equal width, and of equal count. */
  ece: share,
  eceAdaptive: share,
  nll: z.number().min(0),
  /** 0–2: summed over the classes. */
  brier: z.number().min(0).max(2),
  reliability: z.array(binSchema),
})
export type Calibrated = z.infer<typeof calibrationSchema>

const conformalSchema = z.strictObject({
  alpha: share,
  /** Share of images whose set holds the true class; at least 1 − alpha is wanted, of each class. */
  coverage: shareOrNull,
  coveragePerClass: perLabel,
  meanSize: z.number(),
  /** Images with a set of 0, 1, … 4 classes. */
  sizes: z.array(z.int()).length(LABELS.length + 1),
  /** The limits on 1 − p and the validation images that set them; one entry a fold. */
  limits: z.array(perLabel),
  calibrationImages: z.array(z.int()),
})

/** Everything that is measured of one model on one set of images. */
export const evaluationSchema = tumourEvaluationSchema.extend({
  ...calibrationSchema.shape,
  /** Before temperature scaling; null where only the served probabilities are known. */
  beforeTemperature: calibrationSchema.nullable(),
  /** One a fold; null as above. */
  temperatures: z.array(z.number().positive()).nullable(),
  accuracy: shareOrNull,
  macroRecall: shareOrNull,
  macroPrecision: shareOrNull,
  macroSpecificity: shareOrNull,
  macroF1: shareOrNull,
  images: z.record(label, z.int()),
  recall: perLabel,
  precision: perLabel,
  specificity: perLabel,
  f1: perLabel,
  /** `counts[true class][called class]`. */
  confusion: z.strictObject({ labels: z.array(label), counts: z.array(z.array(z.int())) }),
  /** Each class against the others. */
  auroc: z.strictObject({ macro: shareOrNull, perClass: perLabel }),
  auprc: z.strictObject({ macro: shareOrNull, perClass: perLabel }),
  classCurves: z.record(label, z.strictObject({ roc: z.array(point), precisionRecall: z.array(point) })),
  riskCoverage: z.strictObject({
    aurc: share,
    atCoverage: z.array(z.strictObject({ coverage: share, error: share })),
    points: z.array(point),
  }),
  conformal: conformalSchema.nullable(),
  worstErrors: z.array(listedSchema),
})
export type Evaluation = z.infer<typeof evaluationSchema>

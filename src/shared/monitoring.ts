import { z } from 'zod'
import { failureSchema, SOURCES } from './cases.ts'
import { STATISTICS } from './input-statistics.ts'
import { interplaySchema } from './interplay.ts'
import { changesSchema, shareOfSchema } from './reading-changes.ts'

/** The tumours that the model knows. */
export const TUMOURS = ['glioma', 'meningioma', 'pituitary'] as const

const instant = z.iso.datetime()
const share = z.number().min(0).max(1)

/** How a model does on some cases. Signed verdicts are the truth; where a reader could not tell there is none. */
export const useFiguresSchema = z.strictObject({
  /** Cases with an answer. */
  answers: z.int(),
  /** Cases that the model did not judge, pictures and whole series, of these and the answers. */
  unjudged: shareOfSchema,
  /** Of the answers, signed ones that wait for no further reader. */
  signed: z.int(),
  /** Answers that the signed verdict says are right. */
  agreement: shareOfSchema,
  /** Of the signed tumours of each type, those that were called so. */
  recall: z.record(z.enum(TUMOURS), shareOfSchema),
  /** Of those signed as “no tumour”, those that were called so. */
  specificity: shareOfSchema,
  /** Of all signed tumours, those that were called “no tumour”. */
  missed: shareOfSchema,
  /** Signed cases of which the reader could not tell. */
  cannotTell: shareOfSchema,
  /**
   * Answers under a caution, as readers see it: the input gate says `borderline`, the model is sure of no label, or a tumour is
   * called though no one type is more probable than “no tumour”.
   */
  cautions: shareOfSchema,
  /** Expected calibration error against the signed verdicts; null where there are none. */
  ece: share.nullable(),
  /** What agreement would be if confidences mean what they say: over all answers, signed or not. */
  estimate: z.strictObject({ value: share, low: share, high: share, n: z.int() }).nullable(),
  /** Time for one inference, ms. */
  inference: z.strictObject({ p50: z.number(), p95: z.number(), n: z.int() }).nullable(),
})
export type UseFigures = z.infer<typeof useFiguresSchema>

export const DRIFTS = ['confidence', 'labels', 'size', ...STATISTICS, 'distance'] as const
/**
 * What is held against the baseline: confidence in the answer, mix of answers, longer side of the picture, what it looks
 * like, and how far it is from the training images (`distanceTo`).
 */
export type DriftOf = (typeof DRIFTS)[number]

/** A population stability index, and up to where chance alone takes it for so many cases (95 %). */
export const stabilitySchema = z.strictObject({ psi: z.number().min(0), chance: z.number().min(0), n: z.int() })
export type Stability = z.infer<typeof stabilitySchema>

const driftSchema = z.record(z.enum(DRIFTS), stabilitySchema.nullable())
export type Drift = z.infer<typeof driftSchema>

export const TRAINED = ['confidence', 'size', ...STATISTICS, 'distance'] as const
/** What is held against the training set. Its mix of labels was chosen, and says nothing of who comes in. */
export type TrainedOf = (typeof TRAINED)[number]

/** Images, in words. */
const imagesSchema = z.strictObject({ data: z.string(), n: z.int() })

/** What a model carries of the images that it learned from. */
const trainingSchema = imagesSchema.extend({
  /** When they were measured. */
  date: z.iso.date(),
  /** Images that it did not learn from, which its confidences and distances are held against; null where it had none. */
  confidence: imagesSchema.nullable(),
  distance: imagesSchema.extend({ p50: z.number(), p95: z.number() }).nullable(),
})
export type Training = z.infer<typeof trainingSchema>

const trainedDriftSchema = z.strictObject({
  psi: z.record(z.enum(TRAINED), stabilitySchema.nullable()),
  /** From the training images; null where none was measured. */
  distance: z.strictObject({ p50: z.number(), p95: z.number(), n: z.int() }).nullable(),
  /** Of these, those that are farther than 95 % of the images that the model did not learn from; null where it had none. */
  far: shareOfSchema.nullable(),
})
export type TrainedDrift = z.infer<typeof trainedDriftSchema>

/** What this machine had to give; null where Gyrus was not there to look. */
const machineSchema = z
  .strictObject({
    /** Times that the engine had to be started again. */
    restarts: z.int(),
    /** Most memory that the core had, bytes. */
    memoryBytes: z.int(),
    /** Least room on the disk with the data folder, bytes. */
    diskBytes: z.int(),
  })
  .nullable()
export type Machine = z.infer<typeof machineSchema>

export const STEPS = ['month', 'week'] as const
/** Calendar months, or weeks from Monday, UTC. */
export type Step = (typeof STEPS)[number]

/** Empty filters mean “any”. `model` also says whose drift is told; the active model’s where it is null. */
export const monitoringQuerySchema = z.strictObject({
  step: z.enum(STEPS).default('month'),
  /** How many, the running one last. */
  steps: z.int().min(1).max(60).default(12),
  model: z.string().max(200).nullable().default(null),
  source: z.enum(SOURCES).nullable().default(null),
  /** By its name (`scannerOf`); '' is not said by the file. So with `sequence`. */
  scanner: z.string().max(300).nullable().default(null),
  sequence: z.string().max(300).nullable().default(null),
  reader: z.string().max(200).nullable().default(null),
})
export type MonitoringQuery = z.infer<typeof monitoringQuerySchema>

/** Whether it asks for a part of a model's cases. Its first answers here are of all that came in, and say nothing of a part. */
export const isPart = ({ source, scanner, sequence, reader }: MonitoringQuery): boolean =>
  [source, scanner, sequence, reader].some((one) => one !== null)

/** The cases that have this in common. */
const groupSchema = z.strictObject({ name: z.string(), figures: useFiguresSchema })
export type UseGroup = z.infer<typeof groupSchema>

/** Of scanners and sequences, which may be hundreds, so many are shown; all are in the report. */
export const MOST_GROUPS = 20

/** Whether too few verdicts with a finding are signed to take the shares for more than their intervals. */
export const isFew = ({ agreement: { n } }: UseFigures, minimum: number): boolean => n > 0 && n < minimum

export const useReportSchema = z.strictObject({
  /** When it was counted, from this installation’s record. */
  at: instant,
  query: monitoringQuerySchema,
  /** Whose drift it is. */
  driftModel: z.string(),
  /** The model’s first answers here, which drift is measured from; null where there are too few, or not of all cases. */
  baseline: z.strictObject({ n: z.int(), from: instant, until: instant }).nullable(),
  /** What drift from the training set is measured from; null where the model does not carry it, or `trainingFailure`. */
  training: trainingSchema.nullable(),
  trainingFailure: failureSchema.nullable(),
  /** How many answers a baseline takes. */
  baselineOf: z.int(),
  /** Oldest first. A case counts when its answer was given. */
  periods: z.array(
    z.strictObject({
      from: instant,
      until: instant,
      figures: useFiguresSchema,
      /** Readings that began with an impression. A reading counts when it was signed. */
      readings: changesSchema,
      drift: driftSchema.nullable(),
      trained: trainedDriftSchema.nullable(),
      machine: machineSchema,
    }),
  ),
  all: useFiguresSchema,
  /** Of all periods together. */
  interplay: interplaySchema,
  models: z.array(groupSchema),
  sources: z.array(z.strictObject({ name: z.enum(SOURCES), figures: useFiguresSchema })),
  /** By how much they are used, '' last: what the file does not say. So with `sequences`. */
  scanners: z.array(groupSchema),
  sequences: z.array(groupSchema),
  /** Of signed cases. */
  readers: z.array(groupSchema),
})
export type UseReport = z.infer<typeof useReportSchema>

/**
 * What comes in at one place is a part of what a training set has of many. Of the shipped model's own training images, the
 * part in other sequences has indexes up to 1.5; public test images inverted, blurred, made noisy or halved in size have
 * 2.2 and more (docs/monitoring.md).
 */
const TRAINED_PSI = 2
/** Three times what it is where nothing is different. */
const FAR = 0.15

/** Five times what a model may refuse of held-out images. */
const UNJUDGED = 0.1

/** From when on an alarm is raised; null is never. */
export const limitsSchema = z.strictObject({
  /** Agreement below it. */
  agreement: share.nullable(),
  /** Share of tumours called “no tumour” above it. */
  missed: share.nullable(),
  /** Share of cases that the model did not judge above it. */
  unjudged: share.nullable().default(UNJUDGED),
  /** Population stability index above it. */
  psi: z.number().positive().max(10).nullable(),
  /** The same against the training set. */
  trainedPsi: z.number().positive().max(10).nullable().default(TRAINED_PSI),
  /** Share of pictures farther from the training images than 95 % of those that the model did not learn from, above it. */
  far: share.nullable().default(FAR),
  /** 95th percentile of the inference time above it, ms. */
  inferenceMs: z.number().positive().max(600_000).nullable(),
  /** Room on the disk below it, bytes. */
  diskBytes: z.int().positive().max(1e15).nullable(),
  /** Fewer cases than these raise no alarm. */
  minimum: z.int().min(1).max(100_000),
})
export type Limits = z.infer<typeof limitsSchema>

/** Until an administrator sets others. */
export const DEFAULT_LIMITS: Limits = {
  agreement: 0.9,
  missed: 0.05,
  unjudged: UNJUDGED,
  // Siddiqi, “Credit Risk Scorecards” (2006): from 0.25 on a population has changed.
  psi: 0.25,
  trainedPsi: TRAINED_PSI,
  far: FAR,
  inferenceMs: 1_000,
  diskBytes: 5e9,
  minimum: 30,
}

/** Alarms look this far back. */
export const ALARM_DAYS = 30

/**
 * All but the size, which raises none: pictures come in whatever size, and the network sees them all in its own. What that
 * does to them, sharpness and noise tell.
 */
export const TRAINED_ALARMS = ['confidence', ...STATISTICS, 'distance'] as const satisfies TrainedOf[]

export const ALARM_KINDS = [
  'agreement',
  'missed',
  'unjudged',
  ...DRIFTS.map((what) => `drift-${what}` as const),
  ...TRAINED_ALARMS.map((what) => `trained-${what}` as const),
  'far',
  'inference',
  'disk',
] as const
/** `drift-…`: from the first answers here, `trained-…`: from the training set. */
export type AlarmKind = (typeof ALARM_KINDS)[number]
type DriftKind = Extract<AlarmKind, `drift-${string}` | `trained-${string}`>
export type OtherAlarmKind = Exclude<AlarmKind, DriftKind>

/** What an alarm about a stability index is of, and what that was measured from. */
export const driftIn = (kind: DriftKind): { what: DriftOf; from: 'first' | 'training' } =>
  kind.startsWith('drift-')
    ? { what: kind.slice('drift-'.length) as DriftOf, from: 'first' }
    : { what: kind.slice('trained-'.length) as DriftOf, from: 'training' }

export const isDrift = (kind: AlarmKind): kind is DriftKind => kind.startsWith('drift-') || kind.startsWith('trained-')

export const alarmSchema = z.strictObject({
  kind: z.enum(ALARM_KINDS),
  value: z.number(),
  limit: z.number(),
  /** Cases behind the value; null where it is not of cases. */
  n: z.int().nullable(),
})
export type Alarm = z.infer<typeof alarmSchema>

export const monitoringStatusSchema = z.strictObject({
  at: instant,
  /** Answers since then are looked at. */
  from: instant,
  /** The active model: whose answers are looked at. */
  model: z.string(),
  answers: z.int(),
  signed: z.int(),
  alarms: z.array(alarmSchema),
})
export type MonitoringStatus = z.infer<typeof monitoringStatusSchema>

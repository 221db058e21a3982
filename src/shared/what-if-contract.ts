import { z } from 'zod'
import { caseIdSchema, confidencesSchema, instantSchema, labelSchema } from './cases.ts'
import { heatMapSchema } from './explain-contract.ts'
import { HEAT_METHODS } from './heat.ts'
import { answerSetSchema, gateSchema } from './input-gate.ts'
import { FLIPS, stepsSchema, VARIATION_NAMES } from './what-if.ts'

const id = caseIdSchema
/** `frame`: of a file that has several, from 0 on; without it the one that stands for the file. */
const ofCase = { id, frame: z.int().min(0).optional(), steps: stepsSchema }

/** What the model says of a picture after some steps. Never a result. */
const triedSchema = z.strictObject({
  modelId: z.string(),
  confidences: confidencesSchema,
  gate: gateSchema,
  set: answerSetSchema,
  /** Of the picture, px. */
  width: z.int(),
  height: z.int(),
  /** PNG in base64, in the window of the file; of the same proportions, its longer side 1,024 px at most. */
  picture: z.base64(),
  milliseconds: z.strictObject({ edit: z.number(), predict: z.number(), draw: z.number() }),
})
export type Tried = z.infer<typeof triedSchema>

const stabilitySchema = z.strictObject({
  modelId: z.string(),
  /** In the order of `VARIATIONS`. */
  curves: z.record(z.enum(VARIATION_NAMES as ['rotation', 'scale', 'brightness']), z.array(confidencesSchema)),
  flips: z.record(z.enum(FLIPS), confidencesSchema),
  /** How many of all of them the model does not judge. */
  notJudged: z.int(),
})
export type StabilityCard = z.infer<typeof stabilitySchema>

/** An experiment on record. Never a result. */
const experimentSchema = z.strictObject({
  id: z.int(),
  modelId: z.string(),
  /** Null where the model does not judge the picture. */
  label: labelSchema.nullable(),
  confidences: confidencesSchema,
  /** What the input gate said of the picture. */
  gate: gateSchema,
  /** Of the file, from 0 on; null for its one image, or the frame that stands for it. */
  frame: z.int().nullable(),
  /** Null where they were erased with the case. */
  steps: stepsSchema.nullable(),
  by: z.string(),
  at: instantSchema,
  /** The case of the scan that was made of it. */
  scan: caseIdSchema.nullable(),
})
export type Experiment = z.infer<typeof experimentSchema>

/**
 * The part of the contract that is about trying out what changes a prediction. All of it tells the answer, and is kept like
 * it from a reader who has recorded no impression.
 */
export const whatIfContract = {
  /** What the active model says of the case’s picture after these steps. Nothing is kept. */
  'whatIf.try': { may: 'review', input: z.strictObject(ofCase), output: triedSchema },
  /** The heat map of the picture after these steps. */
  'whatIf.heat': {
    may: 'review',
    input: z.strictObject({ ...ofCase, label: labelSchema.optional(), method: z.enum(HEAT_METHODS).optional() }),
    output: heatMapSchema,
  },
  /** How the prediction moves with small changes of the picture after these steps. */
  'whatIf.stability': { may: 'review', input: z.strictObject(ofCase), output: stabilitySchema },
  /** Experiments of a case, newest first. */
  'whatIf.list': {
    may: 'read',
    input: z.strictObject({ id }),
    output: z.strictObject({ experiments: z.array(experimentSchema) }),
  },
  /** Keeps these steps with what the active model says after them, as an experiment. */
  'whatIf.keep': { may: 'review', input: z.strictObject(ofCase), output: experimentSchema },
  /** Makes a new scan of an experiment’s picture, marked as edited; where that was done before, gives the one that there is. */
  'whatIf.saveScan': {
    may: 'review',
    input: z.strictObject({ id, experiment: z.int() }),
    output: z.strictObject({ caseId: caseIdSchema }),
  },
} as const

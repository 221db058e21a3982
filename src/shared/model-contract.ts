import { z } from 'zod'
import { failureSchema } from './cases.ts'
import { SPLIT_NAMES } from './dataset.ts'
import { gateSchema } from './gate.ts'
import { evaluationEntrySchema, readImageSchema, readQuerySchema, shownEvaluationSchema } from './kept-evaluation.ts'
import { modelIdSchema } from './model.ts'
import {
  judgementSchema,
  modelWorkSchema,
  planProposalSchema,
  proposalSchema,
  runResultSchema,
  shownComparisonSchema,
} from './model-work.ts'
import { activationOutcomeSchema, activationSchema, modelDetailSchema, modelRowSchema } from './models.ts'

const reasonSchema = z.string().trim().max(2_000)
const nothing = z.strictObject({})
const modelSchema = z.strictObject({ id: modelIdSchema })
/** One version of a frozen set: pages name sets by it, never by a path. */
const setSchema = z.strictObject({ name: z.string(), version: z.int().min(1) })
const activationInput = modelSchema.extend({
  reason: reasonSchema,
  withoutReference: reasonSchema.min(1).nullable().default(null),
})

/** Requests about models. Long ones go one at a time; events of type `model-work` tell how they come along. */
export const modelContract = {
  /** All models that there are here, with their cards. */
  'models.list': { may: 'read', input: nothing, output: z.array(modelRowSchema) },
  /** One model; all its files are read, so that an altered one is told. */
  'models.get': { may: 'read', input: modelSchema, output: modelDetailSchema },
  /** Trainings whose results come with Gyrus, and whose weights do not. */
  'models.results': { may: 'read', input: nothing, output: z.array(runResultSchema) },
  /** Which model was in force when, and why; newest first. */
  'models.activations': { may: 'read', input: nothing, output: z.array(activationSchema) },
  /** What the gate found of models, newest first: activated, refused, or only tried. */
  'models.judgements': { may: 'read', input: nothing, output: z.array(judgementSchema) },
  /** What a model must show before it may be used. */
  'models.gate': { may: 'read', input: nothing, output: gateSchema },
  /**
   * Changes what is asked, or takes the reference set away; another one has to be locked, not just named. Where two persons
   * are needed, it waits for the second one.
   */
  'models.set-gate': {
    may: 'administer',
    input: z.strictObject({
      gate: gateSchema,
      /** What the page showed: where that is no longer what is asked, nothing changes. */
      seen: z.exactOptional(gateSchema),
    }),
    output: z.strictObject({ waits: z.boolean() }),
  },
  /** The change that waits for another administrator. */
  'models.plan-proposal': { may: 'read', input: nothing, output: planProposalSchema.nullable() },
  'models.withdraw-plan': { may: 'administer', input: nothing, output: nothing },
  /** Puts in force the change that another administrator proposed at that time. */
  'models.confirm-plan': { may: 'administer', input: z.strictObject({ at: z.iso.datetime() }), output: nothing },
  /** Makes a frozen set, or a side of it, the reference set. */
  'models.lock-reference': {
    may: 'administer',
    input: setSchema.extend({ split: z.enum(SPLIT_NAMES).nullable() }),
    output: nothing,
  },
  /** Judges a model as for an activation, and changes nothing. */
  'models.judge': { may: 'administer', input: modelSchema, output: nothing },
  /** Judges a model, which can take minutes, and puts it in force if it passes. */
  'models.activate': { may: 'administer', input: activationInput, output: activationOutcomeSchema },
  /** Asks another administrator to put a model in force. */
  'models.propose': { may: 'administer', input: activationInput, output: nothing },
  /** What was proposed and waits for another administrator. */
  'models.proposal': { may: 'read', input: nothing, output: proposalSchema.nullable() },
  'models.withdraw': { may: 'administer', input: nothing, output: nothing },
  /** Puts in force what another administrator proposed at that time, if it passes. */
  'models.confirm': {
    may: 'administer',
    input: modelSchema.extend({ at: z.iso.datetime() }),
    output: activationOutcomeSchema,
  },
  /** Puts the model before in force again. */
  'models.rollback': {
    may: 'administer',
    input: z.strictObject({
      reason: reasonSchema,
      /** The newest activation that the page showed: a second one at the same time must not go back twice. */
      standing: z.exactOptional(z.int()),
    }),
    output: activationOutcomeSchema,
  },
  /** Begins to compare two models on a frozen set. */
  'models.compare': {
    may: 'administer',
    input: z.strictObject({ first: modelIdSchema, second: modelIdSchema, dataset: setSchema }),
    output: nothing,
  },
  /** What the last comparison found since Gyrus started. It names images. */
  'models.comparison': { may: 'oversee', input: nothing, output: shownComparisonSchema.nullable() },
  /** Begins to measure a model on a frozen set. */
  'models.evaluate': {
    may: 'administer',
    input: modelSchema.extend({ dataset: setSchema }),
    output: nothing,
  },
  /** The report of the last evaluation since Gyrus started, to be fetched once at `path`. It shows images. */
  'models.report': { may: 'oversee', input: nothing, output: z.strictObject({ path: z.string().nullable() }) },
  /** Which evaluations there are of a model. */
  'models.evaluations': {
    may: 'read',
    input: modelSchema,
    output: z.strictObject({
      name: z.string(),
      /** Its weights are not here. */
      resultOnly: z.boolean(),
      evaluations: z.array(evaluationEntrySchema),
    }),
  },
  /** One of them, without its images. */
  'models.evaluation': {
    may: 'read',
    input: modelSchema.extend({ evaluation: z.string() }),
    output: shownEvaluationSchema,
  },
  /** Images of a column (those of the tumour columns count on) and what was said of them, the surest first. */
  'models.evaluated-images': {
    may: 'oversee',
    input: modelSchema.extend({
      evaluation: z.string(),
      column: z.int().min(0),
      query: readQuerySchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(100).default(24),
    }),
    output: z.strictObject({
      total: z.int(),
      images: z.array(readImageSchema),
      /** The frozen set here that has their pictures, at `data-sets/<name>/<version>/<sha256>`. */
      pictures: setSchema.nullable(),
      /** Why that set cannot be looked into. */
      failure: failureSchema.nullable(),
    }),
  },
  /** The long work on models that goes on, or how the last one ended. */
  'models.work': { may: 'read', input: nothing, output: modelWorkSchema },
  'models.cancel-work': { may: 'administer', input: nothing, output: nothing },
} as const

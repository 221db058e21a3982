import { z } from 'zod'
import { failureSchema, sha256Schema as sha256 } from './cases.ts'
import { gateResultSchema, gateSchema } from './gate.ts'
import { cardResultSchema, cardSchema, modelIdSchema } from './model.ts'
import { activationOutcomeSchema, setComparisonSchema } from './models.ts'

const instant = z.iso.datetime()

export const WORK_KINDS = ['activate', 'judge', 'roll-back', 'lock', 'compare', 'evaluate'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** What is worked on, and who asked for it. */
const taskShape = {
  kind: z.enum(WORK_KINDS),
  models: z.array(z.string()),
  /** `NAME@VERSION`; null where no set was chosen. */
  set: z.string().nullable(),
  by: z.string(),
}
const taskSchema = z.strictObject(taskShape)
export type ModelTask = z.infer<typeof taskSchema>

/** Long work on models; one at a time. */
export const modelWorkSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({
    state: z.literal('running'),
    ...taskShape,
    done: z.int(),
    /** 0 while the images are not counted yet. */
    total: z.int(),
    secondsLeft: z.number().nullable(),
  }),
  z.strictObject({
    state: z.literal('done'),
    ...taskShape,
    at: instant,
    /** Of an activation or a judgement. */
    outcome: activationOutcomeSchema.nullable(),
  }),
  z.strictObject({ state: z.literal('failed'), ...taskShape, at: instant, failure: failureSchema }),
])
export type ModelWorkStatus = z.infer<typeof modelWorkSchema>

/** What the gate found of a model, whatever came of it. */
export const judgementSchema = z.strictObject({
  modelId: z.string(),
  at: instant,
  by: z.string(),
  became: z.enum(['activated', 'refused', 'judged']),
  gate: gateResultSchema,
})
export type Judgement = z.infer<typeof judgementSchema>

/** A model that waits for a second administrator. */
export const proposalSchema = z.strictObject({
  modelId: modelIdSchema,
  weightsSha256: sha256,
  by: z.string(),
  at: instant,
  reason: z.string(),
  withoutReference: z.string().nullable(),
})
export type Proposal = z.infer<typeof proposalSchema>

/** A change of the plan that waits for a second administrator. */
export const planProposalSchema = z.strictObject({ gate: gateSchema, by: z.string(), at: instant })
export type PlanProposal = z.infer<typeof planProposalSchema>

/** `results/<id>.json`: a training whose results come with Gyrus, and whose weights do not. */
export const runResultSchema = z.strictObject({
  id: modelIdSchema,
  name: z.string(),
  date: z.iso.date(),
  recipe: z.string(),
  training: cardSchema.shape.training.omit({ recipe: true }),
  /** What the run showed on its validation images when it ended. */
  validation: z.strictObject({ accuracy: z.number(), macroRecall: z.number(), n: z.int() }),
  weightsSha256: sha256,
  results: z.array(cardResultSchema),
})
export type RunResult = z.infer<typeof runResultSchema>

/** The last comparison, with what was compared. */
export const shownComparisonSchema = z.strictObject({
  first: modelIdSchema,
  second: modelIdSchema,
  set: z.string(),
  by: z.string(),
  at: instant,
  result: setComparisonSchema,
  /** SHA-256 of each image that changed, by its name in the set. */
  hashes: z.record(z.string(), sha256),
})
export type ShownComparison = z.infer<typeof shownComparisonSchema>

import { z } from 'zod'
import { failureSchema } from './cases.ts'

/** What came of trying a provider with the model in use. */
export const providerOutcomeSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('works'),
    /** What computed, with version and device, e.g. `onnxruntime-node 1.30.0 cpu`. */
    engine: z.string(),
    /** The largest difference from the golden probabilities, within the model's tolerance. */
    difference: z.number(),
    /** Milliseconds of one image alone, and of each of {@link BATCH} that went through together; the network alone, the quickest run. */
    single: z.number(),
    batch: z.number(),
  }),
  /** A library, a device or an installation that it needs is not here. */
  z.strictObject({ state: z.literal('missing'), reason: z.string() }),
  /** It computes something else than the model said when it was made. */
  z.strictObject({ state: z.literal('refused'), reason: z.string() }),
  z.strictObject({ state: z.literal('failed'), reason: z.string() }),
])
export type ProviderOutcome = z.infer<typeof providerOutcomeSchema>

/** Images in a measured batch: as many as the engine gives the network at a time. */
export const BATCH = 16

/** What a provider is there for: `read` scans, the first that works; `train`; or `none`, it is only found. */
export const PROVIDER_ROLES = ['read', 'train', 'none'] as const

export const foundProviderSchema = z.strictObject({
  /** E.g. `onnxruntime-cpu`. */
  id: z.string(),
  role: z.enum(PROVIDER_ROLES),
})
export type FoundProvider = z.infer<typeof foundProviderSchema>

/** What was found when all providers were tried, and from when and where it is. */
export const measuredSchema = z.strictObject({
  at: z.string(),
  version: z.string(),
  model: z.string(),
  machine: z.strictObject({ cpu: z.string(), cores: z.int(), gpu: z.string().nullable() }),
  outcomes: z.record(z.string(), providerOutcomeSchema),
})
export type Measured = z.infer<typeof measuredSchema>

export const measuringSchema = z.strictObject({
  /** The one that is being tried. */
  provider: z.string(),
  share: z.number().min(0).max(1),
  secondsLeft: z.number().nullable(),
})
export type Measuring = z.infer<typeof measuringSchema>

/** All providers of inference, in the order in which reading takes them. */
export const providersSchema = z.strictObject({
  found: z.array(foundProviderSchema),
  /** What reads now; null while the engine has no model. */
  used: z.strictObject({ provider: z.string(), engine: z.string(), model: z.string() }).nullable(),
  measured: measuredSchema.nullable(),
  measuring: measuringSchema.nullable(),
  /** Why the last measurement here came to nothing. */
  failure: failureSchema.nullable(),
})
export type Providers = z.infer<typeof providersSchema>

/** The provider that an engine started now would read with, by what was measured; null where none works. */
export const readsWith = (found: FoundProvider[], { outcomes }: Measured): string | null =>
  found.find(({ id, role }) => role === 'read' && outcomes[id]?.state === 'works')?.id ?? null

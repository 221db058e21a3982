import { z } from 'zod'
import { failureSchema } from './cases.ts'

/**
 * Steps of an installation, in this order. `check` loads what was compiled and computes with it; `finish` makes it the
 * installed engine.
 */
export const INSTALL_STEPS = ['library', 'binding', 'headers', 'unpack', 'compile', 'check', 'finish'] as const
export type InstallStep = (typeof INSTALL_STEPS)[number]

export const installProgressSchema = z.strictObject({
  step: z.enum(INSTALL_STEPS),
  /** Place of the step among all, from 1, and their number. */
  index: z.int(),
  of: z.int(),
  /** Of the whole installation. */
  share: z.number().min(0).max(1),
  /** By how long it took so far; null at the beginning. */
  secondsLeft: z.number().nullable(),
})
export type InstallProgress = z.infer<typeof installProgressSchema>

/** Where a native engine can come from, best first. */
export const ENGINE_KINDS = ['gpu-package', 'package', 'installed'] as const
export type EngineKind = (typeof ENGINE_KINDS)[number]

/** Which native engine trains whole networks here, and why not another one. */
export const nativeEngineSchema = z.strictObject({
  /** Whole networks, or without a native engine only the last layer. */
  training: z.enum(['full', 'head-only']),
  used: z
    .strictObject({
      kind: z.enum(ENGINE_KINDS),
      version: z.string(),
      bytes: z.int(),
      /** When it computed rightly on this machine; null where it was not installed by Gyrus. */
      verifiedAt: z.string().nullable(),
    })
    .nullable(),
  others: z.array(z.strictObject({ kind: z.enum(ENGINE_KINDS), reason: z.string() })),
  /** What stands in the way of an installation; empty where nothing does. */
  obstacles: z.array(failureSchema),
  /** Of an installation that was begun and not finished. */
  unfinishedBytes: z.int(),
  /** Of an installation that runs here; null where none does. */
  progress: installProgressSchema.nullable(),
  /** Why the last installation here came to nothing. */
  failure: failureSchema.nullable(),
})
export type NativeEngineInfo = z.infer<typeof nativeEngineSchema>

import { z } from 'zod'
import { MAX_LOCK_MINUTES, MAX_TOKEN_DAYS, ROLES } from './accounts.ts'

export const lockMinutesSchema = z.int().min(1).max(MAX_LOCK_MINUTES)

export const tokenDaysSchema = z.int().min(1).max(MAX_TOKEN_DAYS)

export const roleSchema = z.enum(ROLES)
/** Any text: what is wrong with a name or a password is told by a code of its own. */
export const nameInputSchema = z.string().max(200)
export const passwordInputSchema = z.string().max(1000)
export const fullNameSchema = z.string().trim().min(1).max(100)

export const accountSchema = z.strictObject({
  name: z.string(),
  fullName: z.string(),
  role: roleSchema,
  active: z.boolean(),
  /** It has a one-time password that was not changed yet. */
  mustChange: z.boolean(),
  createdAt: z.string(),
  createdBy: z.string(),
  signedInAt: z.string().nullable(),
  /** Failed tries since it was signed in to last. */
  failures: z.int(),
})
export type Account = z.infer<typeof accountSchema>

export const tokenSchema = z.strictObject({
  id: z.string(),
  account: z.string(),
  purpose: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
})
export type AccountToken = z.infer<typeof tokenSchema>
/** Shown once, to the administrator who asked for it. */
export const oneTimePasswordSchema = z.strictObject({ password: z.string() })
export const purposeSchema = z.string().trim().min(1).max(200)

/** Where a page stands: `setup` while there is no account at all. */
export const sessionSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('setup') }),
  z.strictObject({ state: z.literal('signed-out') }),
  z.strictObject({
    state: z.literal('signed-in'),
    name: z.string(),
    fullName: z.string(),
    role: roleSchema,
    /** Nothing else can be done before the one-time password was changed. */
    mustChange: z.boolean(),
    lockMinutes: lockMinutesSchema,
  }),
])
export type SessionState = z.infer<typeof sessionSchema>

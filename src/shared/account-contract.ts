import { z } from 'zod'
import {
  accountSchema,
  fullNameSchema,
  lockMinutesSchema,
  nameInputSchema,
  oneTimePasswordSchema,
  passwordInputSchema,
  purposeSchema,
  roleSchema,
  sessionSchema,
  tokenDaysSchema,
  tokenSchema,
} from './account-schemas.ts'

/** The part of the contract that is about sessions and accounts. */
export const accountContract = {
  /** Where this page stands: nobody yet, nobody now, or who. */
  'session.get': { may: 'anyone', input: z.strictObject({}), output: sessionSchema },
  /** Makes the first account, an administrator, and signs it in; only while there is none. */
  'session.set-up': {
    may: 'anyone',
    input: z.strictObject({ name: nameInputSchema, fullName: fullNameSchema, password: passwordInputSchema }),
    output: sessionSchema,
  },
  'session.sign-in': {
    may: 'anyone',
    input: z.strictObject({ name: nameInputSchema, password: passwordInputSchema }),
    output: sessionSchema,
  },
  /** Ends the session: by the reader, or because nobody touched key or mouse. */
  'session.lock': {
    may: 'own',
    input: z.strictObject({ because: z.enum(['asked', 'idle', 'screen']).default('asked') }),
    output: z.strictObject({}),
  },
  /** Somebody is there: a key, the mouse. What the page asks by itself does not count. */
  'session.touch': { may: 'own', input: z.strictObject({}), output: z.strictObject({}) },
  /** Ends all other sessions of the account. */
  'session.change-password': {
    may: 'own',
    input: z.strictObject({ password: passwordInputSchema, newPassword: passwordInputSchema }),
    output: sessionSchema,
  },
  'accounts.list': {
    may: 'administer',
    input: z.strictObject({}),
    output: z.strictObject({ accounts: z.array(accountSchema), lockMinutes: lockMinutesSchema }),
  },
  /** Gives a one-time password, which is shown this once and must be changed when it is used. */
  'accounts.add': {
    may: 'administer',
    input: z.strictObject({ name: nameInputSchema, fullName: fullNameSchema, role: roleSchema }),
    output: oneTimePasswordSchema,
  },
  'accounts.set-role': {
    may: 'administer',
    input: z.strictObject({ name: nameInputSchema, role: roleSchema }),
    output: z.strictObject({}),
  },
  'accounts.set-active': {
    may: 'administer',
    input: z.strictObject({ name: nameInputSchema, active: z.boolean() }),
    output: z.strictObject({}),
  },
  /** Gives a new one-time password, and ends the account's sessions. */
  'accounts.reset-password': {
    may: 'administer',
    input: z.strictObject({ name: nameInputSchema }),
    output: oneTimePasswordSchema,
  },
  'accounts.tokens': {
    may: 'administer',
    input: z.strictObject({}),
    output: z.strictObject({ tokens: z.array(tokenSchema) }),
  },
  /** A token for a program that acts for the account; shown this once. */
  'accounts.add-token': {
    may: 'administer',
    input: z.strictObject({ name: nameInputSchema, purpose: purposeSchema, days: tokenDaysSchema }),
    output: z.strictObject({ id: z.string(), token: z.string() }),
  },
  'accounts.revoke-token': {
    may: 'administer',
    input: z.strictObject({ id: z.string().max(40) }),
    output: z.strictObject({}),
  },
  'accounts.set-lock': {
    may: 'administer',
    input: z.strictObject({ minutes: lockMinutesSchema }),
    output: z.strictObject({}),
  },
} as const

import { z } from 'zod'
import {
  AUDIT_FORMATS,
  auditPageSchema,
  auditPlaceSchema,
  auditQuerySchema,
  headsStatusSchema,
  verifyStatusSchema,
} from './audit.ts'

/** The part of the contract that is about the audit trail. */
export const auditContract = {
  /** Entries of the audit trail, newest first; each page begins behind the one before. */
  'audit.list': {
    may: 'read',
    input: z.strictObject({
      query: auditQuerySchema,
      after: auditPlaceSchema.nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: auditPageSchema,
  },
  'audit.count': {
    may: 'read',
    input: z.strictObject({ query: auditQuerySchema }),
    output: z.strictObject({ total: z.int() }),
  },
  /** Values that the filters can offer. */
  'audit.facets': {
    may: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ actors: z.array(z.string()), acts: z.array(z.string()) }),
  },
  /** Begins to verify the trail and what it binds; events of type `audit-verify` tell how it comes along. */
  'audit.verify': {
    may: 'read',
    input: z.strictObject({ files: z.boolean().default(false) }),
    output: z.strictObject({}),
  },
  'audit.verifyStatus': { may: 'read', input: z.strictObject({}), output: verifyStatusSchema },
  'audit.cancelVerify': { may: 'read', input: z.strictObject({}), output: z.strictObject({}) },
  /** Logs an export and prepares it; it can be fetched once, from `path`. */
  'audit.export': {
    may: 'read',
    input: z.strictObject({ format: z.enum(AUDIT_FORMATS), query: auditQuerySchema }),
    output: z.strictObject({ path: z.string() }),
  },
  /** What to write on a command line where the trail is broken: to find out since when, and to restore the newest backup. */
  'audit.commands': {
    may: 'oversee',
    input: z.strictObject({}),
    output: z.strictObject({ verify: z.string(), restore: z.string() }),
  },
  /** How signed heads leave this installation. */
  'audit.heads': { may: 'read', input: z.strictObject({}), output: headsStatusSchema },
  /** Where a signed head goes every day. Only shells whose user chose the folder by a native dialog offer it. */
  'audit.setHeadsFolder': {
    may: 'administer',
    input: z.strictObject({ folder: z.string().min(1).nullable() }),
    output: z.strictObject({}),
  },
} as const

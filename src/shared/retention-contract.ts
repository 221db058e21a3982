import { z } from 'zod'
import { caseIdSchema } from './cases.ts'
import {
  erasedPatientSchema,
  HOLD_SCOPES,
  holdSchema,
  patientPreviewSchema,
  retentionPlanSchema,
  retentionRulesSchema,
  retentionStatusSchema,
} from './retention.ts'

const reason = z.string().trim().min(1).max(2_000)
const caseIds = z.array(caseIdSchema).min(1).max(10_000)

/** The part of the contract that is about how long cases are kept, and about all that one patient has. */
export const retentionContract = {
  'retention.status': { may: 'oversee', input: z.strictObject({}), output: retentionStatusSchema },
  /** A dry run: what would go now, by the rules that are set or, where they are given, by others. */
  'retention.plan': {
    may: 'oversee',
    input: z.strictObject({ rules: retentionRulesSchema.nullable().default(null) }),
    output: retentionPlanSchema,
  },
  /** They are carried out every day from the next day on. */
  'retention.set': {
    may: 'administer',
    input: z.strictObject({ rules: retentionRulesSchema }),
    output: z.strictObject({}),
  },
  /** Carries the rules out now; events of type `retention` tell how it comes along. */
  'retention.run': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** The time is right, although the clock went on far at once. */
  'retention.confirm-clock': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** Legal holds in force. */
  'holds.list': {
    may: 'oversee',
    input: z.strictObject({}),
    output: z.strictObject({ holds: z.array(holdSchema) }),
  },
  'holds.place': {
    may: 'administer',
    input: z.strictObject({ caseId: caseIdSchema, scope: z.enum(HOLD_SCOPES), reason }),
    output: z.strictObject({}),
  },
  'holds.lift': {
    may: 'administer',
    input: z.strictObject({ id: z.int(), reason }),
    output: z.strictObject({}),
  },
  /** What is there of a patient by ID, or of a case by its id or the code of its report. */
  'patients.find': {
    may: 'administer',
    input: z.strictObject({ name: z.string().trim().min(1).max(200) }),
    output: patientPreviewSchema,
  },
  /** Everything of these cases as a ZIP archive; on record before it is made. */
  'patients.export': {
    may: 'administer',
    input: z.strictObject({ caseIds }),
    output: z.strictObject({ path: z.string() }),
  },
  /** For good. Exactly these cases, as they were shown: one that came since is not among them. */
  'patients.erase': {
    may: 'administer',
    input: z.strictObject({ caseIds, reason }),
    output: erasedPatientSchema,
  },
} as const

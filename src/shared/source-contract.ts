import { z } from 'zod'
import { privateKeySchema } from './certificates.ts'
import { sourceRuleSchema } from './source-rule.ts'
import { folderStatusSchema, listenerSettingsSchema, listenerStatusSchema, sourceIdSchema } from './sources.ts'

const nothing = z.strictObject({})

/** The part of the contract that is about scans that come by themselves. */
export const sourceContract = {
  'sources.list': {
    may: 'oversee',
    input: nothing,
    output: z.strictObject({ listener: listenerStatusSchema, folders: z.array(folderStatusSchema) }),
  },
  /** In force at once; associations that are open end. `key`: null takes it away; left out, it stays. */
  'sources.set-listener': {
    may: 'administer',
    input: listenerSettingsSchema.extend({ key: privateKeySchema.nullable().optional() }),
    output: nothing,
  },
  /** Only shells whose user chose it by a native dialog offer it. */
  'sources.add-folder': {
    may: 'administer',
    input: z.strictObject({ path: z.string().min(1).max(4_000), subFolders: z.boolean() }),
    output: nothing,
  },
  'sources.set-folder': {
    may: 'administer',
    input: z.strictObject({ id: z.uuid(), on: z.boolean(), subFolders: z.boolean() }),
    output: nothing,
  },
  /** In force at once. Files of a folder that the rule before passed over are looked at again. */
  'sources.set-rule': {
    may: 'administer',
    input: z.strictObject({ id: sourceIdSchema, rule: sourceRuleSchema }),
    output: nothing,
  },
  /** No longer watched; what came from it stays. */
  'sources.remove-folder': { may: 'administer', input: z.strictObject({ id: z.uuid() }), output: nothing },
} as const

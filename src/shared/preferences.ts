import { z } from 'zod'
import { CHANGEABLE, type ChangeableAction, type ChangedKeys, holderOf, isAssignable, MOUSE_ROLES } from './keys.ts'
import { LANGUAGES } from './language.ts'
import { departmentSchema } from './monthly.ts'
import { PAPERS } from './report.ts'

/** What a reader set for this machine. What was not changed is not kept, so that a better default reaches everyone. */
export const preferencesSchema = z
  .strictObject({
    keys: z.partialRecord(
      z.enum(CHANGEABLE),
      z.string().refine(isAssignable, { message: 'the key cannot be given to an action' }).nullable(),
    ),
    mouse: z.strictObject({ left: z.enum(MOUSE_ROLES), middle: z.enum(MOUSE_ROLES), right: z.enum(MOUSE_ROLES) }),
    /** Of reports; A4 where it was never chosen. */
    paper: z.enum(PAPERS).optional(),
    /** Of a stack that plays by itself: slices a second, and whether it turns round at its ends; 10, and no, at first. */
    cine: z.strictObject({ rate: z.int().min(1).max(60), bounce: z.boolean() }).optional(),
    /** Heat maps: how much they hide of the image, and whether only their outline is drawn; 0.6, and no, at first. */
    heat: z.strictObject({ opacity: z.number().min(0.1).max(1), outline: z.boolean() }).optional(),
    /** Of the screens; that of the department or of the browser where it was never chosen. */
    language: z.enum(LANGUAGES).optional(),
    /** What the report of a month names as its department. */
    department: departmentSchema.optional(),
  })
  .refine(({ keys }) => CHANGEABLE.every((action) => isAlone(action, keys)), {
    message: 'a key does one thing on a screen',
  })
export type Preferences = z.infer<typeof preferencesSchema>

function isAlone(action: ChangeableAction, keys: ChangedKeys): boolean {
  const key = keys[action]
  return typeof key !== 'string' || holderOf(key, action, keys) === null
}

import { z } from 'zod'
import { LANGUAGES } from './language.ts'

const languageSchema = z.enum(LANGUAGES).nullable()

/** The part of the contract that is about the language of the screens. Which one a reader chose is one of their preferences. */
export const languageContract = {
  /** Asked before anybody is signed in. Null where nothing was chosen: then the browser or the system says. */
  'language.get': {
    may: 'anyone',
    input: z.strictObject({}),
    output: z.strictObject({
      /** Of who is signed in here. */
      own: languageSchema,
      department: languageSchema,
    }),
  },
  /** For all who chose none. */
  'language.set-department': {
    may: 'administer',
    input: z.strictObject({ language: languageSchema }),
    output: z.strictObject({}),
  },
} as const

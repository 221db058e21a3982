import { z } from 'zod'
import { VERDICTS, type Verdict, verdictLabelSchema } from './cases.ts'
import type { VerdictLabel } from './labels.ts'

/** What a reader says of a case, in whichever request. */
export const verdictInput = {
  verdict: z.enum(VERDICTS),
  /** Required for `disagree` and `own`, else null. */
  label: verdictLabelSchema.nullable().default(null),
  comment: z.string().max(4000).default(''),
}
export const labelFits = ({ verdict, label }: { verdict: Verdict; label: VerdictLabel | null }) =>
  (verdict === 'disagree' || verdict === 'own') === (label !== null)
export const LABEL_UNFIT = { message: 'a label goes with disagree and with own, and only with them' }

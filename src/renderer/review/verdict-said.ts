import type { VerdictRecord } from '../../shared/cases.ts'
import { texts } from '../texts.ts'

/** A verdict in one line: what it says, and the label that was given with it. */
export const saidShort = ({ verdict, label }: Pick<VerdictRecord, 'verdict' | 'label'>): string =>
  label ? texts.verdict.withLabelShort(texts.verdicts[verdict], texts.verdictLabels[label]) : texts.verdicts[verdict]

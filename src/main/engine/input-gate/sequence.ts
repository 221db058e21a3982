import { isOtherSequence } from '../../../shared/sequence.ts'
import type { Check } from './types.ts'

/** The model learned from T1, and of other sequences only that there may be a tumour. */
export const sequence: Check = {
  reason: 'sequence',
  judge: ({ dicom }) => (dicom && isOtherSequence(dicom) ? 'outside' : null),
}

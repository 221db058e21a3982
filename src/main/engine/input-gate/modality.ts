import { isPossiblyMr } from '../../../shared/cautions.ts'
import type { Check } from './types.ts'

export const modality: Check = {
  reason: 'modality',
  judge: ({ dicom }) => (dicom && !isPossiblyMr(dicom.modality) ? 'outside' : null),
}

import { planeOf } from '../../../shared/named-plane.ts'
import type { Check } from './types.ts'

/** More than 30° off every plane that a head is cut in. */
export const plane: Check = {
  reason: 'plane',
  judge: ({ dicom }) => (dicom && planeOf(dicom) === 'oblique' ? 'outside' : null),
}

import type { KeptObject, ObjectKind } from '../../store/types.ts'
import { KEY_OBJECT_SELECTION } from '../dicom-objects/key-objects.ts'
import { KINDS } from '../dicom-objects/modules.ts'
import { SECONDARY_CAPTURE } from '../dicom-objects/secondary-capture.ts'
import { COMPREHENSIVE_3D_SR } from '../dicom-objects/structured-report.ts'
import type { ObjectReference, Source } from '../dicom-objects/types.ts'
import { derivedUid } from '../dicom-objects/uid.ts'

const OF_KIND: Record<ObjectKind, { classUid: string; modality: string }> = {
  SR: { classUid: COMPREHENSIVE_3D_SR, modality: KINDS.report.modality },
  SC: { classUid: SECONDARY_CAPTURE, modality: KINDS.picture.modality },
  KO: { classUid: KEY_OBJECT_SELECTION, modality: KINDS.keyObjects.modality },
}

/**
 * How objects on record are referred to, newest first. Their series is found again from what they were made of: the record
 * keeps nothing that leads to the study, which an erasure would have to take back.
 *
 * @param before oldest first
 */
export const predecessorsOf = (before: KeptObject[], { study }: Source): ObjectReference[] =>
  before.toReversed().map(({ kind, uid, installation }) => {
    const { classUid, modality } = OF_KIND[kind]
    const seriesUid = derivedUid(installation, 'series', modality, study.uid)
    return { studyUid: study.uid, seriesUid, classUid, uid }
  })

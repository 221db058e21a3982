import { referenceOf } from './content.ts'
import type { DataSet } from './data-set.ts'
import type { ImageReference, ObjectReference, Source } from './types.ts'

type Instance = Pick<ImageReference, 'seriesUid' | 'classUid' | 'uid'>

/** Current Requested Procedure Evidence Sequence: every image that a document refers to, by study and series, once. */
export const evidenceOf = ({ study, images }: Source): DataSet[] => [hierarchy(study.uid, images)]

/** Predecessor Documents Sequence, one item a study. */
export function predecessorsOf(objects: ObjectReference[]): DataSet[] {
  const studies = Map.groupBy(objects, ({ studyUid }) => studyUid)
  return [...studies].map(([uid, inside]) => hierarchy(uid, inside))
}

function hierarchy(studyUid: string, instances: Instance[]): DataSet {
  const series = Map.groupBy(instances, ({ seriesUid }) => seriesUid)
  return {
    ReferencedSeriesSequence: [...series].map(([SeriesInstanceUID, inside]) => {
      const once = new Map(inside.map((instance) => [instance.uid, instance]))
      return {
        ReferencedSOPSequence: [...once.values()].map((instance) => referenceOf({ ...instance, frames: [] })),
        SeriesInstanceUID,
      }
    }),
    StudyInstanceUID: studyUid,
  }
}

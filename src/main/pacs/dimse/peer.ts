import { GyrusError } from '../../../shared/errors.ts'
import { type FoundImage, type FoundSeries, MAX_IMAGES, MAX_SERIES, MAX_STUDIES } from '../../../shared/pacs.ts'
import { STORAGE_CLASSES } from '../../listener/uids.ts'
import type { Peer } from '../peer.ts'
import type { Progress, What } from '../protocol.ts'
import type { Called } from './association.ts'
import { find } from './find.ts'
import { imageKeys, isOfModality, seriesKeys, studyKeys, toImage, toSeries, toStudy } from './keys.ts'
import { get, move } from './retrieve.ts'
import { store } from './store.ts'
import { test } from './test.ts'

/** Modalities of series without images, PS3.3 C.7.3.1.1.1. */
const WITHOUT_IMAGES: ReadonlySet<string> = new Set(
  'SR PR KO DOC REG SEG FID RWV RTSTRUCT RTPLAN RTRECORD PLAN ECG HD EPS RESP AU SMR'.split(' '),
)

/** A PACS by DIMSE, PS3.7. `listenerAe`: where C-MOVE is to send to. */
export const dimsePeer = (called: Called, listenerAe: string): Peer => ({
  test: () => test(called),
  studies: async (query) => {
    const unseen = once<string>()
    const { found, more } = await find(called, studyKeys(query), MAX_STUDIES, (set) => {
      const study = toStudy(set)
      return study && isOfModality(study, query.modality) && unseen(study.studyUid) ? study : null
    })
    return { studies: found, more }
  },
  series: (studyUid) => seriesOf(called, studyUid),
  images: (studyUid, seriesUid) => imagesOf(called, studyUid, seriesUid),
  retrieve: async (what, sink) => {
    const end = await (called.settings.retrieveBy === 'get'
      ? get(called, what, sink)
      : move(called, what, sink, listenerAe))
    return end.failed === 0 ? end : withoutOthers(called, what, end)
  },
  store: (objects) => store(called, objects),
})

async function seriesOf(called: Called, studyUid: string): Promise<FoundSeries[]> {
  const unseen = once<string>()
  const { found } = await find(called, seriesKeys(studyUid), MAX_SERIES, (set) => {
    const series = toSeries(set)
    return series && unseen(series.seriesUid) ? series : null
  })
  return found
}

async function imagesOf(called: Called, studyUid: string, seriesUid: string): Promise<FoundImage[]> {
  const unseen = once<string>()
  const { found } = await find(called, imageKeys(studyUid, seriesUid), MAX_IMAGES, (set) => {
    const image = toImage(set)
    return image && unseen(image.instanceUid) ? image : null
  })
  return found
}

/**
 * What a PACS counts as failed because nobody here takes its kind (reports, presentation states) is told apart from
 * images that it could not send. Where it does not say what it has, all stays failed.
 */
async function withoutOthers(called: Called, { studyUid, seriesUid }: What, end: Progress): Promise<Progress> {
  let others = 0
  try {
    const series = await seriesOf(called, studyUid)
    for (const one of series.filter((one) => seriesUid === null || one.seriesUid === seriesUid)) {
      const images = await imagesOf(called, studyUid, one.seriesUid)
      others += images.filter((image) => isOther(image, one)).length
    }
  } catch (error) {
    if (called.signal.aborted || !(error instanceof GyrusError)) throw error
    return end
  }
  const passed = Math.min(end.failed, Math.max(0, others - end.passed))
  return {
    ...end,
    passed: end.passed + passed,
    failed: end.failed - passed,
    total: end.total === null ? null : end.total - passed,
  }
}

/** By its class; where the PACS does not say that of images, as DCMTK's does not, by the modality of its series. */
const isOther = ({ classUid }: FoundImage, { modality }: FoundSeries): boolean =>
  classUid === '' ? WITHOUT_IMAGES.has(modality) : !STORAGE_CLASSES.has(classUid)

/** Whether a value was not there before. */
function once<T>(): (value: T) => boolean {
  const seen = new Set<T>()
  return (value) => !seen.has(value) && Boolean(seen.add(value))
}

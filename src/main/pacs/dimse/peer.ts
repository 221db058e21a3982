import { MAX_IMAGES, MAX_SERIES, MAX_STUDIES } from '../../../shared/pacs.ts'
import type { Peer } from '../peer.ts'
import type { Called } from './association.ts'
import { find } from './find.ts'
import { imageKeys, isOfModality, seriesKeys, studyKeys, toImage, toSeries, toStudy } from './keys.ts'
import { get, move } from './retrieve.ts'
import { store } from './store.ts'
import { test } from './test.ts'

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
  series: async (studyUid) => {
    const unseen = once<string>()
    const { found } = await find(called, seriesKeys(studyUid), MAX_SERIES, (set) => {
      const series = toSeries(set)
      return series && unseen(series.seriesUid) ? series : null
    })
    return found
  },
  images: async (studyUid, seriesUid) => {
    const unseen = once<string>()
    const { found } = await find(called, imageKeys(studyUid, seriesUid), MAX_IMAGES, (set) => {
      const image = toImage(set)
      return image && unseen(image.instanceUid) ? image : null
    })
    return found
  },
  retrieve: (what, sink) =>
    called.settings.retrieveBy === 'get' ? get(called, what, sink) : move(called, what, sink, listenerAe),
  store: (objects) => store(called, objects),
})

/** Whether a value was not there before. */
function once<T>(): (value: T) => boolean {
  const seen = new Set<T>()
  return (value) => !seen.has(value) && Boolean(seen.add(value))
}

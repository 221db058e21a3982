import type { WebSettings } from '../../../shared/pacs.ts'
import type { Peer } from '../peer.ts'
import type { Server } from './http.ts'
import { retrieve } from './retrieve.ts'
import { findImages, findSeries, findStudies } from './search.ts'
import { store } from './store.ts'

/** A PACS that is spoken to by DICOMweb (PS3.18): QIDO-RS, WADO-RS, STOW-RS. `secret`: password or token. */
export function webPeer(settings: WebSettings, secret: string | null, signal: AbortSignal): Peer {
  const server: Server = { settings, secret, signal }
  return {
    async test() {
      const began = performance.now()
      await findStudies(server, ANY, 1)
      // Whether it gives and takes shows only when it is asked to.
      return { milliseconds: Math.round(performance.now() - began), services: ['find'] }
    },
    studies: (query) => findStudies(server, query),
    series: (studyUid) => findSeries(server, studyUid),
    images: (studyUid, seriesUid) => findImages(server, studyUid, seriesUid),
    retrieve: (what, sink) => retrieve(server, what, sink),
    store: (objects) => store(server, objects),
  }
}

const ANY = {
  ...{ patientName: '', patientId: '', accessionNumber: '', studyDateFrom: '', studyDateTo: '' },
  ...{ modality: '', description: '' },
}

import { GyrusError } from '../../../shared/errors.ts'
import type { Sink } from '../peer.ts'
import type { Progress, What } from '../protocol.ts'
import { type Answer, exchange, type Server } from './http.ts'
import { boundaryOf, MultipartError, type Part, readMultipart } from './multipart.ts'
import { findSeries } from './search.ts'
import { refuseStatus } from './status.ts'
import { type Became, Taking } from './taking.ts'

/** Of a study: a long functional series has some 10,000 slices. */
const MAX_OBJECTS = 50_000
/** Of all that comes for one question, bytes. */
const MAX_BYTES = 64 * 2 ** 30
/** For one object, ms. */
const OBJECT_MS = 15 * 60_000

/**
 * Has a study, or a series of it, sent in the transfer syntaxes that it is stored in (PS3.18 10.4). What Gyrus cannot read
 * – reports, presentation states – is passed over.
 *
 * @throws GyrusError `pacs-*`, `cancelled`; what came before stays
 */
export async function retrieve(server: Server, what: What, sink: Sink): Promise<Progress> {
  const { studyUid, seriesUid } = what
  const pacs = server.settings.name
  const total = await countOf(server, what)
  const path = seriesUid === null ? `/studies/${studyUid}` : `/studies/${studyUid}/series/${seriesUid}`
  const answer = await exchange(server, {
    path,
    accept: 'multipart/related; type="application/dicom"; transfer-syntax=*',
  })
  if (answer.status === 404 || answer.status === 204 || answer.status === 410) {
    answer.drop()
    throw new GyrusError('pacs-nothing-there', { pacs })
  }
  refuseStatus(answer, server, 'retrieving (WADO-RS)')
  const progress: Progress = { done: 0, failed: 0, passed: 0, total }
  try {
    for await (const part of partsOf(answer, server, sink)) {
      const became = await take(part, what, server, sink)
      if (became === 'kept') progress.done += 1
      else if (became !== 'passed-over') progress.failed += 1
      else {
        progress.passed += 1
        if (progress.total !== null) progress.total -= 1
      }
      sink.onProgress({ ...progress })
      // What follows would find no room either.
      if (became === 'out-of-resources') break
    }
  } catch (error) {
    throw error instanceof MultipartError ? new GyrusError('pacs-malformed', { pacs, reason: error.message }) : error
  } finally {
    answer.drop()
  }
  return progress
}

/** How many objects there are, where the server says it: without that it is asked for them all the same. */
async function countOf(server: Server, { studyUid, seriesUid }: What): Promise<number | null> {
  const all = await findSeries(server, studyUid).catch((error: GyrusError) => {
    if (error.code === 'cancelled') throw error
    return null
  })
  const counts = all?.filter((one) => seriesUid === null || one.seriesUid === seriesUid).map(({ images }) => images)
  if (!counts || counts.length === 0) return null
  return counts.reduce((sum, images) => (sum === null || images === null ? null : sum + images), 0)
}

function partsOf(answer: Answer, { settings }: Server, { maxObjectMegabytes }: Sink): AsyncIterable<Part> {
  const pacs = settings.name
  const boundary = boundaryOf(answer.type)
  if (boundary === null) throw new GyrusError('pacs-malformed', { pacs, reason: 'it is not in parts' })
  if ((answer.bytes ?? 0) > MAX_BYTES) throw new GyrusError('pacs-too-much', { pacs, reason: 'more than 64 GB' })
  // One that is too large is thrown away by itself; one without end ends it all.
  const limits = { maxParts: MAX_OBJECTS, maxPartBytes: 2 * maxObjectMegabytes * 2 ** 20, maxBytes: MAX_BYTES }
  return readMultipart(answer.body, boundary, limits)
}

/** One object to a file and to the core. What stands in its way here is its own; what the server does wrong ends it all. */
async function take(part: Part, what: What, server: Server, sink: Sink): Promise<Became> {
  const taking = new Taking(what, sink)
  const until = performance.now() + OBJECT_MS
  const pacs = server.settings.name
  try {
    for await (const piece of part.content) {
      const problem = await taking.add(Buffer.from(piece))
      if (problem !== null) throw new GyrusError('pacs-malformed', { pacs, reason: problem })
      if (performance.now() > until) throw new GyrusError('pacs-timeout', { pacs })
    }
    return await taking.end()
  } finally {
    await taking.discard()
  }
}

import { randomUUID } from 'node:crypto'
import { GyrusError } from '../../../shared/errors.ts'
import type { Stored } from '../peer.ts'
import { intOf, itemsOf, type JsonDataSet, readDataSets, textOf } from './dicom-json.ts'
import { exchange, type Server } from './http.ts'
import { metaOf } from './meta.ts'
import { refuseStatus } from './status.ts'

/** Attributes of an answer (PS3.18 table 10.5.3-2). */
const TAGS = {
  failed: '00081198',
  stored: '00081199',
  reason: '00081197',
  instance: '00081155',
} as const

/** What a server says of what it took: one data set. */
const ANSWERS = 1

/**
 * Sends whole DICOM files by STOW-RS (PS3.18 10.5), all of them at a time. One that the answer does not name is not taken
 * for stored, whatever the status says.
 *
 * @throws GyrusError `pacs-*`, `cancelled`
 */
export async function store(server: Server, objects: Uint8Array[]): Promise<Stored[]> {
  const pacs = server.settings.name
  const boundary = `gyrus-${randomUUID()}`
  const uids = objects.map(instanceOf)
  const answer = await exchange(server, {
    path: '/studies',
    accept: 'application/dicom+json',
    send: {
      type: `multipart/related; type="application/dicom"; boundary=${boundary}`,
      pieces: piecesOf(objects, boundary),
    },
  })
  // Some or all were not taken, and why is in the answer.
  if (answer.status !== 409) refuseStatus(answer, server, 'storing (STOW-RS)')
  const [told] = await readDataSets(answer, server, ANSWERS)
  if (!told) throw new GyrusError('pacs-malformed', { pacs, reason: 'it does not say what it stored' })
  return uids.map((uid) => ({ sopInstanceUid: uid, failure: failureOf(told, uid, pacs) }))
}

function piecesOf(objects: Uint8Array[], boundary: string): Uint8Array[] {
  const header = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`)
  const pieces = objects.flatMap((object) => [header, object, Buffer.from('\r\n')])
  return [...pieces, Buffer.from(`--${boundary}--\r\n`)]
}

/** @throws Error where it is no DICOM file: we made it */
function instanceOf(object: Uint8Array): string {
  const meta = metaOf(Buffer.from(object.buffer, object.byteOffset, object.byteLength))
  if (meta === null || typeof meta === 'string') throw new Error(meta ?? 'an object ends within its header')
  return meta.sopInstanceUid
}

function failureOf(told: JsonDataSet, uid: string, pacs: string): Stored['failure'] {
  const named = (tag: string) => itemsOf(told, tag).find((item) => textOf(item, TAGS.instance) === uid)
  const failed = named(TAGS.failed)
  if (!failed && named(TAGS.stored)) return null
  const reason = failed ? intOf(failed, TAGS.reason) : null
  const status = reason === null ? 'none told' : reason.toString(16).toUpperCase().padStart(4, '0')
  return { code: 'pacs-not-stored', details: { pacs, status, comment: '' } }
}

import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Context } from 'hono'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { isZip } from '../../shared/formats.ts'
import type { Core } from '../core/index.ts'
import { MAX_MEGABYTES } from '../core/intake/copy.ts'
import type { IntakeFile, OpenedBy } from '../core/intake/intake.ts'
import { sealed } from '../sealed/format.ts'
import type { StoredFile } from '../sealed/read.ts'

const MEGABYTE = 2 ** 20
const FILE_NAME_HEADER = 'x-gyrus-file-name'
const BATCH_HEADER = 'x-gyrus-batch'
const MAX_FILE_NAME = 500
/** As what is opened by its path: a file, and an archive with all that is in it. */
export const UPLOAD_LIMITS = { fileMegabytes: MAX_MEGABYTES, archiveMegabytes: 20 * 1024 }
export type UploadLimits = typeof UPLOAD_LIMITS

/**
 * Takes one file's bytes from the browser. Returns when the file is on record, so that an acknowledged one is never
 * lost; bytes that could not be saved are on record as a failed case.
 *
 * @param actor who opened it
 * @param place where the bytes lie until they are copied, and how many they may be; where the record is encrypted, sealed with a key
 *   that is in memory only
 * @throws GyrusError `request-invalid`, `batch-state`, or why nothing could be put on record
 */
export async function receiveUpload(
  c: Context,
  core: Core,
  actor: string,
  { folder, limits }: { folder: string; limits: UploadLimits },
): Promise<void> {
  const fileName = readFileName(c)
  const most = isZip(fileName) ? limits.archiveMegabytes : limits.fileMegabytes
  const path = join(folder, randomUUID())
  const key = core.folder.keys === null ? undefined : new Uint8Array(randomBytes(32))
  try {
    const failure = await save(c.req.raw.body as ReadableStream | null, { path, key }, most).catch(asFileError)
    const file = { path, fileName, ...(key && { key }), ...(failure && { failure }) }
    const batch = c.req.header(BATCH_HEADER)
    const by = { actor, source: 'file' as const }
    if (!failure && isZip(fileName)) await openArchive(core, batch, file, by)
    else {
      const accepted = batch === undefined ? core.intake.openOne(file, by) : await core.batches.upload(batch, file, by)
      await accepted.received
    }
  } finally {
    await rm(path, { force: true })
  }
}

/** As part of a batch, or as a batch of its own. */
async function openArchive(
  core: Core,
  batch: string | undefined,
  file: IntakeFile & { fileName: string },
  by: OpenedBy,
) {
  if (batch !== undefined) return core.batches.uploadArchive(batch, file, by)
  const options = { subFolders: true, filter: '', skipSeen: true }
  const id = await core.batches.openUpload({ name: file.fileName, options }, by.actor)
  await core.batches.uploadArchive(id, file, by)
  core.batches.uploaded(id)
}

/**
 * Takes one file of a folder that is to be imported as a data set; its name is its path in the folder.
 *
 * @throws GyrusError `request-invalid`, errors of `Staging.add`
 */
export async function receiveStaged(c: Context, core: Core, actor: string): Promise<void> {
  const bytes = bytesOf(c.req.raw.body as ReadableStream | null)
  await core.staging.add(c.req.param('id') ?? '', readFileName(c), actor, bytes)
}

const bytesOf = (body: ReadableStream | null): Readable => (body === null ? Readable.from([]) : Readable.fromWeb(body))

async function save(body: ReadableStream | null, { path, key }: StoredFile, megabytes: number): Promise<void> {
  const bytes = upTo(megabytes, bytesOf(body))
  await pipeline(Readable.from(key ? sealed(key, bytes) : bytes), createWriteStream(path, { mode: 0o600 }))
}

/** What does not fit is not written to the disk first. */
async function* upTo(limitMegabytes: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const piece of bytes) {
    length += piece.length
    if (length > limitMegabytes * MEGABYTE) {
      throw new GyrusError('file-too-large', { megabytes: `over ${limitMegabytes}`, limitMegabytes })
    }
    yield piece
  }
}

function readFileName(c: Context): string {
  try {
    const name = decodeURIComponent(c.req.header(FILE_NAME_HEADER) ?? '')
    if (name !== '' && name.length <= MAX_FILE_NAME) return name
  } catch {
    // A malformed escape is as good as no name.
  }
  throw new GyrusError('request-invalid', { reason: `${FILE_NAME_HEADER} names no file` })
}

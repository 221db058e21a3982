import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type ErrorCode, GyrusError, isErrorCode } from '../../../shared/errors.ts'
import {
  foundImageSchema,
  foundSeriesSchema,
  MAX_IMAGES,
  MAX_SERIES,
  type Pacs,
  pacsTestSchema,
  studiesFoundSchema,
} from '../../../shared/pacs.ts'
import { DEFAULT_LISTENER } from '../../../shared/sources.ts'
import type { PacsTask } from '../../pacs/protocol.ts'
import type { DataFolder } from '../data-folder.ts'
import { askPacs, type Following } from './ask.ts'
import type { PacsClient } from './client.ts'
import type { StartPacs } from './process.ts'

export interface ClientParts {
  start: StartPacs
  folder: DataFolder
  secret: string | null
  /** AE title of the listener here. */
  listenerAe: string
}

const progressSchema = z.strictObject({
  ...{ done: z.int(), failed: z.int(), passed: z.int() },
  total: z.int().nullable(),
})
const storedSchema = z.array(
  z.strictObject({
    sopInstanceUid: z.string().max(64),
    failure: z
      .strictObject({
        code: z.string().refine((code): code is ErrorCode => isErrorCode(code)),
        details: z.record(z.string(), z.union([z.string().max(1_000), z.number()])),
      })
      .nullable(),
  }),
)

/** A PACS, asked in a process of its own each time; what that answers is checked before it is believed. */
export function processClient({ id: _, ...settings }: Pacs, parts: ClientParts): PacsClient {
  const { start, folder, secret, listenerAe } = parts
  const ask = async <T>(schema: z.ZodType<T>, task: PacsTask, following: Following): Promise<T> => {
    const answer = await askPacs(start, { settings, secret, listenerAe, task }, following)
    const { data, success } = schema.safeParse(answer)
    if (!success) throw new GyrusError('pacs-malformed', { pacs: settings.name, reason: 'an answer does not fit' })
    return data
  }
  return {
    test: (signal) => ask(pacsTestSchema, { test: true }, { signal }),
    studies: (query, signal) => ask(studiesFoundSchema, { studies: query }, { signal }),
    series: (study, signal) => ask(z.array(foundSeriesSchema).max(MAX_SERIES), { series: study }, { signal }),
    images: (studyUid, seriesUid, signal) =>
      ask(z.array(foundImageSchema).max(MAX_IMAGES), { images: { studyUid, seriesUid } }, { signal }),
    retrieve: (what, { signal, onObject, onProgress }) =>
      withPlace(folder, (incoming, key) =>
        ask(
          progressSchema,
          { retrieve: what, place: { incoming, key, maxObjectMegabytes: DEFAULT_LISTENER.maxObjectMegabytes } },
          {
            signal,
            onProgress,
            onObject: ({ path, sopInstanceUid }) => onObject({ path, key, sopInstanceUid }),
          },
        ),
      ),
    store: async (objects, signal) => {
      const stored = await ask(storedSchema, { store: objects }, { signal })
      return stored.map(({ sopInstanceUid, failure }) => ({
        sopInstanceUid,
        failure: failure && { ...failure, code: failure.code as ErrorCode },
      }))
    },
  }
}

/** A folder for objects on their way, and what seals them where the record is encrypted. */
async function withPlace<T>(
  { incoming, keys, files }: DataFolder,
  work: (incoming: string, key: Uint8Array | null) => Promise<T>,
): Promise<T> {
  // The folder would be made anew where the shared drive was.
  await files.check()
  const dir = join(incoming, `pacs-${randomUUID()}`)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  try {
    return await work(dir, keys === null ? null : new Uint8Array(randomBytes(32)))
  } finally {
    // Where that fails, the next start does it.
    await rm(dir, { recursive: true, force: true }).catch(() => undefined)
  }
}

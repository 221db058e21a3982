import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ParsedInput, RequestName, RequestOutput } from '../../../shared/contract.ts'
import { isZip } from '../../../shared/formats.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Downloads } from '../downloads.ts'
import type { Events } from '../events.ts'
import type { Intake, IntakeFile } from '../intake/intake.ts'
import { isMediumDirectory } from '../intake/medium.ts'
import type { Models } from '../models/index.ts'
import type { Reading } from '../reading/index.ts'
import type { Reports } from '../reports/index.ts'
import { exportBatch } from './export/index.ts'
import type { Batches } from './index.ts'

interface Services {
  store: Store
  events: Events
  intake: Intake
  batches: Batches
  downloads: Downloads
  folder: DataFolder
  reports: Reports
  models: Models
  reading: Reading
}

type BatchRequest = Extract<RequestName, `batches.${string}` | 'scans.open'>
type BatchHandlers = {
  [N in BatchRequest]: (input: ParsedInput<N>, caller: { reader: string }) => Promise<RequestOutput<N>>
}

export function createBatchHandlers(services: Services): BatchHandlers {
  const { batches, store, events, intake, reading } = services
  return {
    'scans.open': async ({ paths }, { reader }) => {
      const folders = await hasMany(paths)
      if (paths.length === 1 && !folders) {
        const [path = ''] = paths
        const file: IntakeFile = { path }
        await intake.openOne(file, { actor: reader, source: 'file' }).received
        return { batch: null }
      }
      const options = { subFolders: true, filter: '', skipSeen: folders }
      const batch = await batches.add({ paths, origin: folders ? 'folder' : 'files', options }, reader)
      batches.startQueued()
      return { batch }
    },
    'batches.start': async ({ paths, options }, { reader }) => {
      const origin = (await hasMany(paths)) ? 'folder' : 'files'
      const id = await batches.add({ paths, origin, options }, reader)
      batches.startQueued()
      return { id }
    },
    'batches.upload': async ({ name, options, passedOver }, { reader }) => ({
      id: await batches.openUpload({ name, options, passedOver }, reader),
    }),
    'batches.uploaded': async ({ id }) => {
      batches.uploaded(id)
      return {}
    },
    'batches.list': async ({ before, limit }) => ({ batches: await batches.list(before, limit) }),
    'batches.get': async ({ id }, { reader }) => batches.get(id, await reading.blind(reader)),
    'batches.passed-over': async ({ id }) => ({ passedOver: await store.passedOver(id) }),
    'batches.files': async ({ id, query, ...place }, { reader }) =>
      store.batchFiles(id, query, place, reader, await reading.blind(reader)),
    'batches.pause': ({ id }, { reader }) => batches.pause(id, reader),
    'batches.cancel': ({ id }, { reader }) => batches.cancel(id, reader),
    'batches.resume': async ({ id }, { reader }) => {
      const batch = await batches.resume(id, reader)
      batches.startQueued()
      return batch
    },
    'batches.retry': async ({ id }, { reader }) => {
      const batch = await batches.retry(id, reader)
      batches.startQueued()
      return batch
    },
    'batches.agree': async ({ cases }, { reader }) => {
      const agreed = await store.agreeWith(cases, reader, await reading.blind(reader))
      for (const id of cases) events.emit({ type: 'case', id })
      return agreed
    },
    'batches.sign': async ({ cases }, { reader }) => {
      const signed = await store.signAll(cases, reader)
      for (const id of cases) events.emit({ type: 'case', id })
      return signed
    },
    'batches.export': async ({ id, format }, { reader }) => ({
      path: services.downloads.offer(
        await exportBatch(services, id, format, { by: reader, blind: await reading.blind(reader), language: null }),
      ),
    }),
  }
}

/** Whether there is a folder, a ZIP file or a DICOMDIR among them. What cannot be looked at is none; opening it says why. */
async function hasMany(paths: string[]): Promise<boolean> {
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (found?.isDirectory() || (found?.isFile() && isZip(basename(path)))) return true
    if (await isMediumDirectory(path)) return true
  }
  return false
}

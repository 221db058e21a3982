import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { DATABASES } from '../../src/main/compose.ts'
import { type BackupOptions, backUp } from '../../src/main/core/care/back-up.ts'
import { type DataFolder, dataFolderAt, prepareDataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import { appendAudit } from '../../src/main/store/audit.ts'
import { openStore } from '../../src/main/store/index.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import type { Store } from '../../src/main/store/types.ts'
import { newCase, newResult } from './cases.ts'
import { writePicture } from './images.ts'

export interface Patient {
  id: string
  cases: string[]
  scans: string[]
}

/** Texts that name a patient; none may be left after an erasure. */
export const SECRETS = [
  'MUELLER^ERIKA',
  'PAT-4711',
  'mueller-erika-t1.png',
  'Frau Mueller, left parietal',
  '2019-01-03',
]

/** A data folder with real files: a patient with a reviewed and a failed case, and another one. */
export async function makeDataFolder(root: string): Promise<{ folder: DataFolder; mueller: Patient; other: string }> {
  const folder = dataFolderAt(root)
  prepareDataFolder(folder)
  const [first, second, third] = [await scan(folder, 1), await scan(folder, 2), await scan(folder, 3)]
  await (await openStore(folder.database)).close()
  const ids = [await addCase(folder, first, true), await addCase(folder, second, true)]
  const other = await addCase(folder, third, false)
  const store = await openStore(folder.database)
  await store.complete([newResult(ids[0] as string), newResult(other)])
  const comment = SECRETS[3] as string
  await store.review({ caseId: ids[0] as string, reader: 'Dr A', verdict: 'disagree', label: 'meningioma', comment })
  await store.review({ caseId: other, reader: 'Dr A', verdict: 'agree', label: null, comment: 'clear' })
  const details = { reason: `cannot read ${SECRETS[2]}` }
  await store.fail([{ caseId: ids[1] as string, failure: { code: 'file-unreadable', details } }])
  await store.close()
  const model = join(folder.models, 'model-a', 'model.json')
  mkdirSync(dirname(model), { recursive: true })
  writeFileSync(model, '{"id":"model-a"}')
  return { folder, mueller: { id: SECRETS[1] as string, cases: ids, scans: [first, second] }, other }
}

async function scan(folder: DataFolder, seed: number): Promise<string> {
  const content = readFileSync(await writePicture(folder.incoming, `${seed}.png`, seed))
  const sha256 = createHash('sha256').update(content).digest('hex')
  mkdirSync(dirname(scanPath(folder, sha256)), { recursive: true })
  writeFileSync(scanPath(folder, sha256), content)
  return sha256
}

/** As an intake that knows patients would: with an ID from the start, bound by its entry. */
export async function addCase(folder: DataFolder, sha256: string, named: boolean): Promise<string> {
  const id = uuidv7()
  const bytes = readFileSync(scanPath(folder, sha256)).length
  if (!named) {
    const store = await openStore(folder.database)
    await store.receive([newCase({ id, fileName: 'other.png', scan: { sha256, bytes } })])
    await store.close()
    return id
  }
  const [name, patientId, file, , date] = SECRETS as [string, string, string, string, string]
  const db = await openDatabase(folder.database)
  await db.transaction().execute(async (trx) => {
    const at = new Date().toISOString()
    const known = await trx.selectFrom('scans').where('sha256', '=', sha256).select('sha256').executeTakeFirst()
    const scans = known
      ? []
      : [
          await trx
            .insertInto('scans')
            .values({ sha256, bytes, format: null, width: null, height: null, stored_at: at })
            .returningAll()
            .executeTakeFirstOrThrow(),
        ]
    const row = await trx
      .insertInto('cases')
      .values({
        ...{ id, scan_sha256: sha256, received_at: at, received_by: 'Dr A', source: 'file', state: 'received' },
        ...{ file_name: file, patient_name: name, patient_id: patientId, study_date: date, description: name },
        ...{ label: '', confidence: -1, model_id: '', verdict: '', verdict_label: '', reader: '' },
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const binds = [...scans.map((one) => ({ kind: 'scans' as const, row: one })), { kind: 'cases' as const, row }]
    await appendAudit(trx, at, [{ actor: 'Dr A', act: 'case.received', subject: id, detail: { sha256, bytes }, binds }])
  })
  await db.destroy()
  return id
}

/** Makes a backup of a data folder, as the command line does. */
export async function backUpTo(folder: DataFolder, dir: string, change: Partial<BackupOptions> = {}) {
  return withStore(folder, (store) => {
    const parts = { version: '1.2.3', folder, store, databases: DATABASES }
    return backUp(parts, dir, { by: 'Dr A', daily: false, readAll: false, ...change })
  })
}

export async function withStore<T>(folder: DataFolder, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(folder.database)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRecord } from '../../src/main/compose.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { erasePatient, exportPatient } from '../../src/main/core/care/patients.ts'
import { keptScan } from '../../src/main/core/care/places.ts'
import { saltedReason } from '../../src/main/core/care/reason.ts'
import { scanPath } from '../../src/main/core/data-folder.ts'
import { addCase, backUpTo, makeDataFolder, SECRETS, withStore } from '../support/care.ts'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const REASON = { reason: 'asked for on 3 November', by: 'Dr Admin' }
const ofMueller = { patientId: 'PAT-4711', caseIds: [] }

/** What is left of the names in any file of a folder. */
function secretsIn(dir: string): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.flatMap(({ parentPath, name }) => {
    const content = readFileSync(join(parentPath, name))
    return SECRETS.filter((secret) => content.includes(secret)).map((secret) => `${name}: ${secret}`)
  })
}

describe('an erasure', () => {
  it('takes names, comments, details and files, leaves findings, and the trail is sound', async () => {
    const { folder, mueller, other } = await makeDataFolder(join(temporaryFolder(), 'data'))
    expect(secretsIn(folder.root).length).toBeGreaterThan(3)
    const erased = await withStore(folder, (store) => erasePatient({ folder, store }, ofMueller, REASON))
    expect(erased).toMatchObject({ cases: 2, files: 2, filesKeptFor: [], clearEntries: 0, backups: [], datasets: [] })
    expect(secretsIn(folder.root)).toEqual([])
    for (const sha256 of mueller.scans) expect(existsSync(scanPath(folder, sha256))).toBe(false)
    await withStore(folder, async (store) => {
      const verdict = await verifyAudit({ store, folder }, { files: true, heads: [] })
      expect(verdict).toMatchObject({ broken: null, files: 1 })
      const kept = await store.getCase(mueller.cases[0] ?? '')
      expect(kept).toMatchObject({ patientId: null, patientName: null, label: 'glioma', verdict: 'disagree' })
      expect(kept.result?.confidences.glioma).toBe(0.7)
      expect(kept.verdicts).toMatchObject([{ reader: 'Dr A', label: 'meningioma', comment: '' }])
      expect((await store.getCase(other)).verdicts[0]?.comment).toBe('clear')
      // Whoever has the wording can show that it was this one; from the trail alone nobody guesses it.
      const tombstone = (await store.dossier(kept.id)).erased
      expect(tombstone).toMatchObject({ reason_salt: erased.reason.salt, reason_sha256: erased.reason.sha256 })
      expect(saltedReason(REASON.reason, erased.reason.salt)).toEqual(erased.reason)
      expect(saltedReason(REASON.reason).sha256).not.toBe(erased.reason.sha256)
      expect((await store.auditHead())?.detail).toContain(erased.reason.sha256)
      expect((await store.auditHead())?.detail).not.toContain(erased.reason.salt)
      expect((await store.auditHead())?.detail).not.toContain('November')
      expect((await store.listCases(anyCase, 0, 10)).rows).toHaveLength(3)
    })
  })

  it('takes the reason of an amendment, and leaves that there was one', async () => {
    const { folder, mueller } = await makeDataFolder(join(temporaryFolder(), 'data'))
    const [caseId = ''] = mueller.cases
    await withStore(folder, async (store) => {
      const standing = async () => (await store.getCase(caseId)).verdicts[0]?.id ?? 0
      await store.sign({ caseId, verdictId: await standing(), reader: 'Dr A' })
      const amended = { verdict: 'agree', label: null, comment: '' } as const
      const reason = `${SECRETS[0]} called`
      await store.amend({ caseId, verdictId: await standing(), reader: 'Dr A', reason, ...amended })
      await erasePatient({ folder, store }, ofMueller, REASON)
      expect((await verifyAudit({ store, folder }, { files: true, heads: [] })).broken).toBeNull()
    })
    expect(secretsIn(folder.root)).toEqual([])
    const sqlite = new SQLite(folder.database, { readonly: true })
    onTestFinished(() => void sqlite.close())
    const signatures = sqlite.prepare('select kind, signer, reason from signatures order by id').raw().all()
    expect(signatures).toEqual([
      ['sign', 'Dr A', ''],
      ['amend', 'Dr A', 'erased'],
    ])
  })

  it('is done once, refuses what is still analysed, and nothing can be done with the case any more', async () => {
    const { folder, mueller } = await makeDataFolder(join(temporaryFolder(), 'data'))
    await withStore(folder, async (store) => {
      const parts = { folder, store }
      await expect(erasePatient(parts, { patientId: 'nobody', caseIds: [] }, REASON)).rejects.toMatchObject({
        code: 'patient-unknown',
      })
      await erasePatient(parts, { patientId: null, caseIds: mueller.cases }, REASON)
      await expect(erasePatient(parts, ofMueller, REASON)).rejects.toMatchObject({ code: 'patient-unknown' })
      const [reviewed = '', failed = ''] = mueller.cases
      const verdict = { caseId: reviewed, reader: 'Dr A', verdict: 'agree', label: null, comment: 'x' } as const
      const verdictId = (await store.getCase(reviewed)).verdicts[0]?.id ?? 0
      for (const act of [
        () => store.sign({ caseId: reviewed, verdictId, reader: 'Dr A' }),
        () => store.amend({ ...verdict, verdictId, reason: 'x' }),
        () => erasePatient(parts, { patientId: null, caseIds: [reviewed] }, REASON),
        () => store.review(verdict),
        () => store.retry(failed, 'Dr A'),
        () => store.dismiss(failed, 'Dr A'),
      ]) {
        await expect(act()).rejects.toMatchObject({ code: 'case-erased' })
      }
      expect(await store.seenCases(mueller.scans[0] ?? '')).toEqual([])
      // Among others it is passed over, and does not keep them from being signed or agreed with.
      expect(await store.signAll([reviewed], 'Dr A')).toMatchObject({ signed: 0, notSignable: 1 })
      expect(await store.agreeWith([reviewed], 'Dr A')).toMatchObject({ agreed: 0, notReviewable: 1 })
      expect((await store.signedScans(null)).map(({ caseId }) => caseId)).not.toContain(reviewed)
    })
    const waiting = await addCase(folder, await scanOfOther(folder.database), true)
    await withStore(folder, async (store) => {
      const asked = { patientId: null, caseIds: [waiting] }
      await expect(erasePatient({ folder, store }, asked, REASON)).rejects.toMatchObject({ code: 'erase-unfinished' })
    })
  })

  it('keeps a file that another case has, and deletes it with the last one', async () => {
    const { folder, mueller } = await makeDataFolder(join(temporaryFolder(), 'data'))
    const shared = mueller.scans[0] ?? ''
    const twin = await addCase(folder, shared, false)
    await withStore(folder, async (store) => {
      await store.fail([{ caseId: twin, failure: { code: 'image-corrupt', details: {} } }])
      expect(await erasePatient({ folder, store }, ofMueller, REASON)).toMatchObject({ files: 1, filesKeptFor: [twin] })
      expect(existsSync(scanPath(folder, shared))).toBe(true)
      expect(await verifyAudit({ store, folder }, { files: true, heads: [] })).toMatchObject({ broken: null, files: 2 })
      await erasePatient({ folder, store }, { patientId: null, caseIds: [twin] }, REASON)
      expect(existsSync(scanPath(folder, shared))).toBe(false)
    })
  })

  it('names the backups that still hold it; later ones do not, and take its files from the backup folder', async () => {
    const base = temporaryFolder()
    const { folder, mueller } = await makeDataFolder(join(base, 'data'))
    const dir = join(base, 'backups')
    mkdirSync(dir)
    await withStore(folder, (store) => store.setBackups({ folder: null, daily: 1, weekly: 0 }, 'Dr A'))
    const before = await backUpTo(folder, dir)
    const erased = await withStore(folder, (store) => erasePatient({ folder, store }, ofMueller, REASON))
    expect(erased.backups).toEqual([{ path: before.path, at: expect.any(String), reachable: true }])
    expect(existsSync(keptScan(dir, mueller.scans[0] ?? ''))).toBe(true)
    const after = await backUpTo(folder, dir)
    expect(after).toMatchObject({ scans: 1, removed: [before.path] })
    expect(existsSync(keptScan(dir, mueller.scans[0] ?? ''))).toBe(false)
    expect(secretsIn(dir)).toEqual([])
  })

  it('of which a kill left the file is finished at the next start', async () => {
    const { folder, mueller } = await makeDataFolder(join(temporaryFolder(), 'data'))
    await withStore(folder, (store) =>
      store.erase({ caseIds: mueller.cases, by: 'Dr A', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } }),
    )
    expect(existsSync(scanPath(folder, mueller.scans[0] ?? ''))).toBe(true)
    const { close } = await openRecord(folder.root)
    await close()
    expect(existsSync(scanPath(folder, mueller.scans[0] ?? ''))).toBe(false)
  })

  it('is the only way past the triggers, and a tombstone that no entry tells of is found', async () => {
    const { folder, mueller, other } = await makeDataFolder(join(temporaryFolder(), 'data'))
    const sqlite = new SQLite(folder.database)
    onTestFinished(() => void sqlite.close())
    expect(() => sqlite.exec(`update verdicts set comment = ''`)).toThrow('append-only')
    expect(() => sqlite.exec('update failures set details = null')).toThrow('append-only')
    await withStore(folder, (store) => erasePatient({ folder, store }, ofMueller, REASON))
    const reviewed = mueller.cases[0]
    expect(() => sqlite.exec(`update verdicts set comment = 'x' where case_id = '${reviewed}'`)).toThrow('append-only')
    expect(() => sqlite.exec(`update verdicts set label = 'glioma' where case_id = '${reviewed}'`)).toThrow(
      'append-only',
    )
    expect(() => sqlite.exec('delete from erasures')).toThrow('append-only')
    expect(() => sqlite.exec(`update erasures set erased_by = ''`)).toThrow('append-only')
    sqlite.exec(`insert into erasures (case_id, erased_at, erased_by, reason_sha256) values ('${other}', '', '', '')`)
    await withStore(folder, async (store) => {
      expect((await store.verifyRecord({})).broken).toMatchObject({
        kind: 'row-extra',
        what: expect.stringMatching(/^erasures\//),
      })
    })
  })

  it('knows every column of what hangs on a case: erased, or kept for a reason', async () => {
    const { folder } = await makeDataFolder(join(temporaryFolder(), 'data'))
    const sqlite = new SQLite(folder.database, { readonly: true })
    onTestFinished(() => void sqlite.close())
    const columns = (table: string) =>
      (sqlite.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
    const tables = sqlite.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[]
    const hanging = tables.filter((table) => table === 'cases' || columns(table).includes('case_id'))
    const found = Object.fromEntries(hanging.sort().map((table) => [table, columns(table).sort()]))
    expect(found).toEqual(
      Object.fromEntries(
        Object.entries(COLUMNS).map(([table, { erased, kept }]) => [table, [...erased, ...kept].sort()]),
      ),
    )
  })
})

/** A column that comes later has to be put on one side, and erased in store/erase.ts where it may name a patient. */
const COLUMNS: Record<string, { erased: string[]; kept: string[] }> = {
  batch_files: {
    erased: ['path', 'error_details'],
    kept: ['batch_id', 'calm', 'case_id', 'confidence', 'error_code', 'label', 'root', 'seq', 'state'],
  },
  case_dicom: {
    erased: ['accession_number', 'facts', 'instance_uid', 'modality', 'series_uid', 'study_uid'],
    kept: ['case_id'],
  },
  case_views: { erased: [], kept: ['at', 'case_id', 'id', 'reader'] },
  cases: {
    erased: ['file_name', 'patient_name', 'patient_id', 'study_date', 'description', 'error_details'],
    kept: [
      ...['id', 'scan_sha256', 'received_at', 'received_by', 'source', 'state', 'error_code', 'result_id', 'label'],
      ...['confidence', 'model_id', 'verdict_id', 'verdict', 'verdict_label', 'reader', 'dismissed_at', 'second'],
      ...['urgency', 'waited'],
    ],
  },
  // Kept by triggers: what the row no longer says goes from here and from the index.
  case_texts: { erased: ['patient', 'text'], kept: ['case_id', 'n'] },
  adjudications: { erased: [], kept: ['at', 'case_id', 'id', 'reader', 'verdict_id'] },
  second_marks: { erased: [], kept: ['at', 'case_id', 'id', 'marked_by', 'why'] },
  second_readings: {
    erased: ['comment'],
    kept: ['at', 'beside', 'case_id', 'id', 'label', 'reader', 'result_id', 'verdict'],
  },
  dicom_objects: { erased: [], kept: ['at', 'case_id', 'id', 'installation', 'kind', 'made_by', 'uid', 'version'] },
  experiments: {
    erased: ['steps'],
    kept: [
      ...['id', 'case_id', 'model_id', 'weights_sha256', 'preprocessing_version', 'engine', 'label', 'made_by', 'at'],
      'gate',
      ...['p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary'],
    ],
  },
  edited_scans: { erased: [], kept: ['case_id', 'experiment_id', 'origin_id'] },
  sendings: {
    erased: ['error_details'],
    kept: [
      ...['asked_at', 'asked_by', 'case_id', 'ended_at', 'error_code', 'id', 'next_at', 'pacs', 'pacs_name', 'state'],
      ...['tries', 'why'],
    ],
  },
  series: { erased: [], kept: ['case_id', 'standing'] },
  slices: { erased: [], kept: ['case_id', 'joined_at', 'listed', 'mm', 'place', 'scope', 'series_id'] },
  erasures: { erased: [], kept: ['case_id', 'erased_at', 'erased_by', 'id', 'reason_salt', 'reason_sha256'] },
  image_removals: { erased: [], kept: ['case_id', 'id', 'removed_at', 'removed_by', 'rule'] },
  feature_vectors: { erased: ['vector'], kept: ['case_id', 'index_id', 'result_id'] },
  region_features: { erased: ['features'], kept: ['case_id', 'result_id'] },
  impressions: { erased: [], kept: ['at', 'case_id', 'id', 'impression', 'reader', 'result_id'] },
  legal_holds: { erased: ['reason'], kept: ['actor', 'at', 'case_id', 'id', 'kind', 'lifts', 'scope'] },
  signatures: { erased: ['reason'], kept: ['at', 'case_id', 'id', 'kind', 'signer', 'supersedes', 'verdict_id'] },
  failures: { erased: ['details'], kept: ['case_id', 'code', 'created_at', 'id'] },
  results: {
    erased: [],
    kept: [
      ...['id', 'case_id', 'supersedes', 'model_id', 'weights_sha256', 'preprocessing_version', 'engine', 'label'],
      ...['created_at', 'p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary', 'decode_ms', 'preprocess_ms'],
      ...['inference_ms', 'gate', 'gate_reasons', 'answer_set'],
    ],
  },
  verdicts: {
    erased: ['comment'],
    kept: ['case_id', 'created_at', 'id', 'label', 'reader', 'result_id', 'supersedes', 'verdict'],
  },
}

describe('an export', () => {
  it('holds all that the record has of a patient, with the files, and nobody else’s', async () => {
    const base = temporaryFolder()
    const { folder, mueller, other } = await makeDataFolder(join(base, 'data'))
    const out = join(base, 'out')
    await withStore(folder, async (store) => {
      const [caseId = ''] = mueller.cases
      const verdictId = (await store.getCase(caseId)).verdicts[0]?.id ?? 0
      await store.sign({ caseId, verdictId, reader: 'Dr A' })
      const exported = await exportPatient({ folder, store }, ofMueller, out, 'Dr Admin')
      expect(exported).toEqual({ path: out, cases: 2, files: 2, missing: [], fromEncrypted: false })
      await expect(exportPatient({ folder, store }, ofMueller, out, 'Dr Admin')).rejects.toMatchObject({
        code: 'output-unwritable',
      })
    })
    const text = readFileSync(join(out, 'patient.json'), 'utf8')
    for (const secret of SECRETS) expect(text).toContain(secret)
    expect(text).not.toContain(other)
    const { cases } = JSON.parse(text)
    expect(cases[0]).toMatchObject({ results: [{ p_glioma: 0.7 }], verdicts: [{ reader: 'Dr A' }] })
    expect(cases[0].timeline.map(({ act }: { act: string }) => act)).toEqual([
      'case.received',
      'case.analysed',
      'case.reviewed',
      'case.signed',
    ])
    expect(cases[0].signatures).toMatchObject([{ signer: 'Dr A', kind: 'sign' }])
    // Of every table whose rows hang on a case; the texts of the search only say again what stands in the others.
    const tables = Object.keys(COLUMNS).filter((table) => !['cases', 'case_texts'].includes(table))
    const names: Record<string, string> = {
      ...{ case_views: 'views', batch_files: 'files', erasures: 'erased', case_dicom: 'dicom' },
      ...{ dicom_objects: 'dicomObjects', slices: 'slice', edited_scans: 'editedFrom', feature_vectors: 'vectors' },
      region_features: 'regions',
      ...{ second_marks: 'marks', second_readings: 'secondReadings' },
      ...{ image_removals: 'imageRemoved', legal_holds: 'holds' },
    }
    for (const table of tables) expect(cases[0]).toHaveProperty(names[table] ?? table)
    const files = mueller.scans.map((sha256) => `${sha256}.png`)
    expect(readdirSync(join(out, 'files')).sort()).toEqual(files.sort())
    const [sha256 = ''] = mueller.scans
    expect(readFileSync(join(out, 'files', `${sha256}.png`)).equals(readFileSync(scanPath(folder, sha256)))).toBe(true)
  })
})

async function scanOfOther(database: string): Promise<string> {
  const sqlite = new SQLite(database, { readonly: true })
  const sha256 = sqlite.prepare(`select scan_sha256 from cases where file_name = 'other.png'`).pluck().get() as string
  sqlite.close()
  return sha256
}

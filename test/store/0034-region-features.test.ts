import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import type { Region } from '../../src/shared/brain-region.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { anyCase, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { TAKEN } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

const REGION: Region = {
  ...{ found: true, area: 0.31, areaCm2: 148.2, mean: 92.1, sd: 20.4 },
  percentiles: { p5: 40, p25: 80, p50: 95, p75: 104, p95: 130 },
  ...{ asymmetry: 0.21, noAsymmetry: null },
}
const REASON = { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) }

async function add(store: Store, region: Region | null): Promise<string> {
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id, { region })])
  return one.id
}

it('answers from before have no features, later ones keep theirs, and the record stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0034-region-features')
  const store = await openStore(file)
  const { rows } = await store.listCases(anyCase, 0, 10)
  const before = rows.map(({ id }) => id)
  expect(before.length).toBeGreaterThan(0)
  const id = await add(store, REGION)
  const none = await add(store, { found: false })
  expect(await store.regionsOf([...before, id, none])).toEqual(
    new Map<string, Region>([
      [id, REGION],
      [none, { found: false }],
    ]),
  )
  expect((await store.getCase(id)).region).toEqual(REGION)
  expect((await store.getCase(before[0] ?? '')).region).toBeNull()
  // Another model's answer brings its own, or none.
  await store.addResult(newResult(id, { modelId: 'other' }), 'Dr A')
  expect((await store.getCase(id)).region).toBeNull()
  await store.addResult(newResult(id, { modelId: 'third', region: { ...REGION, mean: 93 } }), 'Dr A')
  expect((await store.getCase(id)).region).toMatchObject({ mean: 93 })
  await store.close()
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  expect(() => sqlite.exec(`update region_features set features = ''`)).toThrow('append-only')
  expect(() => sqlite.exec('delete from region_features')).toThrow('append-only')
  expect(() => sqlite.exec('insert or replace into region_features select * from region_features')).toThrow(TAKEN)
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('are bound: one that was changed past the triggers is found', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  await add(store, REGION)
  await store.close()
  const sqlite = new SQLite(file)
  sqlite.exec('drop trigger region_features_no_update')
  sqlite.exec(`update region_features set features = replace(features, '0.21', '0.01')`)
  sqlite.close()
  expect(await verify(file)).toMatchObject({ broken: { what: 'region_features/1' } })
})

it('are kept with the answer from a reader whose impression comes first', async () => {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const id = await add(store, REGION)
  expect((await store.getCase(id, 'Dr A')).region).toBeNull()
  expect(await store.regionsOf([id], 'Dr A')).toEqual(new Map())
  await store.addImpression({ caseId: id, reader: 'Dr A', impression: 'glioma' })
  expect((await store.getCase(id, 'Dr A')).region).toEqual(REGION)
})

it('go with an erased case, whose row is bound anew, and are part of all that a patient has', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  const id = await add(store, REGION)
  expect((await store.dossier(id)).regions).toEqual([{ result_id: 1, case_id: id, features: JSON.stringify(REGION) }])
  await store.erase({ caseIds: [id], by: 'Dr A', reason: REASON })
  expect((await store.getCase(id)).region).toBeNull()
  expect((await store.dossier(id)).regions).toEqual([{ result_id: 1, case_id: id, features: '' }])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

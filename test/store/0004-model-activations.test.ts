import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { NewActivation } from '../../src/main/store/types.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite, TAKEN } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

const activation = (change: Partial<NewActivation> = {}): NewActivation => ({
  kind: 'activation',
  modelId: 'model-a',
  files: { weights: 'a'.repeat(64), manifest: 'b'.repeat(64), card: null },
  by: 'Dr A',
  reason: 'better on unseen patients',
  gate: { passed: true, findings: [], reference: null, withoutReference: 'first one' },
  restores: null,
  ...change,
})

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}

it('keeps who put which model in force when and why, as one chain, with its audit entries', async () => {
  const { store, file } = await openTestStore()
  const first = await store.activateModel(activation())
  const second = await store.activateModel(activation({ kind: 'rollback', restores: first.id, modelId: 'model-b' }))
  expect(first).toMatchObject({ supersedes: null, modelId: 'model-a', weightsSha256: 'a'.repeat(64), by: 'Dr A' })
  expect(second).toMatchObject({ supersedes: first.id, restores: first.id, kind: 'rollback' })
  const stored = await store.activations()
  expect(stored.map((one) => one.activation)).toEqual([first, second])
  expect(stored[0]?.files).toEqual(activation().files)
  const sqlite = new SQLite(file, { readonly: true })
  expect(sqlite.prepare('select act, subject, actor from audit order by seq').all()).toEqual([
    { act: 'model.activated', subject: 'model-a', actor: 'Dr A' },
    { act: 'model.rolled-back', subject: 'model-b', actor: 'Dr A' },
  ])
  sqlite.close()
})

it('refuses update and delete, a second first one, and two that supersede the same', async () => {
  const { store, file } = await openTestStore()
  const { id } = await store.activateModel(activation())
  await store.activateModel(activation())
  const sqlite = new SQLite(file)
  expect(() => sqlite.exec(`update model_activations set activated_by = 'x'`)).toThrow('append-only')
  expect(() => sqlite.exec('delete from model_activations')).toThrow('append-only')
  const columns = 'kind, model_id, weights_sha256, activated_by, activated_at, reason, gate'
  const copy = (supersedes: number | null) =>
    sqlite.exec(
      `insert into model_activations (${columns}, supersedes) select ${columns}, ${supersedes} from model_activations limit 1`,
    )
  expect(() => copy(null)).toThrow(TAKEN)
  expect(() => copy(id)).toThrow(TAKEN)
  sqlite.close()
})

itInSqlite('a record from before it has no activations, and gets the table when it is opened', async () => {
  const { store, file } = await openTestStore()
  await store.close()
  await undoFrom(file, '0004-model-activations')
  const reader = openReadStore(file)
  expect(await reader.activations()).toEqual([])
  await reader.close()
  const again = await openStore(file)
  expect(await again.activateModel(activation())).toMatchObject({ supersedes: null })
  await again.close()
})

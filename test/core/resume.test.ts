import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'

it('a run on record that cannot be read does not keep scans from being taken up, and is told', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  const one = newCase()
  await core.store.receive([one])
  const sqlite = new SQLite(core.folder.database)
  sqlite.exec(`insert into training_runs (id, recipe, state, request, created_at, created_by, changed_at)
    values ('broken', 'head', 'queued', '{}', '', '', '')`)
  sqlite.close()
  await core.resume()
  const { runs } = await ask(core, 'training.list', {})
  expect(runs).toMatchObject([{ id: 'broken', state: 'interrupted', failure: { code: 'training-run-unreadable' } }])
  // Its copy was never made, so what becomes of it is known without a model.
  expect(await ask(core, 'cases.get', { id: one.id })).toMatchObject({ failure: { code: 'scan-altered' } })
}, 60_000)

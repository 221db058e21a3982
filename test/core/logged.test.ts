import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import { openReadStore } from '../../src/main/store/index.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { READER, signIn } from '../support/accounts.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'

it('logs start and end, a model that bypasses the gate, and each opening of a case once', async () => {
  const { core, close } = await openTestCore(temporaryFolder(), { modelDir: MODEL_DIR })
  await signIn(core)
  const [first, second] = [newCase(), newCase()]
  await core.store.receive([first, second])
  for (const { id } of [first, first, second, first]) await ask(core, 'cases.get', { id })
  await expect(ask(core, 'cases.get', { id: newCase().id })).rejects.toThrow('case-unknown')
  const { database } = core.folder
  await close()
  const store = openReadStore(database)
  const { entries } = await store.listAudit(auditQuerySchema.parse({}), null, 20)
  await store.close()
  expect(entries.toReversed().map(({ act, subject }) => [act, subject])).toEqual([
    ['app.started', 'gyrus'],
    ['gate.bypassed', SHIPPED_MODEL],
    ['account.added', READER],
    ['session.started', READER],
    ['case.received', first.id],
    ['case.received', second.id],
    ['case.opened', first.id],
    ['case.opened', second.id],
    ['case.opened', first.id],
    ['app.stopped', 'gyrus'],
  ])
  expect(JSON.parse(entries.at(-2)?.detail ?? '')).toEqual({ dir: join(MODEL_DIR), by: 'modelDir' })
}, 60_000)

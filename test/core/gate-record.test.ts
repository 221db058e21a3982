import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DEFAULT_GATE } from '../../src/shared/gate.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { makeModel, nudge, sampleSet } from '../support/models.ts'

async function setUp() {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  return { folder, core, models: core.models }
}

/** From now on nothing can be put on record. */
function closeTheRecord(database: string): void {
  const sqlite = new SQLite(database)
  sqlite.exec("create trigger no_more before insert on audit begin select raise(abort, 'closed'); end")
  sqlite.close()
}

describe('what is not on record', { timeout: 60_000 }, () => {
  it('is no gate, and leaves nothing behind', async () => {
    const { core, models } = await setUp()
    await models.setGate({ ...DEFAULT_GATE, eceCeiling: 0.07 }, READER)
    closeTheRecord(core.folder.database)
    const before = readdirSync(core.folder.root)
    await expect(models.setGate({ ...DEFAULT_GATE, eceCeiling: 1 }, READER)).rejects.toThrow('SQLITE_CONSTRAINT')
    expect((await models.gate()).eceCeiling).toBe(0.07)
    expect(readdirSync(core.folder.root)).toEqual(before)
  })

  it('is no model here', async () => {
    const { folder, core, models } = await setUp()
    const dir = await makeModel(folder, 'candidate-1', { graph: nudge })
    closeTheRecord(core.folder.database)
    await expect(models.register(dir, READER)).rejects.toThrow('SQLITE_CONSTRAINT')
    expect(readdirSync(core.folder.models)).toEqual([])
    expect(readdirSync(core.folder.incoming)).toEqual([])
  })
})

describe('the reference set', { timeout: 60_000 }, () => {
  it('is kept or taken away by who sets the gate, and never exchanged', async () => {
    const { folder, models } = await setUp()
    const path = sampleSet(join(folder, 'set'))
    const { gate: locked } = await models.lockReference({ path, split: null }, READER)
    await models.setGate({ ...locked, eceCeiling: 0.5 }, READER)
    expect(await models.gate()).toEqual({ ...locked, eceCeiling: 0.5 })
    const reference = { ...locked.reference, path: '/etc' } as typeof locked.reference
    await expect(models.setGate({ ...locked, reference }, READER)).rejects.toMatchObject({
      code: 'request-invalid',
    })
    await models.setGate({ ...locked, reference: null }, READER)
    expect((await models.gate()).reference).toBeNull()
  })

  it('is locked into what was set meanwhile', async () => {
    const { folder, models } = await setUp()
    const path = sampleSet(join(folder, 'set'))
    const locking = models.lockReference({ path, split: null }, READER)
    await models.setGate({ ...DEFAULT_GATE, eceCeiling: 0.5 }, READER)
    await locking
    expect(await models.gate()).toMatchObject({ eceCeiling: 0.5, reference: { images: 12 } })
  })
})

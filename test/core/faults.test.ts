import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MODEL_DIR } from '../../src/main/installation.ts'
import { signIn } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { picture, writePicture } from '../support/images.ts'
import { bindReadOnly, fillDisk, mountSmallDisk, remountReadOnly } from '../support/mount.ts'

describe('the disk', () => {
  it('full while a file is copied: the case fails with a code, and can be opened again when there is room', async ({
    skip,
  }) => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const problem = mountSmallDisk(dataDir, 6000)
    skip(problem !== null, problem ?? '')
    const { core } = await openTestCore(dataDir)
    const filler = join(dataDir, 'filler')
    const scan = join(folder, 'big.tiff')
    writeFileSync(scan, await picture(1, 512).tiff({ compression: 'none' }).toBuffer())
    fillDisk(filler, 600)

    const [outcome] = await openPaths(core, scan)
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'disk-full' } })
    expect(readdirSync(core.folder.incoming)).toEqual([])
    rmSync(filler)
    expect((await openPaths(core, scan))[0]).toMatchObject({ status: 'analysed' })
  })

  it('so full that nothing can be put on record: the reader is told, and the record stays sound', async ({ skip }) => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const problem = mountSmallDisk(dataDir, 6000)
    skip(problem !== null, problem ?? '')
    const { core } = await openTestCore(dataDir)
    await signIn(core)
    const scan = await writePicture(folder, 'small.png')
    fillDisk(join(dataDir, 'filler'), 0)

    // One after the other until the room that SQLite still had in its files is used up.
    const failures = []
    for (let seed = 0; seed < 200 && failures.length === 0; seed++) {
      const [outcome] = await openPaths(core, await writePicture(folder, `${seed}.png`, seed))
      if (outcome?.caseId === null) failures.push(outcome)
    }
    expect(failures).toMatchObject([{ status: 'failed', failure: { code: 'disk-full' } }])
    expect((await ask(core, 'intake.status', {})).problems[0]).toMatchObject({ failure: { code: 'disk-full' } })
    rmSync(join(dataDir, 'filler'))
    expect((await openPaths(core, scan))[0]).toMatchObject({ status: 'analysed' })
    expect(checkDatabase(core.folder.database)).toBe('ok')
  })

  it('read-only: Gyrus says so and does not start', async ({ skip }) => {
    const dataDir = join(temporaryFolder(), 'data')
    const problem = mountSmallDisk(dataDir, 6000)
    skip(problem !== null, problem ?? '')
    const { close } = await openTestCore(dataDir)
    await close()
    remountReadOnly(dataDir)
    await expect(openTestCore(dataDir)).rejects.toMatchObject({
      code: 'data-folder-unusable',
      details: { reason: 'EROFS' },
    })
  })
})

describe('the database', () => {
  it('held by another program: nothing is lost, and reading goes on when it lets go', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const scan = await writePicture(folder, 'a.png')
    const other = holdDatabase(core.folder.database)
    setTimeout(() => other.exec('rollback'), 1000)
    expect((await openPaths(core, scan))[0]).toMatchObject({ status: 'analysed' })
  })

  it('held for good: the reader is told within some seconds', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const scan = await writePicture(folder, 'a.png')
    const other = holdDatabase(core.folder.database)
    expect((await openPaths(core, scan))[0]).toMatchObject({ caseId: null, failure: { code: 'database-locked' } })
    other.exec('rollback')
  }, 30_000)

  it('is no database: Gyrus says so and leaves it as it is', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    await close()
    writeFileSync(core.folder.database, 'not a database, but long enough to be taken for one'.repeat(100))
    await expect(openTestCore(dataDir)).rejects.toMatchObject({ code: 'record-damaged' })
  })

  it('that cannot be written is refused', async ({ skip }) => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    await close()
    const problem = bindReadOnly(core.folder.database)
    skip(problem !== null, problem ?? '')
    await expect(openTestCore(dataDir)).rejects.toMatchObject({ code: 'database-read-only' })
  })

  it('of a newer Gyrus is refused', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    await close()
    const sqlite = new SQLite(core.folder.database)
    sqlite.exec(`insert into kysely_migration values ('9999-future', '2030-01-01')`)
    sqlite.close()
    await expect(openTestCore(dataDir)).rejects.toMatchObject({ code: 'database-newer' })
  })
})

describe('the data folder', () => {
  it('takes one Gyrus at a time and names the other', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { close } = await openTestCore(dataDir)
    await expect(openTestCore(dataDir)).rejects.toMatchObject({
      code: 'data-folder-in-use',
      details: { pid: String(process.pid) },
    })
    await close()
    await openTestCore(dataDir)
  })

  it('that is a file is refused', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(openTestCore(file)).rejects.toMatchObject({ code: 'data-folder-unusable' })
  })
})

describe('the model', () => {
  const copyModel = () => {
    const dir = join(temporaryFolder(), 'model')
    cpSync(MODEL_DIR, dir, { recursive: true })
    return dir
  }

  it.each([
    ['missing', 'model-missing', (dir: string) => rmSync(join(dir, 'model.onnx'))],
    ['altered', 'model-altered', (dir: string) => writeFileSync(join(dir, 'model.onnx'), 'x')],
  ])('%s: the case fails with its code, and the picture can still be looked at', async (_, code, spoil) => {
    const modelDir = copyModel()
    spoil(modelDir)
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'), { modelDir })
    const [outcome] = await openPaths(core, await writePicture(folder, 'a.png'))
    expect(outcome).toMatchObject({ status: 'failed', failure: { code } })
    expect(await ask(core, 'engine.status', {})).toMatchObject({ state: 'failed', failure: { code }, model: null })
    expect((await core.images.pixels(outcome?.caseId as string)).header.width).toBe(128)
  })
})

function holdDatabase(file: string): SQLite.Database {
  const other = new SQLite(file)
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  return other
}

function checkDatabase(file: string): unknown {
  const sqlite = new SQLite(file, { readonly: true })
  try {
    return sqlite.pragma('integrity_check', { simple: true })
  } finally {
    sqlite.close()
  }
}

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRecord } from '../../src/main/compose.ts'
import { pagesOf } from '../support/audit.ts'
import { backUpTo, makeDataFolder } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'

async function setUp() {
  const base = temporaryFolder()
  const dir = join(base, 'backups')
  mkdirSync(dir)
  const { folder } = await makeDataFolder(join(base, 'data'))
  return { dir, folder }
}

const start = (root: string) =>
  openRecord(root).then(
    async ({ close }) => close(),
    (error) => `${error.code}: ${error.message} ${error.toFailure().action}`,
  )

it('a damaged database is told at the start, with the newest backup and the command, and stays as it is', async () => {
  const { dir, folder } = await setUp()
  const { path } = await backUpTo(folder, dir)
  expect(await start(folder.root)).toBeUndefined()
  const { size, pages } = pagesOf(folder.database, ['cases'])
  const spoilt = readFileSync(folder.database)
  spoilt.fill(0x5a, pages[0] ?? 0, (pages[0] ?? 0) + size)
  writeFileSync(folder.database, spoilt)
  const told = await start(folder.root)
  expect(told).toMatch(/^record-damaged: /)
  expect(told).toContain(`The newest backup is ${path} of `)
  expect(told).toContain(`npm run -s gyrus -- restore "${path}" --data-dir "${folder.root}" --replace`)
  expect(readFileSync(folder.database).equals(spoilt)).toBe(true)
})

it('where scans lie without their database, no new one is begun', async () => {
  const { folder } = await setUp()
  rmSync(folder.database)
  expect(await start(folder.root)).toMatch(/^record-vanished: .* not known here/)
  expect(existsSync(folder.database)).toBe(false)
  // SQLite would take this for a new one.
  writeFileSync(folder.database, '')
  expect(await start(folder.root)).toMatch(/^record-vanished: /)
  expect(await start(join(temporaryFolder(), 'new'))).toBeUndefined()
})

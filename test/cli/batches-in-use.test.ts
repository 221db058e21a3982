import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { batchOptionsSchema } from '../../src/shared/batches.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

it('beside an open app, acts on a batch say where to do them, and change nothing', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const { core } = await openTestCore(dataDir)
  const options = batchOptionsSchema.parse({})
  const id = await core.batches.add({ paths: ['/nowhere'], origin: 'folder', options }, READER)
  for (const act of [['pause'], ['cancel'], ['resume'], ['retry'], ['export', '--output', join(dataDir, 'x.csv')]]) {
    const [name = '', ...rest] = act
    const args = [main, 'batches', name, id, ...rest, '--data-dir', dataDir]
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(status, name).not.toBe(0)
    expect(stderr, name).toContain('batches-in-use')
    expect(stderr, name).toContain(`process ${process.pid}`)
    expect(stderr, name).toContain('on the page of the batch')
  }
  expect((await core.store.getBatch(id)).state).toBe('queued')
}, 60_000)

it('of a Gyrus that is at work, a batch is running in the list; of one that is gone, interrupted', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const { core, close } = await openTestCore(dataDir)
  const options = batchOptionsSchema.parse({})
  const id = await core.batches.openUpload({ name: 'study', options }, READER)
  const listed = () => {
    const args = [main, 'batches', 'list', '--json', '--data-dir', dataDir]
    return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout)
  }
  expect(listed()).toMatchObject({ id, state: 'running' })
  await close()
  // As a kill leaves it: nobody has put on record that it came to no end.
  expect(listed()).toMatchObject({ id, state: 'interrupted' })
}, 60_000)

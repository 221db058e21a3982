import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { batchOptionsSchema } from '../../src/shared/batches.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

const OPTIONS = batchOptionsSchema.parse({})

const handOver = (core: Core, batch: string, path: string, actor = READER) =>
  core.batches.upload(batch, { path }, { actor, source: 'file' })

it('cancelling ends the batches that a browser hands over, and keeps what was analysed', async () => {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  // As after a reload: the page that began it is gone, and the progress bar is that of another one.
  const { id } = await ask(core, 'batches.upload', { name: 'study', options: OPTIONS })
  const others = await core.batches.openUpload({ name: 'of a colleague', options: OPTIONS }, 'Dr B')
  for (let seed = 0; seed < 3; seed++) await handOver(core, id, await writePicture(folder, `${seed}.png`, seed))

  expect(await ask(core, 'intake.cancel', {})).toEqual({ dropped: 0 })
  const { batch } = await ask(core, 'batches.get', { id })
  expect(batch).toMatchObject({ state: 'cancelled', counts: { total: 3, analysed: 3, remaining: 0 } })
  const late = await writePicture(folder, 'late.png', 9)
  await expect(async () => handOver(core, id, late)).rejects.toMatchObject({ code: 'batch-state' })
  expect((await ask(core, 'batches.get', { id: others })).batch.state).toBe('running')
})

it('a file that waited for its turn when its batch was ended is refused', async () => {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const { id } = await ask(core, 'batches.upload', { name: 'study', options: { ...OPTIONS, skipSeen: false } })
  const path = await writePicture(folder, 'same.png')
  // More at once than may be under way.
  const files = Array.from({ length: 140 }, () => handOver(core, id, path).catch(({ code }) => code as string))
  await ask(core, 'intake.cancel', {})
  const refused = (await Promise.all(files)).filter((one) => one === 'batch-state')
  expect(refused.length).toBeGreaterThan(0)
  const { batch } = await ask(core, 'batches.get', { id })
  expect(batch.state).toBe('cancelled')
  expect(batch.counts.total).toBe(140 - refused.length)
})

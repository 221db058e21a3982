import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

/** More than are begun at a time. */
const FILES = 150
const SLOW = { timeout: 60_000 }
const OPTIONS = { subFolders: true, filter: '', skipSeen: true }

async function interrupted(goOn: string | null): Promise<{ dataDir: string; id: string }> {
  const folder = temporaryFolder()
  const study = join(folder, 'study')
  mkdirSync(study)
  for (let seed = 1; seed <= FILES; seed++) await writePicture(study, `${seed}.png`, seed)
  const dataDir = join(folder, 'data')
  const { core, close } = await openTestCore(dataDir)
  expect(await core.work()).toEqual({ batch: null, training: false })
  const id = await core.batches.add({ paths: [study], origin: 'folder', options: OPTIONS }, 'ann')
  core.batches.startQueued()
  await expect.poll(async () => (await core.work()).batch?.counts.analysed).toBeGreaterThan(0)
  expect((await core.work()).batch).toMatchObject({ id, state: 'running', origin: 'folder' })
  expect(await core.batches.recentFolders(5)).toEqual([study])
  await close(goOn)
  return { dataDir, id }
}

test('a batch that Gyrus was ended in goes on at the next start where that was wanted', SLOW, async () => {
  const { dataDir, id } = await interrupted('ann')
  const { core } = await openTestCore(dataDir)
  expect(await core.batches.standing(id)).toMatchObject({ state: 'queued' })
  core.batches.startQueued()
  await core.resume()
  await expect.poll(async () => (await core.batches.standing(id)).state).toBe('completed')
  expect((await core.batches.standing(id)).counts).toMatchObject({ total: FILES, analysed: FILES })
})

test('and waits for a reader where it was not', SLOW, async () => {
  const { dataDir, id } = await interrupted(null)
  const { core } = await openTestCore(dataDir)
  core.batches.startQueued()
  await core.resume()
  expect(await core.batches.standing(id)).toMatchObject({ state: 'interrupted' })
})

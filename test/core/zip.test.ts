import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { archiveOf } from '../../src/main/core/intake/archives.ts'
import { batchQuerySchema } from '../../src/shared/batches.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { picture, writePicture } from '../support/images.ts'
import { writeZip } from '../support/zip.ts'

const png = async (seed: number) => new Uint8Array(await picture(seed).png().toBuffer())

async function ended(core: Core, id: string) {
  const { batch } = await ask(core, 'batches.get', { id })
  if (batch.state === 'completed' || batch.state === 'paused' || batch.state === 'interrupted') return batch
  await new Promise((resolve) => setTimeout(resolve, 10))
  return ended(core, id)
}

const filesOf = async (core: Core, id: string) =>
  (await ask(core, 'batches.files', { id, query: batchQuerySchema.parse({ sort: 'order' }), limit: 200 })).rows

describe('a ZIP file that is opened', { timeout: 60_000 }, () => {
  it('is a batch of the images in it, which writes nothing beside the copies of its scans', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const zip = writeZip(join(folder, 'study.zip'), { 'a.png': await png(1), 'sub/b.png': await png(2) })
    const { batch: id } = await ask(core, 'scans.open', { paths: [zip] })
    expect(id).not.toBeNull()
    const batch = await ended(core, id as string)
    expect(batch).toMatchObject({ name: 'study.zip', state: 'completed', counts: { total: 2, analysed: 2 } })
    expect((await filesOf(core, batch.id)).map(({ path }) => path)).toEqual([`${zip}/a.png`, `${zip}/sub/b.png`])
    const { rows } = await ask(core, 'cases.list', { query: {}, limit: 10 })
    expect(rows.map(({ fileName }) => fileName).sort()).toEqual(['study.zip/a.png', 'study.zip/sub/b.png'])
    expect(readdirSync(core.folder.incoming)).toEqual([])

    // Opened again, it was seen.
    const { batch: again } = await ask(core, 'scans.open', { paths: [zip] })
    expect(await ended(core, again as string)).toMatchObject({ counts: { skipped: 2, analysed: 0 } })
  })

  it('goes on after a pause where it was, from the file itself', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const files: Record<string, Uint8Array> = {}
    for (let seed = 0; seed < 90; seed++) files[`${100 + seed}.png`] = await png(seed)
    const zip = writeZip(join(folder, 'study.zip'), files)
    const { id } = await ask(core, 'batches.start', { paths: [zip], options: {} })
    await ask(core, 'batches.pause', { id })
    await ended(core, id)
    await ask(core, 'batches.resume', { id })
    expect(await ended(core, id)).toMatchObject({ state: 'completed', counts: { total: 90, analysed: 90, failed: 0 } })
  })

  it('is told from a folder of such a name', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'old.zip'))
    const image = await writePicture(join(folder, 'old.zip'), 'a.png')
    expect(await archiveOf(image)).toBeNull()
    const zip = writeZip(join(folder, 'old.zip', 'in.zip'), { 'x.zip/b.png': await png(1) })
    expect(await archiveOf(`${zip}/x.zip/b.png`)).toEqual({ path: zip, entry: 'x.zip/b.png' })
  })
})

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { picture, pngOfClaimedSize, writePicture } from '../support/images.ts'

/** One bad file: how to make it in a folder, and the code that it must get. */
interface BadFile {
  what: string
  code: string
  make(folder: string): Promise<string> | string
}

const written = (folder: string, name: string, content: Uint8Array | string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const BAD_FILES: BadFile[] = [
  { what: 'an empty file', code: 'file-empty', make: (folder) => written(folder, 'empty.jpg', '') },
  {
    what: 'text named .jpg',
    code: 'image-unsupported',
    make: (folder) => written(folder, 'text.jpg', 'Dear colleague, …'),
  },
  {
    what: 'a DICOM file',
    code: 'image-truncated',
    make: (folder) => written(folder, 'scan.dcm', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM and so on')])),
  },
  {
    what: 'a truncated JPEG',
    code: 'image-truncated',
    make: async (folder) => written(folder, 'cut.jpg', (await picture(1, 256).jpeg().toBuffer()).subarray(0, 5000)),
  },
  {
    what: 'a truncated PNG',
    code: 'image-truncated',
    make: async (folder) => written(folder, 'cut.png', (await picture(1, 256).png().toBuffer()).subarray(0, 5000)),
  },
  {
    what: 'a bomb of 30,000 × 30,000 pixels',
    code: 'image-too-large',
    make: (folder) => written(folder, 'bomb.png', pngOfClaimedSize(30_000, 30_000)),
  },
  {
    what: 'one pixel',
    code: 'image-too-small',
    make: async (folder) => written(folder, 'one.png', await picture(1, 1).png().toBuffer()),
  },
  { what: 'a file that has gone', code: 'file-missing', make: (folder) => join(folder, 'gone.jpg') },
  {
    what: 'a file that cannot be read',
    code: 'file-unreadable',
    make: (folder) => {
      const path = join(folder, 'loop.jpg')
      symlinkSync(path, path)
      return path
    },
  },
  {
    what: 'a folder without images',
    code: 'folder-empty',
    make: (folder) => {
      const path = join(folder, 'notes')
      mkdirSync(path)
      written(path, 'readme.txt', 'no image')
      written(path, '.hidden.jpg', 'no image either')
      return path
    },
  },
]

describe('a bad file gets its code, and the good ones beside it are read', () => {
  let core: Core
  let folder: string

  beforeAll(async () => {
    const end = new Cleanup()
    folder = temporaryFolder(end.add)
    core = (await openTestCore(join(folder, 'data'), {}, end.add)).core
    return end.run
  })

  it.each(BAD_FILES)('$what → $code', async ({ make, code }) => {
    const bad = await make(folder)
    const good = await writePicture(folder, `good-${code}.png`, code.length)
    const [badOutcome, goodOutcome] = await openPaths(core, bad, good)
    expect(badOutcome).toMatchObject({ status: 'failed', failure: { code } })
    expect(goodOutcome).toMatchObject({ status: 'analysed' })
    const found = await ask(core, 'cases.get', { id: badOutcome?.caseId as string })
    expect(found).toMatchObject({ state: 'failed', failure: { code, message: expect.not.stringContaining('{') } })
    expect(found.failure?.message).not.toContain('?')
    rmSync(bad, { recursive: true, force: true })
  })

  it.each([
    ['spaces and quotes', `it's a "scan" (1).png`],
    ['emoji', '🧠 Hirn.png'],
    ['250 characters', `${'x'.repeat(246)}.png`],
    ['a line break', 'two\nlines.png'],
    ['HTML', '<img src=x onerror=alert(1)>.png'],
  ])('a file name with %s is kept as it is', async (_, name) => {
    const [outcome] = await openPaths(core, await writePicture(folder, name, name.length))
    expect(outcome).toMatchObject({ status: 'analysed', fileName: name })
    expect((await ask(core, 'cases.get', { id: outcome?.caseId as string })).fileName).toBe(name)
  })
})

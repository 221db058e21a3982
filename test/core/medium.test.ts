import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { batchQuerySchema } from '../../src/shared/batches.ts'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { dicomdir } from '../engine/medium/support.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { writeZip } from '../support/zip.ts'

/** A slice whose bytes no other has. */
const slice = (n: number) => dicomFile({ 2097171: element(0x00200013, 'IS', `${n}`) })
const object = (uid: string) =>
  dicomFile({ 131074: element(0x00020002, 'UI', uid), 524310: element(0x00080016, 'UI', uid), 2145386512: null })
const REPORT = object('1.2.840.10008.5.1.4.1.1.88.33')

async function ended(core: Core, id: string) {
  const { batch } = await ask(core, 'batches.get', { id })
  if (batch.state === 'completed' || batch.state === 'interrupted') return batch
  await new Promise((resolve) => setTimeout(resolve, 10))
  return ended(core, id)
}

/** What came of opening a path: its files by their place below `folder`, and what was passed over. */
async function opened(core: Core, path: string, folder: string) {
  const { batch: id } = await ask(core, 'scans.open', { paths: [path] })
  if (id === null) expect.unreachable('it is a batch')
  const batch = await ended(core, id)
  const { rows } = await ask(core, 'batches.files', {
    id,
    query: batchQuerySchema.parse({ sort: 'order' }),
    limit: 200,
  })
  const below = (one: string) => one.replace(`${folder}/`, '')
  const files = rows.map((row) => [below(row.path), row.failure?.code ?? row.state])
  const { passedOver } = await ask(core, 'batches.passed-over', { id })
  const kinds = Object.fromEntries(passedOver.map(({ kind, paths }) => [kind, paths.map(below)]))
  return { id, batch, files: Object.fromEntries(files), kinds }
}

/** Images as a burner names them, and as an operating system may show them; with papers beside them. */
function burn(records: Parameters<typeof dicomdir>[0], files: Record<string, Buffer | string>) {
  const folder = temporaryFolder()
  const cd = join(folder, 'cd')
  for (const [name, content] of Object.entries({ DICOMDIR: dicomdir(records), ...files })) {
    const path = join(cd, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, content)
  }
  return { folder, cd, data: join(folder, 'data') }
}

const IMAGES = [{ file: 'DICOM\\IM1' }, { file: 'DICOM\\IM2.IMG' }, { type: 'SR DOCUMENT', file: 'DICOM\\SR1' }]

describe('a DICOMDIR that is opened', { timeout: 60_000 }, () => {
  it('gives the images that its records name, whatever they are called, and nothing else', async () => {
    const { cd, data } = burn([...IMAGES, { file: 'DICOM\\GONE' }], {
      'DICOM/IM1': slice(1),
      'DICOM/IM2.IMG': slice(2),
      'DICOM/SR1': REPORT,
      'DICOM/IM3': slice(3),
      'README.TXT': 'text',
    })
    const { core } = await openTestCore(data)
    const { batch, files, kinds } = await opened(core, join(cd, 'DICOMDIR'), cd)
    expect(files).toEqual({ 'DICOM/IM1': 'analysed', 'DICOM/IM2.IMG': 'analysed', 'DICOM/GONE': 'file-missing' })
    expect(kinds).toEqual({ report: ['DICOM/SR1'] })
    expect(batch).toMatchObject({ name: 'DICOMDIR', state: 'completed', passedOver: 1 })
  })

  it('finds a missing file when it is tried again after it was copied', async () => {
    const { cd, data } = burn([{ file: 'IM1' }, { file: 'IM2' }], { IM1: slice(1) })
    const { core } = await openTestCore(data)
    const { id } = await opened(core, join(cd, 'DICOMDIR'), cd)
    writeFileSync(join(cd, 'IM2'), slice(2))
    await ask(core, 'batches.retry', { id })
    expect(await ended(core, id)).toMatchObject({ counts: { total: 2, analysed: 2, failed: 0 } })
  })

  it('finds files in lower case, with a version and with a dot, and prefers what is called so exactly', async () => {
    const { cd, data } = burn([{ file: 'DICOM\\IM1' }, { file: 'DICOM\\IM2' }, { file: 'DICOM\\IM3' }], {
      'dicom/im1;1': slice(1),
      'dicom/IM2.': slice(2),
      'dicom/im3': slice(3),
      'dicom/IM3': slice(4),
    })
    renameSync(join(cd, 'DICOMDIR'), join(cd, 'dicomdir;1'))
    const { core } = await openTestCore(data)
    const { files } = await opened(core, join(cd, 'dicomdir;1'), cd)
    expect(files).toEqual({ 'dicom/im1;1': 'analysed', 'dicom/IM2.': 'analysed', 'dicom/IM3': 'analysed' })
  })

  it('is told by its class too, whatever its name', async () => {
    const { cd, data } = burn([{ file: 'IM1' }], { IM1: slice(1) })
    renameSync(join(cd, 'DICOMDIR'), join(cd, 'INDEX'))
    const { core } = await openTestCore(data)
    expect((await opened(core, join(cd, 'INDEX'), cd)).files).toEqual({ IM1: 'analysed' })
  })

  it('opens nothing outside of its medium, and says so', async () => {
    const { folder, cd, data } = burn([{ file: '..\\SECRET' }, { file: '\\etc\\passwd' }, { file: 'IM1' }], {
      IM1: slice(1),
    })
    writeFileSync(join(folder, 'SECRET'), slice(2))
    const { core } = await openTestCore(data)
    const { files } = await opened(core, join(cd, 'DICOMDIR'), cd)
    expect(files).toEqual({
      IM1: 'analysed',
      'DICOMDIR: ../SECRET': 'medium-path',
      'DICOMDIR: /etc/passwd': 'medium-path',
    })
  })

  it('believes no record: what a file is, is seen from it', async () => {
    const records = [
      { type: 'IMAGE', file: 'SR1' },
      { type: 'SR DOCUMENT', file: 'IM1' },
      { type: 'IMAGE', file: 'README' },
      { type: 'IMAGE', file: 'DICOMDIR' },
      { type: 'IMAGE', file: 'FOLDER' },
    ]
    const { cd, data } = burn(records, {
      SR1: REPORT,
      IM1: slice(1),
      README: 'no image at all',
      'FOLDER/IM2': slice(2),
    })
    const { core } = await openTestCore(data)
    const { files, kinds } = await opened(core, join(cd, 'DICOMDIR'), cd)
    expect(files).toEqual({ IM1: 'analysed', README: 'image-unsupported', FOLDER: 'file-unreadable' })
    expect(kinds).toEqual({ report: ['SR1'], directory: ['DICOMDIR'] })
  })

  it.each<[string, Buffer, string]>([
    ['whose files were not copied', dicomdir([{ file: 'A' }, { file: 'B' }]), 'medium-without-files'],
    ['without records', dicomdir([]), 'medium-empty'],
    ['that is cut off', dicomdir([{ file: 'A' }]).subarray(0, 230), 'image-truncated'],
    ['that is none', Buffer.from('this is no DICOM file, whatever it is called'), 'image-unsupported'],
  ])('one %s is one failure', async (_, bytes, code) => {
    const { cd, data } = burn([], {})
    writeFileSync(join(cd, 'DICOMDIR'), bytes)
    const { core } = await openTestCore(data)
    expect((await opened(core, join(cd, 'DICOMDIR'), cd)).files).toEqual({ DICOMDIR: code })
  })
})

describe('a folder with a DICOMDIR', { timeout: 60_000 }, () => {
  it('gives every image once: those of the folder, and what its records name under a name of no image', async () => {
    const { cd, data } = burn([...IMAGES, { file: 'DICOM\\GONE' }], {
      'DICOM/IM1': slice(1),
      'DICOM/IM2.IMG': slice(2),
      'DICOM/IM3.IMG': slice(3),
      'DICOM/SR1': REPORT,
      'DICOM/RT.dcm': object('1.2.840.10008.5.1.4.1.1.481.3'),
      'EXTRA/IM4': slice(4),
      'VIEWER.EXE': 'MZ',
    })
    const { core } = await openTestCore(data)
    const { batch, files, kinds } = await opened(core, cd, cd)
    expect(files).toEqual({
      'DICOM/IM1': 'analysed',
      'DICOM/IM2.IMG': 'analysed',
      'EXTRA/IM4': 'analysed',
      'DICOM/GONE': 'file-missing',
    })
    expect(kinds).toEqual({
      report: ['DICOM/SR1'],
      radiotherapy: ['DICOM/RT.dcm'],
      directory: ['DICOMDIR'],
      other: ['DICOM/IM3.IMG', 'VIEWER.EXE'],
    })
    expect(batch.passedOver).toBe(5)
  })

  it('gives its images though the DICOMDIR is damaged, names other places or is a folder', async () => {
    const { cd, data } = burn([{ file: '..\\X' }], { IM1: slice(1), 'B/DICOMDIR': 'damaged', 'B/IM2': slice(2) })
    mkdirSync(join(cd, 'C', 'DICOMDIR'), { recursive: true })
    copyFileSync(join(cd, 'IM1'), join(cd, 'C', 'DICOMDIR', 'IM3'))
    writeFileSync(join(cd, 'C', 'DICOMDIR', 'IM3'), slice(3))
    const { core } = await openTestCore(data)
    const { files, kinds } = await opened(core, cd, cd)
    expect(files).toEqual({
      'B/IM2': 'analysed',
      'C/DICOMDIR/IM3': 'analysed',
      IM1: 'analysed',
      'DICOMDIR: ../X': 'medium-path',
    })
    expect(kinds).toEqual({ directory: ['DICOMDIR'], 'damaged-directory': ['B/DICOMDIR'] })
  })

  it('in a ZIP file is the same', async () => {
    const { folder, cd, data } = burn([...IMAGES, { file: 'DICOM\\GONE' }, { file: '..\\OUT' }], {
      'DICOM/IM1': slice(1),
      'DICOM/IM2.IMG': slice(2),
      'DICOM/SR1': REPORT,
      'VIEWER.EXE': 'MZ',
    })
    const names = (readdirSync(cd, { recursive: true, withFileTypes: true }) ?? []).filter((one) => one.isFile())
    const entries = names.map((one) => {
      const path = join(one.parentPath, one.name)
      // As tools pack what a system shows in lower case.
      return [`cd${path.slice(cd.length)}`.toLowerCase(), new Uint8Array(readFileSync(path))] as const
    })
    const zip = writeZip(join(folder, 'cd.zip'), Object.fromEntries(entries))
    rmSync(cd, { recursive: true })
    const { core } = await openTestCore(data)
    const { files, kinds } = await opened(core, zip, `${zip}/cd`)
    expect(files).toEqual({
      'dicom/im1': 'analysed',
      'dicom/im2.img': 'analysed',
      'DICOM/GONE': 'file-missing',
      [`${zip}/../OUT (DICOMDIR)`]: 'medium-path',
    })
    expect(kinds).toEqual({ report: ['dicom/sr1'], directory: ['dicomdir'], other: ['viewer.exe'] })
    expect(basename(zip)).toBe('cd.zip')
  })
})

import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { listArchive } from '../../../src/main/engine/archive/list.ts'
import { readEntry } from '../../../src/main/engine/archive/read.ts'
import type { ListedFile } from '../../../src/main/engine/types.ts'
import { sealed } from '../../../src/main/sealed/format.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { picture } from '../../support/images.ts'
import { directory, directoryOf, patchDirectory, text, writeZip } from '../../support/zip.ts'
import { dicomFile } from '../dicom/support/write.ts'

const MEGABYTE = 2 ** 20
/** Places in a record of the central directory. */
const FLAGS = 8
const METHOD = 10
const CRC = 16
const PACKED = 20
const SIZE = 24
const DATA = 42

function write(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'study.zip')
  writeFileSync(path, bytes)
  return path
}

const png = async (seed = 1) => new Uint8Array(await picture(seed).png().toBuffer())

async function listAll(path: string): Promise<Record<string, string>> {
  const files: ListedFile[] = []
  for (let first: number | null = 0; first !== null; ) {
    const page = await listArchive({ path }, first)
    files.push(...page.files)
    first = page.next
  }
  return Object.fromEntries(files.map(({ name, is }) => [name, typeof is === 'string' ? is : is.code]))
}

describe('a ZIP file', () => {
  it('gives the images in it, also DICOM without an extension, in the order of their names', async () => {
    const dicom = new Uint8Array(dicomFile({}))
    const files: Zippable = {
      'b/IM10': dicom,
      'b/IM2': dicom,
      'a.PNG': await png(),
      'README.txt': text('read me'),
      'b/NOTES': text('notes'),
      '.hidden.png': await png(),
      '__MACOSX/a.PNG': text('attributes'),
      DICOMDIR: dicom,
      'VIEWER.EXE': text('MZ'),
      empty: new Uint8Array(),
    }
    const listed = await listAll(write(zipSync(files)))
    const images = Object.keys(listed).filter((name) => listed[name] === 'image')
    expect(images).toEqual(['a.PNG', 'b/IM2', 'b/IM10'])
    expect(listed).toMatchObject({ '.hidden.png': 'hidden', '__MACOSX/a.PNG': 'hidden', DICOMDIR: 'damaged-directory' })
    expect(Object.values(listed).filter((is) => is === 'other')).toHaveLength(4)
  })

  it('gives every byte, deflated or stored, and from memory where it lies sealed', async () => {
    const bytes = new Uint8Array(randomBytes(300_000))
    const zip = zipSync({ 'a.png': bytes, 'b.png': [bytes, { level: 0 }] })
    const path = write(zip)
    for (const name of ['a.png', 'b.png']) expect(Buffer.compare(await readEntry({ path }, name), bytes)).toBe(0)

    const key = new Uint8Array(randomBytes(32))
    const closed = join(temporaryFolder(), 'sealed')
    writeFileSync(closed, Buffer.concat(await Array.fromAsync(sealed(key, Readable.from([zip])))))
    expect(readFileSync(closed).includes('a.png')).toBe(false)
    expect(Buffer.compare(await readEntry({ path: closed, key }, 'b.png'), bytes)).toBe(0)
  })

  it('tells more files than one page has', async () => {
    const files = Object.fromEntries(Array.from({ length: 1_201 }, (_, i) => [`${i}.png`, text(`${i}`)]))
    const path = write(zipSync(files, { level: 0 }))
    expect(Object.keys(await listAll(path))).toEqual(Object.keys(files))
  })

  it('is read anew where it was changed', async () => {
    const path = write(zipSync({ 'a.png': await png() }))
    expect(Object.keys(await listAll(path))).toEqual(['a.png'])
    writeZip(path, { 'other.png': await png() })
    expect(Object.keys(await listAll(path))).toEqual(['other.png'])
    await expect(readEntry({ path }, 'a.png')).rejects.toMatchObject({ code: 'file-missing' })
  })
})

describe('a hostile ZIP file', () => {
  it('leads nowhere out of itself, and what is in it in archives is not opened', async () => {
    const image = await png()
    const files = { '../up.png': image, '/etc/root.png': image, 'C:/disk.png': image, 'a\\..\\..\\up.png': image }
    const listed = await listAll(write(zipSync({ ...files, 'ä\nb.png': image, 'in/more.zip': image, 'ok.png': image })))
    expect(listed).toEqual({
      '../up.png': 'archive-path',
      '/etc/root.png': 'archive-path',
      'C:/disk.png': 'archive-path',
      'a/../../up.png': 'archive-path',
      'ä\nb.png': 'archive-path',
      'in/more.zip': 'archive-nested',
      'ok.png': 'image',
    })
  })

  it('is told file by file what cannot be read', async () => {
    const image = await png()
    const zip = zipSync({
      'locked.png': image,
      'odd.png': image,
      'huge.png': image,
      'twin1.png': image,
      'twin2.png': image,
    })
    patchDirectory(zip, 'locked.png', [{ at: FLAGS, value: 1, bytes: 2 }])
    patchDirectory(zip, 'odd.png', [{ at: METHOD, value: 14, bytes: 2 }])
    patchDirectory(zip, 'huge.png', [
      { at: SIZE, value: 600 * MEGABYTE, bytes: 4 },
      { at: PACKED, value: 599 * MEGABYTE, bytes: 4 },
    ])
    zip.set(text('twin1.png'), directoryOf(zip, 'twin2.png') + 46)
    // As large as it says, so that the whole is no bomb.
    const listed = await listAll(write(withBallast(zip)))
    expect(listed).toMatchObject({
      'locked.png': 'archive-encrypted',
      'odd.png': 'archive-method',
      'huge.png': 'file-too-large',
      'twin1.png': 'image',
      'twin1.png (again)': 'archive-twice',
    })
  })

  it('that unpacks to much more than it has is refused', async () => {
    const bomb = { 'bomb.png': new Uint8Array(64 * MEGABYTE), 'ok.png': await png() }
    await expect(listArchive({ path: write(zipSync(bomb)) }, 0)).rejects.toMatchObject({ code: 'archive-ratio' })
    const large = zipSync({ 'a.png': await png() })
    patchDirectory(large, 'a.png', [{ at: SIZE, value: 0xfffffff0, bytes: 4 }])
    await expect(listArchive({ path: write(large) }, 0)).rejects.toMatchObject({ code: 'archive-ratio' })
  })

  it('in which one file is such a bomb has the others opened', async () => {
    const ballast = new Uint8Array(randomBytes(2 * MEGABYTE))
    const path = write(zipSync({ 'bomb.png': new Uint8Array(64 * MEGABYTE), 'ok.png': await png(), 'z.bin': ballast }))
    expect(await listAll(path)).toEqual({ 'bomb.png': 'archive-ratio', 'ok.png': 'image', 'z.bin': 'other' })
    await expect(readEntry({ path }, 'bomb.png')).rejects.toMatchObject({ code: 'archive-ratio' })
  })

  it('that shares one piece of data among many files is counted by what they come to', async () => {
    const files = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`${i}.png`, new Uint8Array(1)]))
    files['0.png'] = new Uint8Array(8 * MEGABYTE)
    const zip = zipSync(files)
    const view = new DataView(zip.buffer)
    const [first, ...others] = directory(zip).map(({ at }) => at)
    for (const at of others) {
      for (const place of [CRC, PACKED, SIZE, DATA])
        view.setUint32(at + place, view.getUint32((first ?? 0) + place, true), true)
    }
    await expect(listArchive({ path: write(zip) }, 0)).rejects.toMatchObject({ code: 'archive-too-large' })
  })

  it('that claims more files than a medium has is refused before they are looked at', async () => {
    const zip = zipSync({ 'a.png': await png() })
    const end = zip.length - 22
    new DataView(zip.buffer).setUint16(end + 10, 50_001, true)
    await expect(listArchive({ path: write(zip) }, 0)).rejects.toMatchObject({ code: 'archive-too-many' })
  })

  it('whose data is not what it says is told so', async () => {
    const stored = () => zipSync({ 'a.png': [new Uint8Array(5_000).fill(7), { level: 0 }] })
    const altered = stored()
    altered[100] = 8
    await expect(readEntry({ path: write(altered) }, 'a.png')).rejects.toMatchObject({ code: 'archive-checksum' })

    const deflated = () => zipSync({ 'a.png': new Uint8Array(5_000).map((_, i) => i % 251) })
    for (const value of [4_999, 5_001]) {
      const path = write(patchDirectory(deflated(), 'a.png', [{ at: SIZE, value, bytes: 4 }]))
      await expect(readEntry({ path }, 'a.png')).rejects.toMatchObject({ code: 'archive-damaged' })
    }
    const torn = deflated()
    torn.fill(0xff, 40, 60)
    await expect(readEntry({ path: write(torn) }, 'a.png')).rejects.toMatchObject({ code: 'archive-damaged' })
  })

  it('that is cut off anywhere, or is no ZIP file, gives an error with a code', async () => {
    const zip = zipSync({ 'a.png': await png(), 'b/IM1': new Uint8Array(dicomFile({})) })
    for (let length = 0; length < zip.length; length += 97) {
      const path = write(zip.subarray(0, length))
      await expect(listArchive({ path }, 0)).rejects.toMatchObject({ code: 'archive-damaged' })
    }
    await expect(listArchive({ path: write(text('no archive at all'.repeat(9))) }, 0)).rejects.toMatchObject({
      code: 'archive-damaged',
    })
    await expect(listArchive({ path: join(temporaryFolder(), 'gone.zip') }, 0)).rejects.toMatchObject({
      code: 'file-missing',
    })
  })
})

/** Bytes before the archive, which its offsets then count; the whole is large, and nothing of it is read. */
function withBallast(zip: Uint8Array): Uint8Array {
  const ballast = 4 * MEGABYTE
  const whole = new Uint8Array(ballast + zip.length)
  whole.set(zip, ballast)
  const view = new DataView(whole.buffer)
  const end = whole.length - 22
  const entries = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true) + ballast
  view.setUint32(end + 16, at, true)
  for (let i = 0; i < entries; i++) {
    view.setUint32(at + DATA, view.getUint32(at + DATA, true) + ballast, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return whole
}

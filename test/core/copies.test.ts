import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataFolderAt, prepareDataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import { copyScan, verifyCopy } from '../../src/main/core/intake/copy.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'

describe('the copy of a scan', () => {
  it.each([
    ['has other bytes of the same number', (copy: Buffer) => copy.fill(0)],
    ['is cut off', (copy: Buffer) => copy.subarray(0, 10)],
  ])('that %s is mended when the file is opened again', async (_, alter) => {
    const root = temporaryFolder()
    const folder = dataFolderAt(join(root, 'data'))
    prepareDataFolder(folder)
    const file = await writePicture(root, 'a.png')
    const { sha256 } = await copyScan(folder, { path: file })
    const copy = scanPath(folder, sha256)
    writeFileSync(copy, alter(readFileSync(copy)))
    await expect(verifyCopy(folder, sha256)).rejects.toMatchObject({ code: 'scan-altered' })
    await copyScan(folder, { path: file })
    await verifyCopy(folder, sha256)
    expect(readFileSync(copy).equals(readFileSync(file))).toBe(true)
  })
})

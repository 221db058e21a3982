import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { forkTaskEngine } from '../../src/main/compose.ts'
import { exportForTriton } from '../../src/main/core/models/export-triton.ts'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import type { LoggedAct } from '../../src/main/store/types.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { fillDisk, mountSmallDisk } from '../support/mount.ts'

/** An export to `out`, with what is on record of it when the folder is made. */
function setUp(folder = temporaryFolder()) {
  const registered = join(folder, 'models')
  const target = join(folder, 'out', 'repository')
  const acts: LoggedAct[] = []
  const log = async (act: LoggedAct) => {
    expect(existsSync(target)).toBe(false)
    acts.push(act)
  }
  const places = {
    shipped: join(MODEL_DIR, '..'),
    registered,
    defaultId: SHIPPED_MODEL,
    refresh: async () => undefined,
  }
  const exporting = (id: string, store = { log }) =>
    exportForTriton({ places, store, startEngine: forkTaskEngine }, id, target, 'Dr A')
  const left = () => (existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')) : [])
  return { registered, target, acts, exporting, left }
}

it('makes a model repository whose every file its manifest vouches for', async () => {
  const { target, acts, exporting, left } = setUp()
  expect(await exporting(SHIPPED_MODEL)).toBe(target)
  expect(left()).toEqual(['repository'])
  // Triton takes every folder here for a model, and every folder of a model for a version.
  expect(readdirSync(target)).toEqual([SHIPPED_MODEL])
  const dir = join(target, SHIPPED_MODEL)
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name)).toEqual(['1'])
  const { files, golden, ...manifest } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ model: SHIPPED_MODEL, use: 'Decision aid only — not a diagnosis' })
  expect(Date.now() - Date.parse(manifest.exported)).toBeLessThan(60_000)
  const there = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map(({ parentPath, name }) => join(parentPath, name))
  expect(files.map(({ file }: { file: string }) => join(dir, file)).toSorted()).toEqual(there.toSorted())
  for (const { file, bytes, sha256 } of files) {
    const content = readFileSync(join(dir, file))
    expect([content.length, createHash('sha256').update(content).digest('hex')], file).toEqual([bytes, sha256])
  }
  expect(readFileSync(join(dir, '1', 'model.onnx'))).toEqual(readFileSync(join(MODEL_DIR, 'model.onnx')))
  const shipped = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8'))
  expect([manifest.preprocessing, manifest.temperature]).toEqual([shipped.preprocessing, shipped.temperature])
  expect(golden.images).toHaveLength(shipped.golden.images.length)
  for (const { file } of golden.images) expect(existsSync(join(dir, file)), file).toBe(true)
  const detail = { weights: shipped.weights.sha256, for: 'triton' }
  expect(acts).toEqual([{ actor: 'Dr A', act: 'model.exported', subject: SHIPPED_MODEL, detail }])
})

it('leaves what is there as it is, and knows no other models', async () => {
  const { target, acts, exporting, left } = setUp()
  for (const id of ['nowhere', '../models']) {
    await expect(exporting(id)).rejects.toMatchObject({ code: 'model-unknown' })
  }
  expect(left()).toEqual([])
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'mine.txt'), 'x')
  await expect(exporting(SHIPPED_MODEL)).rejects.toMatchObject({
    code: 'model-export-exists',
    details: { path: target },
  })
  expect(readdirSync(target)).toEqual(['mine.txt'])
  expect(acts).toEqual([])
})

it('leaves nothing of a model that was altered, or that cannot be put on record', async () => {
  const { registered, acts, exporting, left } = setUp()
  cpSync(MODEL_DIR, join(registered, 'altered-1'), { recursive: true })
  for (const file of ['model.json', 'card.json']) {
    const path = join(registered, 'altered-1', file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(`"id": "${SHIPPED_MODEL}"`, '"id": "altered-1"'))
  }
  writeFileSync(join(registered, 'altered-1', 'golden', '1.jpg'), 'x')
  await expect(exporting('altered-1')).rejects.toMatchObject({
    code: 'model-altered',
    details: { file: 'golden/1.jpg' },
  })
  const refusing = { log: () => Promise.reject(new Error('no record')) }
  await expect(exporting(SHIPPED_MODEL, refusing)).rejects.toThrow()
  expect([left(), acts]).toEqual([[], []])
})

it('leaves nothing on a disk that is full', async ({ skip }) => {
  const folder = temporaryFolder()
  const disk = join(folder, 'out')
  const problem = mountSmallDisk(disk, 4000)
  skip(problem !== null, problem ?? '')
  const { acts, exporting, left } = setUp(folder)
  fillDisk(join(disk, 'filler'), 1000)
  await expect(exporting(SHIPPED_MODEL)).rejects.toMatchObject({ code: 'disk-full' })
  expect([left(), acts]).toEqual([['filler'], []])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fuzz } from '../../../scripts/fuzz/index.ts'

const FOLDER = join(import.meta.dirname, 'files')

it('mutated files are read or refused with a code, none ends or hangs the engine', async () => {
  const files = readdirSync(FOLDER).map((name) => new Uint8Array(readFileSync(join(FOLDER, name))))
  const { outcomes, wrong } = await fuzz(files, { rounds: 500, seed: 20_261_129 })
  expect(wrong).toEqual([])
  // It got further than the first bytes.
  expect(Object.keys(outcomes)).toEqual(
    expect.arrayContaining(['decoded', 'image-truncated', 'image-corrupt', 'dicom-damaged', 'dicom-attribute']),
  )
}, 120_000)

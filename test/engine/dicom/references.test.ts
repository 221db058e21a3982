import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeFrame } from '../../../src/main/engine/decode/dicom/index.ts'
import { greys } from '../../../src/main/engine/preprocess/greys.ts'
import type { DisplayWindow } from '../../../src/main/engine/types.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared as sharedPath } from '../../support/shared.ts'
import { storedValues } from './support/stored.ts'

/** What pydicom, DCMTK and OpenJPH decode, made by scripts/reference/dicom/make_hashes.py. */
interface Reference {
  shape: number[]
  type: string
  values: string
  picture: string | null
}
const REFERENCES = JSON.parse(readFileSync(join(import.meta.dirname, 'references.json'), 'utf8')) as Record<
  string,
  Reference[]
>

const DICOM = sharedPath('dicom')

const sha256 = (data: ArrayBufferView) =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex')

const frames = Object.entries(REFERENCES).flatMap(([file, list]) =>
  list.map((reference, frame) => ({ file, frame, reference })),
)
const own = frames.filter(({ file }) => dirname(file) === 'files')
const shared = frames.filter(({ file }) => dirname(file) !== 'files')

async function check(path: string, frame: number, reference: Reference): Promise<void> {
  const bytes = readFileSync(path)
  const { values, shape } = await storedValues(bytes, frame)
  expect(shape).toEqual(reference.shape)
  expect(sha256(values)).toBe(reference.values)
  if (reference.picture === null) return
  const image = await decodeFrame(bytes, frame)
  expect(sha256(greys(image, image.window as DisplayWindow))).toBe(reference.picture)
}

describe('each pixel is as another toolkit decodes it', () => {
  it.each(own)('$file, frame $frame', ({ file, frame, reference }) =>
    check(join(import.meta.dirname, file), frame, reference),
  )
})

needsShared(DICOM)
describe.skipIf(DICOM === null)('each pixel of shared/dicom is as another toolkit decodes it', () => {
  it.each(shared)('$file', ({ file, frame, reference }) => check(join(DICOM as string, file), frame, reference))
})

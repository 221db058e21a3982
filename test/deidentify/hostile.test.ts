import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { INPUT } from '../../scripts/reference/dicom-result.ts'
import { structuredReport } from '../../src/main/core/dicom-objects/structured-report.ts'
import { type Element, textElement } from '../../src/main/engine/deidentify/element.ts'
import { deidentify } from '../../src/main/engine/deidentify/index.ts'
import { Pseudonyms } from '../../src/main/engine/deidentify/pseudonyms.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { random } from '../../src/shared/random.ts'
import { shared } from '../support/shared.ts'
import { fileOf, KEY, sequence } from './support.ts'

const NAMES = ['MR_small', 'MR_small_implicit', 'MR_small_bigendian', 'MR_small_RLE', 'CT_small']

/** The code of what went wrong, or null; fails on anything that is not in the catalogue. */
async function codeOf(bytes: Uint8Array): Promise<string | null> {
  try {
    await deidentify(bytes, new Pseudonyms(KEY), '0.1.0')
    return null
  } catch (error) {
    if (error instanceof GyrusError) return error.code
    throw error
  }
}

function files(): Buffer[] | null {
  const paths = NAMES.map((name) => shared(`dicom/syntaxes/${name}.dcm`))
  const found = paths.filter((path) => path !== null)
  return found.length === paths.length ? found.map((path) => readFileSync(path)) : null
}

const NOT_RUN = 'not run: the shared data folder is not there (GYRUS_SHARED)'

describe('a file that cannot be de-identified', () => {
  it('is one that is cut off, wherever', async ({ skip }) => {
    const sources = files()
    if (!sources) return skip(NOT_RUN)
    for (const source of sources) {
      for (let length = 0; length < source.length - 200; length += 97)
        expect(['deidentify-unreadable', 'deidentify-not-image']).toContain(await codeOf(source.subarray(0, length)))
    }
  })

  it('is told by a code, whatever bytes are wrong', async ({ skip }) => {
    const sources = files()
    if (!sources) return skip(NOT_RUN)
    const next = random(20261129)
    const codes = new Set<string | null>()
    for (let round = 0; round < 1000; round++) {
      const bytes = Buffer.from(sources[round % sources.length] ?? [])
      for (let change = 0; change < 3; change++) bytes[Math.floor(next() * 2000)] = Math.floor(next() * 256)
      codes.add(await codeOf(bytes))
    }
    expect([...codes].sort()).toEqual(expect.arrayContaining(['deidentify-unreadable', null]))
  })

  it.for<[string, Uint8Array]>([
    ['is empty', new Uint8Array()],
    ['is no DICOM', Buffer.from('%PDF-1.7 and so on, and so on, and so on')],
    ['has sequences in sequences', fileOf([deep(100)])],
    ['claims four gigabytes', claiming(0xffff_fff0)],
    ['has a value without end', claiming(0xffff_ffff)],
    ['has a syntax of a vendor', fileOf([], { syntax: '1.2.840.113619.5.2' })],
  ])('is one that %s', async ([, bytes]) => {
    expect(await codeOf(bytes)).toMatch(/^deidentify-/)
  })

  it('is one that is no image', async () => {
    expect(await codeOf((await structuredReport(INPUT)).file)).toBe('deidentify-not-image')
  })
})

function deep(levels: number): Element {
  let inside: Element = textElement(0x0008_0104, 'LO', 'x')
  for (let level = 0; level < levels; level++) inside = sequence(0x0008_9215, [inside])
  return inside
}

/** A file that ends in an element with a length that is not there. */
function claiming(length: number): Uint8Array {
  const claim = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0, 0, 0, 0])
  claim.writeUInt32LE(length, 8)
  const whole = fileOf([])
  return Buffer.concat([whole.subarray(0, whole.length - 16), claim])
}

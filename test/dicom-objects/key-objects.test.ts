import { describe, expect, it } from 'vitest'
import { INPUT, OF_SERIES } from '../../scripts/reference/dicom-result.ts'
import { type KeyObjectInput, keyObjects } from '../../src/main/core/dicom-objects/key-objects.ts'
import type { ImageReference } from '../../src/main/core/dicom-objects/types.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../src/shared/series.ts'
import { complaints, dcmtk, missing, python } from '../support/dicom-tools.ts'

const slice = (series: string, uid: string, frames: number[] = []): ImageReference => ({
  seriesUid: series,
  classUid: `1.2.840.10008.5.1.4.1.1.4${frames.length > 0 ? '.1' : ''}`,
  uid,
  frames,
})

const of = (...images: ImageReference[]): KeyObjectInput => ({ ...INPUT, source: { ...INPUT.source, images } })
const CHOICE = of(slice('1.2.1', '1.2.1.9'), slice('1.2.1', '1.2.1.3'), slice('1.2.2', '1.2.2.1', [7, 8]))

describe('a key object selection', () => {
  it('passes dciodvfy without errors', async ({ skip }) => {
    const reason = missing('dciodvfy')
    if (reason) skip(reason)
    for (const input of [CHOICE, OF_SERIES]) {
      const { errors, warnings } = complaints((await keyObjects(input)).file)
      expect(errors).toEqual([])
      expect(warnings.filter((line) => !/<99GYRUS>/.test(line))).toEqual([])
    }
  })

  it('lists the slices in their order, with the banner', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const said = 'Most suspicious slices by Gyrus brain MRI classifier 2, model efl0-2: Glioma'
    expect(python('dicom-objects/python/read_key_objects.py', (await keyObjects(CHOICE)).file)).toEqual({
      title: 'Of Interest',
      texts: [`${BANNER}\r\n${said}`],
      images: [
        ['1.2.1.9', []],
        ['1.2.1.3', []],
        ['1.2.2.1', [7, 8]],
      ],
      evidence: [
        ['1.2.1', ['1.2.1.9', '1.2.1.3']],
        ['1.2.2', ['1.2.2.1']],
      ],
    })
  })

  it('of a series says by which rule, with what must be said beside it', async ({ skip }) => {
    const reason = missing('dcmdump')
    if (reason) skip(reason)
    const text = dcmtk('dsrdump', (await keyObjects(OF_SERIES)).file, '+Pl')
    for (const part of [BANNER, 'Glioma', SERIES_RULE.text, SERIES_CAUTIONS.untested, SERIES_CAUTIONS.contrast])
      expect(text).toContain(part)
    expect(text).toContain('The reader’s verdict is in the structured report of this result.')
  })

  it('is printed by dsrdump', async ({ skip }) => {
    const reason = missing('dcmdump')
    if (reason) skip(reason)
    expect(dcmtk('dsrdump', (await keyObjects(CHOICE)).file)).toContain('Key Object Selection Document')
  })

  it('has the same UID for the same choice only', async () => {
    const uidOf = async (input: KeyObjectInput) => (await keyObjects(input)).reference.uid
    const first = slice('1.2.1', '1.2.1.9')
    const uids = await Promise.all([CHOICE, of(first), of({ ...first, frames: [9] })].map(uidOf))
    expect(new Set(uids).size).toBe(3)
    expect(await uidOf({ ...CHOICE, at: '2027-01-01T00:00:00.000Z' })).toBe(uids[0])
  })
})

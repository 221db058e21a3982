import type { DeidentifyNote } from '../../../shared/deidentify.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { Cleaner } from './clean.ts'
import { loadDictionary } from './dictionary.ts'
import { type Element, find, PIXEL_DATA, textElement } from './element.ts'
import { readFile, writeFile } from './file.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { pixelWarnings } from './warnings.ts'

const PIXELS = [PIXEL_DATA, 0x7fe0_0008, 0x7fe0_0009]

export interface Deidentified {
  file: Uint8Array
  note: DeidentifyNote
}

/**
 * A copy of an image after the Basic Application Level Confidentiality Profile (PS3.15 E), without options, in the transfer
 * syntax of the source. Pixels are copied as they are: the note says what they may tell.
 *
 * @param pseudonyms one for a whole export, so that series and studies stay together
 * @param version of Gyrus
 * @throws GyrusError `deidentify-unreadable`, `deidentify-not-image`
 */
export async function deidentify(bytes: Uint8Array, pseudonyms: Pseudonyms, version: string): Promise<Deidentified> {
  const dictionary = await loadDictionary()
  const { syntax, elements } = readFile(bytes, dictionary)
  if (!PIXELS.some((tag) => find(elements, tag))) throw new GyrusError('deidentify-not-image')
  const cleaner = new Cleaner(pseudonyms, dictionary)
  const cleaned = withStatement(cleaner.clean(elements), version)
  return {
    file: writeFile({ syntax, elements: cleaned }, version),
    note: { attributes: cleaner.done, warnings: pixelWarnings(elements) },
  }
}

/** Says in the file what was done (PS3.15 E.1.1), in the order of tags. */
function withStatement(elements: Element[], version: string): Element[] {
  const statement: Element[] = [
    textElement(0x0012_0062, 'CS', 'YES'),
    textElement(0x0012_0063, 'LO', `PS3.15 2026c Basic Profile\\Gyrus ${version}`),
    { kind: 'sequence', tag: 0x0012_0064, vr: 'SQ', items: [METHOD] },
    textElement(0x0028_0303, 'CS', 'REMOVED'),
  ]
  const others = elements.filter(({ tag }) => !find(statement, tag))
  return [...others, ...statement].sort((a, b) => a.tag - b.tag)
}

/** CID 7050. */
const METHOD: Element[] = [
  textElement(0x0008_0100, 'SH', '113100'),
  textElement(0x0008_0102, 'SH', 'DCM'),
  textElement(0x0008_0104, 'LO', 'Basic Application Confidentiality Profile'),
]

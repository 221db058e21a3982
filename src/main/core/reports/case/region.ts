import type { Region } from '../../../../shared/brain-region.ts'
import { regionText } from '../../../../shared/region-words.ts'
import { type Line, lineHeight, type Sheet } from '../sheet.ts'

const TEXT = { size: 6.4 } as const

const textOf = (region: Region): string =>
  `Brain region in the image, found by a rule, no part of the answer. ${regionText(region)} Greys are 0–255 of the 8-bit picture; those of MR have no unit.`

/** pt: it has as many lines as it needs. */
export const regionHeight = (sheet: Sheet, region: Region, width: number): number =>
  sheet.wrap(textOf(region), width, TEXT).length * lineHeight(TEXT.size) + 2

export function drawRegion(sheet: Sheet, region: Region, place: Pick<Line, 'x' | 'y' | 'width'>): void {
  sheet.paragraph(textOf(region), { ...place, ...TEXT })
}

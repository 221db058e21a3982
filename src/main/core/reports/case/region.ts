import type { Region } from '../../../../shared/brain-region.ts'
import { regionText } from '../../../../shared/region-words.ts'
import { type Line, lineHeight, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'

const TEXT = { size: 6.4 } as const

const textOf = (region: Region, words: Words): string => words.texts.case.region(regionText(region, words))

/** pt: it has as many lines as it needs. */
export const regionHeight = (sheet: Sheet, region: Region, width: number): number =>
  sheet.wrap(textOf(region, sheet.words), width, TEXT).length * lineHeight(TEXT.size) + 2

export function drawRegion(sheet: Sheet, region: Region, place: Pick<Line, 'x' | 'y' | 'width'>): void {
  sheet.paragraph(textOf(region, sheet.words), { ...place, ...TEXT })
}

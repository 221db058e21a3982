import { MARGIN, type Sheet } from './sheet.ts'

/** What a page begins with: what this is, where in it one is, and that it is no diagnosis. Returns where the rest begins. */
export function drawBanner(sheet: Sheet, title: string, page: string): number {
  const place = { x: MARGIN, width: sheet.inner }
  const tag = sheet.pages === 1 ? 'H1' : 'P'
  sheet.line(title, { ...place, width: sheet.inner - 110, y: 26, size: 13, bold: true, tag })
  sheet.line(page, { ...place, y: 30, size: 8, align: 'right' })
  sheet.frame(MARGIN, 48, sheet.inner, 22, 1.6)
  sheet.line(sheet.words.banner, { ...place, y: 51, size: 11.5, bold: true, align: 'center' })
  return 78
}

import qrcode from 'qrcode-generator'
import type { Sheet } from './sheet.ts'

/** White modules around a code, without which readers do not find it. */
const QUIET = 4

/** Draws a QR code (error correction M) of capital letters, digits and hyphens into a square, quiet zone and all. */
export function drawQr(sheet: Sheet, text: string, x: number, y: number, side: number): void {
  const code = qrcode(0, 'M')
  code.addData(text, 'Alphanumeric')
  code.make()
  const count = code.getModuleCount()
  const module = side / (count + 2 * QUIET)
  const draw = () => {
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        if (!code.isDark(row, column)) continue
        sheet.doc.rect(x + (column + QUIET) * module, y + (row + QUIET) * module, module, module)
      }
    }
    sheet.doc.fill('#000')
  }
  sheet.tag('Figure', draw, { alt: sheet.words.texts.common.qrCode(text) })
}

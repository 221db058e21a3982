import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'

export interface TextStyle {
  /** Height of the font, px. */
  size: number
  bold: boolean
  /** `#rrggbb` */
  colour: string
  /** Lines are broken at this width, px. */
  width: number
}

/** A text as a picture, drawn with the font of the reports. */
export async function drawText(text: string, style: TextStyle, fontsDir: string): Promise<Required<Drawn>> {
  const { size, bold, colour, width } = style
  const face = bold ? 'Bold' : 'Regular'
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${markup(text)}</span>`,
      font: `Noto Sans ${face} ${size}`,
      fontfile: join(fontsDir, `NotoSans-${face}.ttf`),
      // A point is a pixel.
      dpi: 72,
      width,
      wrap: 'word-char',
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { input: data, width: info.width, height: info.height }
}

interface Drawn {
  input: OverlayOptions['input']
  width: number
  height: number
}

/** For Pango's markup; it refuses control characters. */
const markup = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

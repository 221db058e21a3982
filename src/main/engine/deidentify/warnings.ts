import type { PixelWarning } from '../../../shared/deidentify.ts'
import { type Element, find, textsOf } from './element.ts'

const SOP_CLASS = 0x0008_0016
const IMAGE_TYPE = 0x0008_0008
const CONVERSION_TYPE = 0x0008_0064
const BURNED_IN = 0x0028_0301
const RECOGNIZABLE = 0x0028_0302

/** Secondary capture, ultrasound and visible light (PS3.4 B.5). */
const OFTEN_WRITTEN_ON = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(7|7\.\d|3\.1|6\.1|6\.2|77\.1\..*)$/

/** What the pixels of a file may tell, from what the file says of itself (before it is changed). */
export function pixelWarnings(elements: Element[]): PixelWarning[] {
  const texts = (tag: number) => textsOf(find(elements, tag))
  const [stated] = texts(BURNED_IN)
  const likely =
    texts(SOP_CLASS).some((uid) => OFTEN_WRITTEN_ON.test(uid)) ||
    texts(CONVERSION_TYPE).length > 0 ||
    texts(IMAGE_TYPE).includes('SCREEN SAVE')
  const face: PixelWarning[] = texts(RECOGNIZABLE)[0] === 'NO' ? [] : ['face']
  if (stated === 'YES') return ['text-stated', ...face]
  // Machines that write on pictures say NO as well.
  if (likely) return ['text-likely', ...face]
  return stated === 'NO' ? face : ['text-not-stated', ...face]
}

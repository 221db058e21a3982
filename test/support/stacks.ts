import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFrame } from '../../src/main/engine/decode/dicom/index.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { shared } from './shared.ts'

const MR = '1.2.840.10008.5.1.4.1.1.4'
const ENHANCED_MR = '1.2.840.10008.5.1.4.1.1.4.1'
const ROOT = '1.2.826.0.1.3680043.10.1711'

/** A slice of the shared head series, as it was decoded: whole values from 0 on. */
export interface RealSlice {
  image: DecodedImage
  values: Uint16Array
  position: number[]
  orientation: number[]
}

/** The slices of the shared T1 series, from its first on; null where the shared data folder is not there. */
export async function realSlices(): Promise<RealSlice[] | null> {
  const folder = shared('dicom/series-t1')
  if (!folder) return null
  const files = readdirSync(folder).sort()
  return Promise.all(
    files.map(async (name) => {
      const image = await decodeFrame(readFileSync(join(folder, name)))
      const { position, orientation } = image.dicom ?? {}
      if (!position || !orientation || !(image.data instanceof Uint16Array)) throw new Error(`${name}: no 16-bit slice`)
      // As they are stored: decoded, they are moved to begin at 0.
      const offset = image.scale?.intercept ?? 0
      return { image, values: image.data.map((value) => value + offset), position, orientation }
    }),
  )
}

const ds = (values: readonly number[]) => values.map((value) => Number(value.toFixed(6))).join('\\')

const bytesOf = (values: Uint16Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** What a slice's pixels are like. */
function pixelElements({ image: { width, height } }: RealSlice): Record<number, Buffer> {
  return {
    2621456: element(0x00280010, 'US', height),
    2621457: element(0x00280011, 'US', width),
    2621697: element(0x00280101, 'US', 16),
    2621698: element(0x00280102, 'US', 15),
  }
}

const patient = (name: string) => ({
  1048592: element(0x00100010, 'PN', name),
  1048608: element(0x00100020, 'LO', `P-${name}`),
})

/**
 * An Enhanced MR file whose frames are real slices, each where it lies; not `placed`, only the first one's position stands in
 * it, at its top, as in files that were put together by hand.
 */
export function multiFrameFile(slices: readonly RealSlice[], { placed = true } = {}): Buffer {
  const [first] = slices
  if (!first) throw new Error('no slices')
  const sequence = (tag: number, ...items: Buffer[]) => element(tag, 'SQ', items)
  const { height = 1, width = 1 } = first.image.pixel ?? {}
  const sharedGroups = Buffer.concat([
    sequence(0x00209116, element(0x00200037, 'DS', ds(first.orientation))),
    sequence(0x00289110, element(0x00280030, 'DS', ds([height, width]))),
  ])
  const placeOf = ({ position }: RealSlice) => element(0x00200032, 'DS', ds(position))
  const own = slices.map((slice) => (placed ? sequence(0x00209113, placeOf(slice)) : Buffer.alloc(0)))
  return dicomFile({
    ...pixelElements(first),
    ...patient('Frames^Test'),
    524310: element(0x00080016, 'UI', ENHANCED_MR),
    524384: element(0x00080060, 'CS', 'MR'),
    ...(!placed && { 2097202: placeOf(first) }),
    2621448: element(0x00280008, 'IS', String(slices.length)),
    1375769129: sequence(0x52009229, sharedGroups),
    1375769136: sequence(0x52009230, ...own),
    2145386512: element(0x7fe00010, 'OW', Buffer.concat(slices.map(({ values }) => bytesOf(values)))),
  })
}

export interface SeriesOptions {
  patient?: string
  studyDate?: string
  /** Part of its UIDs. */
  number: number
  frameOfReference?: number
  /** How many slices; the real ones come round again where they do not suffice. */
  length: number
  /** Between two slices, mm. */
  apart?: number
}

/** Single-slice MR files of one series: real pixels, new UIDs and positions along the real slices' own normal. */
export function seriesFiles(slices: readonly RealSlice[], options: SeriesOptions): Buffer[] {
  const { number, length, apart = 1, studyDate = '20260105', frameOfReference = number } = options
  return Array.from({ length }, (_, at) => {
    const slice = slices[at % slices.length] as RealSlice
    const { height = 1, width = 1 } = slice.image.pixel ?? {}
    return dicomFile({
      ...pixelElements(slice),
      ...patient(options.patient ?? 'Series^Test'),
      524310: element(0x00080016, 'UI', MR),
      524312: element(0x00080018, 'UI', `${ROOT}.${number}.2.${at + 1}`),
      524320: element(0x00080020, 'DA', studyDate),
      524384: element(0x00080060, 'CS', 'MR'),
      528446: element(0x0008103e, 'LO', `T1 series ${number}`),
      2097165: element(0x0020000d, 'UI', `${ROOT}.${number}`),
      2097166: element(0x0020000e, 'UI', `${ROOT}.${number}.2`),
      2097169: element(0x00200011, 'IS', String(number)),
      2097171: element(0x00200013, 'IS', String(at + 1)),
      2097202: element(0x00200032, 'DS', ds(placed(slices[0] as RealSlice, at * apart))),
      2097207: element(0x00200037, 'DS', ds(slice.orientation)),
      2097234: element(0x00200052, 'UI', `${ROOT}.9.${frameOfReference}`),
      2621488: element(0x00280030, 'DS', ds([height, width])),
      2145386512: element(0x7fe00010, 'OW', bytesOf(slice.values)),
    })
  })
}

/** So far along the normal from where a slice lies. */
function placed({ position, orientation }: RealSlice, mm: number): number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = orientation
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d]
  return position.map((value, axis) => value + mm * (normal[axis] ?? 0))
}

import { cache, Enums, imageLoader, metaData, type Types, utilities } from '@cornerstonejs/core'
import { fetchPixels, type Pixels, pixelsUrl } from '../client/images.ts'

const SCHEME = 'gyrus'
/** More than what a stack may hold (stack-loader.ts): what was looked at before stays as far as there is room. */
const CACHE_BYTES = 640 * 2 ** 20

/** One image: that of a case, or a frame (from 0 on) of its file. */
export interface ImageRef {
  caseId: string
  frame: number | null
}

export const imageIdOf = ({ caseId, frame }: ImageRef) => `${SCHEME}:${pixelsUrl(caseId, frame)}`
const urlOf = (imageId: string) => imageId.slice(SCHEME.length + 1)

/**
 * `empty`: all pixels are the same. `aspect`: height of a pixel where its width is 1. `mm`: what that 1 is, null where the
 * file has no scale.
 */
type Header = Pixels['header'] & { empty: boolean; aspect: number; mm: number | null }
const headers = new Map<string, Header>()

export const headerOfImage = (imageId: string | undefined) => (imageId === undefined ? undefined : headers.get(imageId))

/** Decoded pixels that are held of an image, bytes; 0 while they are not. */
export const bytesOf = (imageId: string): number => cache.getImage(imageId)?.sizeInBytes ?? 0

/** Feeds Cornerstone with what the engine decoded, each image as a plane of its own whose unit is the width of a pixel. */
export function registerImages(): void {
  cache.setMaxCacheSize(CACHE_BYTES)
  // Cornerstone lets go of this promise: an image that is not there would be an error of the page that nobody caught.
  const put = cache.putImageLoadObject.bind(cache)
  cache.putImageLoadObject = (imageId, loading) => put(imageId, loading).catch(() => undefined)
  metaData.addProvider(describe, 1000)
  imageLoader.registerImageLoader(SCHEME, (imageId: string) => {
    const control = new AbortController()
    return { promise: load(imageId, control.signal), cancelFn: () => control.abort() }
  })
}

/** Loads ahead what will probably be looked at next. A failure is told when it is looked at. */
export function prefetch(caseId: string): void {
  void loadImage(imageIdOf({ caseId, frame: null })).catch(() => undefined)
}

/** From the cache where it is there. Rejects with `RequestFailed`; the next call then tries again. */
export async function loadImage(imageId: string): Promise<void> {
  try {
    await imageLoader.loadAndCacheImage(imageId)
  } catch (error) {
    forget(imageId)
    // Cornerstone hands on what the loader threw, by itself or in an envelope of its own.
    throw (error as { error?: unknown })?.error ?? error
  }
}

/** Gives back its memory; what is still on its way is broken off. A failed load must not be served again. */
export function forget(imageId: string): void {
  const loading = cache.getImageLoadObject(imageId)
  if (!loading) return
  if (!cache.isLoaded(imageId)) loading.cancelFn?.()
  cache.removeImageLoadObject(imageId, { force: true })
}

/** An image of the viewer's own, which is of no case. */
const WARM = 'gyrus-warm:'
const WARM_SIDE = 16

/** As all images are drawn, so that what draws them is compiled; it holds nothing. @returns its id */
export function warmImage(): string {
  const data = new Uint16Array(WARM_SIDE ** 2)
  data.fill(1, data.length / 2)
  const window = { low: 0, high: 1 }
  const size = { width: WARM_SIDE, height: WARM_SIDE, channels: 1 } as const
  const header = { ...size, bitsPerSample: 16, window, scale: null, pixel: null, plane: null } as const
  imageLoader.registerImageLoader(WARM.slice(0, -1), (imageId: string) => ({
    promise: Promise.resolve(imageOf(imageId, { header, data })),
  }))
  return `${WARM}1`
}

async function load(imageId: string, signal: AbortSignal): Promise<Types.IImage> {
  return imageOf(imageId, await fetchPixels(urlOf(imageId), signal))
}

function imageOf(imageId: string, { header, data }: Pixels): Types.IImage {
  const { width, height, channels, window } = header
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    width,
    height,
    numberOfComponents: channels,
    scalarData: data,
  })
  const { windowWidth, windowCenter } = utilities.windowLevel.toWindowLevel(window.low, window.high)
  const [minPixelValue, maxPixelValue] = rangeOf(data)
  const { pixel } = header
  const aspect = pixel ? pixel.height / pixel.width : 1
  const mm = pixel?.unit === 'mm' ? pixel.width : null
  headers.set(imageId, { ...header, empty: minPixelValue === maxPixelValue, aspect, mm })
  const image: Partial<Types.IImage> = {
    imageId,
    minPixelValue,
    maxPixelValue,
    slope: 1,
    intercept: 0,
    windowWidth,
    windowCenter,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    rows: height,
    columns: width,
    width,
    height,
    color: channels === 3,
    rgba: false,
    numberOfComponents: channels,
    photometricInterpretation: channels === 3 ? 'RGB' : 'MONOCHROME2',
    columnPixelSpacing: 1,
    rowPixelSpacing: aspect,
    invert: false,
    sizeInBytes: data.byteLength,
    dataType: data.constructor.name as Types.PixelDataTypedArrayString,
    voxelManager: voxelManager as NonNullable<Types.IImage['voxelManager']>,
    getPixelData: () => data,
  }
  return image as Types.IImage
}

function describe(type: string, imageId: unknown): unknown {
  const header = typeof imageId === 'string' ? headers.get(imageId) : undefined
  if (!header) return undefined
  const { width, height, channels, bitsPerSample, aspect } = header
  if (type === Enums.MetadataModules.IMAGE_PIXEL) {
    return {
      samplesPerPixel: channels,
      photometricInterpretation: channels === 3 ? 'RGB' : 'MONOCHROME2',
      rows: height,
      columns: width,
      bitsAllocated: bitsPerSample,
      bitsStored: bitsPerSample,
      highBit: bitsPerSample - 1,
      pixelRepresentation: 0,
    }
  }
  if (type === Enums.MetadataModules.IMAGE_PLANE) {
    return {
      // Each image is a space of its own: a measurement stays with its case.
      frameOfReferenceUID: imageId,
      rows: height,
      columns: width,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [0, 0, 0],
      // In widths of a pixel; a length is told in mm where the file has a scale (setup.ts).
      pixelSpacing: [aspect, 1],
      rowPixelSpacing: aspect,
      columnPixelSpacing: 1,
      usingDefaultValues: true,
    }
  }
  if (type === Enums.MetadataModules.GENERAL_SERIES) return { modality: 'MR', seriesInstanceUID: imageId }
  return undefined
}

function rangeOf(data: Uint8Array | Uint16Array): [number, number] {
  let min = Infinity
  let max = -Infinity
  for (const value of data) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return [min, max]
}

import { cache, Enums, imageLoader, metaData, type Types, utilities } from '@cornerstonejs/core'
import { fetchPixels, type Pixels } from '../client/images.ts'

const SCHEME = 'gyrus'
const CACHE_BYTES = 512 * 2 ** 20

export const imageIdOf = (caseId: string) => `${SCHEME}:${caseId}`
const caseOf = (imageId: string) => imageId.slice(SCHEME.length + 1)

/** `empty`: all pixels are the same. */
type Header = Pixels['header'] & { empty: boolean }
const headers = new Map<string, Header>()

export const headerOf = (caseId: string) => headers.get(imageIdOf(caseId))

/** Feeds Cornerstone with what the engine decoded, and tells it that a raster file has no scale and no place in a body. */
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
  imageLoader.loadAndCacheImage(imageIdOf(caseId)).catch(() => forget(caseId))
}

/** A failed load must not be served from the cache when it is tried again. */
export function forget(caseId: string): void {
  const imageId = imageIdOf(caseId)
  if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId, { force: true })
}

async function load(imageId: string, signal: AbortSignal): Promise<Types.IImage> {
  const { header, data } = await fetchPixels(caseOf(imageId), signal)
  const { width, height, channels, window } = header
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    width,
    height,
    numberOfComponents: channels,
    scalarData: data,
  })
  const { windowWidth, windowCenter } = utilities.windowLevel.toWindowLevel(window.low, window.high)
  const [minPixelValue, maxPixelValue] = rangeOf(data)
  headers.set(imageId, { ...header, empty: minPixelValue === maxPixelValue })
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
    rowPixelSpacing: 1,
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
  const { width, height, channels, bitsPerSample } = header
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
      pixelSpacing: [1, 1],
      rowPixelSpacing: 1,
      columnPixelSpacing: 1,
      // The spacing is made up; lengths are in pixels.
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

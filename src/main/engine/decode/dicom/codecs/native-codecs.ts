import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GyrusError } from '../../../../../shared/errors.ts'
import { frameBytes } from '../frames.ts'
import type { ImagePixel } from '../image-pixel.ts'
import { mismatch, type Shape } from './codestream.ts'

/** What is used of `dcmjs-codecs`: libjpeg, CharLS, OpenJPEG and OpenJPH as one WebAssembly module. */
type Codecs = typeof import('dcmjs-codecs')
type Decoding = 'decodeJpeg' | 'decodeJpegLs' | 'decodeJpeg2000' | 'decodeHtJpeg2000'

/** The module's memory never shrinks; after a frame of more bytes than this it is given back. */
const KEPT_BYTES = 32 * 2 ** 20

const { resolve } = createRequire(import.meta.url)
let loading: Promise<Codecs> | undefined

/** Loaded for the first compressed frame, and anew after a failure, which may leave the module in any state. */
function load(): Promise<Codecs> {
  loading ??= (async () => {
    const codecs = (await import('dcmjs-codecs')).default as unknown as Codecs
    // It would print what it finds wrong with a file.
    codecs.log.setLevel('silent')
    const file = join(dirname(resolve('dcmjs-codecs')), 'dcmjs-native-codecs.wasm')
    await codecs.NativeCodecs.initializeAsync({ webAssemblyModulePathOrUrl: file })
    return codecs
  })()
  return loading
}

/**
 * Uncompresses a frame whose code stream tells the shape that the header does.
 * @param toRgb whether colours are luminance and differences in the code stream, which become RGB
 * @throws GyrusError `dicom-pixels-mismatch`; anything else where the frame is damaged
 */
export async function decodeNatively(
  decoding: Decoding,
  coded: Uint8Array,
  image: ImagePixel,
  { shape, toRgb = false }: { shape: Shape | undefined; toRgb?: boolean },
): Promise<Uint8Array> {
  if (!shape) throw new GyrusError('image-corrupt')
  const { width, height, components } = shape
  if (width !== image.columns || height !== image.rows || components !== image.samples) throw mismatch(image, shape)
  const { NativeCodecs, Context } = await load()
  try {
    const context = new Context({
      ...{ width, height, bitsAllocated: image.bitsAllocated, bitsStored: image.bitsStored },
      ...{ samplesPerPixel: image.samples, pixelRepresentation: image.signed ? 1 : 0, planarConfiguration: 0 },
      ...{ photometricInterpretation: image.photometric, encodedBuffer: coded },
    })
    const decoded = NativeCodecs[decoding](context, { convertColorspaceToRgb: toRgb }).getDecodedBuffer()
    if (decoded?.length !== frameBytes(image, true)) throw mismatch(image, { ...shape, bytes: decoded?.length ?? 0 })
    // Out of the module's memory, which the next frame writes over.
    const bytes = Uint8Array.from(decoded)
    if (bytes.length > KEPT_BYTES) release(NativeCodecs)
    return bytes
  } catch (error) {
    release(NativeCodecs)
    throw error
  }
}

function release(codecs: Codecs['NativeCodecs']): void {
  loading = undefined
  codecs.release()
}

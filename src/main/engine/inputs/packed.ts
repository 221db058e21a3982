import type { ModelInputs } from '../../../shared/model-inputs.ts'
import type { FeatureModel } from './fit.ts'

type Packed = Omit<ModelInputs['features'], 'distance'>

/** A distribution as its file has it, and none other: what is measured with it is measured with what was written. */
export function pack({ width, mean, variances, components, rest, explained }: FeatureModel): Packed {
  return {
    ...{ width, variances, rest, explained },
    mean: toBase64(Float32Array.from(mean)),
    components: toBase64(Float16Array.from(components)),
  }
}

export function unpack({ width, mean, variances, components, rest, explained }: Packed): FeatureModel {
  return {
    ...{ width, variances, rest, explained },
    mean: new Float32Array(fromBase64(mean)),
    components: Float32Array.from(new Float16Array(fromBase64(components))),
  }
}

export const toBase64 = ({ buffer, byteOffset, byteLength }: Float32Array | Float16Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** A buffer of its own, which begins where numbers may begin. */
export const fromBase64 = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64')).buffer

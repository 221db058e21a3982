import { checkHeat, type HeatFile, heatSchema } from '../../../shared/heat.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { fromBase64, toBase64 } from '../inputs/packed.ts'
import { type ModelFolder, readJson } from '../model/files.ts'
import type { HeatHead } from './head.ts'

/**
 * The file that says where tumours are, where a model's folder carries one.
 *
 * @throws GyrusError errors of `readJson`; `model-altered` where it is another model's
 */
export async function loadHeat(folder: ModelFolder, manifest: ModelManifest): Promise<HeatFile | null> {
  if (!manifest.heat) return null
  const made = await readJson(folder, manifest.heat.file, heatSchema, manifest.heat.sha256)
  checkHeat(folder.model, manifest, made)
  return made
}

/** A head as its file has it, and none other: what is measured is what was written. */
export const packHead = ({ hidden, levels, bias, out, outBias }: HeatHead) => ({
  hidden,
  levels: levels.map(({ name, channels, weights }) => ({ name, channels, weights: packed(weights) })),
  ...{ bias: packed(bias), out: packed(out), outBias: packed(outBias) },
})

export const unpackHead = ({ hidden, levels, bias, out, outBias }: ReturnType<typeof packHead>): HeatHead => ({
  hidden,
  levels: levels.map(({ name, channels, weights }) => ({ name, channels, weights: unpacked(weights) })),
  ...{ bias: unpacked(bias), out: unpacked(out), outBias: unpacked(outBias) },
})

const packed = (values: Float32Array): string => toBase64(Float16Array.from(values))
const unpacked = (text: string): Float32Array => Float32Array.from(new Float16Array(fromBase64(text)))

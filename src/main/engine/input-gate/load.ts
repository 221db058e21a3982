import {
  checkInputGate,
  type InputGateFile,
  inputGateFileSchema,
  OUTLINE_STEPS,
} from '../../../shared/input-gate-file.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { fromBase64 } from '../inputs/packed.ts'
import { type ModelFolder, readJson } from '../model/files.ts'
import { nearestOutline } from './outline.ts'
import type { InputGate } from './types.ts'

/**
 * Of a model’s folder; without a file nothing is known, which the gate then says.
 *
 * @throws GyrusError errors of `readJson`; `model-altered` where it is another model’s
 */
export async function loadInputGate(folder: ModelFolder, manifest: ModelManifest): Promise<InputGate> {
  if (!manifest.inputGate) return { limits: null, shape: () => null }
  const { file, sha256 } = manifest.inputGate
  const made = await readJson(folder, file, inputGateFileSchema, sha256)
  checkInputGate(folder.model, manifest, made)
  const others = unpackOutlines(made.outlines)
  return { limits: made.limits, shape: (outline) => nearestOutline(outline, others) }
}

/** Outlines as they were kept, one after the other. */
export function unpackOutlines({ values }: InputGateFile['outlines']): Float32Array {
  // Filled first and divided then: `from` with a function takes a quarter of a second for the shipped model's.
  const outlines = new Float32Array(new Int8Array(fromBase64(values)))
  for (let i = 0; i < outlines.length; i++) outlines[i] = (outlines[i] as number) / OUTLINE_STEPS
  return outlines
}

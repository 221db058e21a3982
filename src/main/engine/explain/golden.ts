import { GyrusError } from '../../../shared/errors.ts'
import type { GoldenHeat, HeatFile } from '../../../shared/heat.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import type { ModelFolder } from '../model/files.ts'
import { goldenInputs } from '../model/golden.ts'
import { highestPlace } from './frame.ts'
import { type HeatHead, heatOf, type Places, runHead } from './head.ts'

type Levels = (input: Float32Array) => Promise<Places[]>

/** What the head says of a model's golden images. Errors of `goldenInputs`. */
export async function goldenHeat(
  folder: ModelFolder,
  manifest: ModelManifest,
  size: number,
  head: HeatHead,
  levels: Levels,
): Promise<{ golden: GoldenHeat; heat: Float32Array }[]> {
  const preprocessing = { ...manifest.preprocessing, size }
  const inputs = await goldenInputs(folder, { ...manifest, preprocessing })
  const said: { golden: GoldenHeat; heat: Float32Array }[] = []
  for (const [i, input] of inputs.entries()) {
    const heat = heatOf(runHead(head, await levels(input)), null)
    const peak = highestPlace(heat)
    const { file } = manifest.golden.images[i] as ModelManifest['golden']['images'][number]
    const sum = heat.reduce((total, value) => total + value, 0)
    said.push({ golden: { file, highest: heat[peak] as number, peak, sum }, heat })
  }
  return said
}

/**
 * Compares what the head says here with what it said when it was made.
 *
 * @throws GyrusError `model-golden-mismatch` where a highest value, the value at its place, or the mean differs by more
 *   than the tolerance
 */
export async function checkGoldenHeat(
  folder: ModelFolder,
  manifest: ModelManifest,
  { size, golden, tolerance }: HeatFile,
  head: HeatHead,
  levels: Levels,
): Promise<void> {
  const said = await goldenHeat(folder, manifest, size, head, levels)
  const differences = said.flatMap(({ golden: now, heat }) => {
    const then = golden.find(({ file }) => file === now.file)
    if (!then) return [Number.NaN]
    const atPeak = Math.abs((heat[then.peak] ?? Number.NaN) - then.highest)
    return [Math.abs(now.highest - then.highest), atPeak, Math.abs(now.sum - then.sum) / heat.length]
  })
  const difference = Math.max(...differences)
  // Written so that NaN fails too.
  if (!(difference <= tolerance))
    throw new GyrusError('model-golden-mismatch', {
      ...{ model: folder.model, tolerance },
      difference: difference.toPrecision(2),
    })
}

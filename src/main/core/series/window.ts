import { toGyrusError } from '../../../shared/errors.ts'
import type { StackWindow } from '../../../shared/series.ts'
import type { Store } from '../../store/types.ts'
import type { Images } from '../images.ts'

/** Slices that are looked at, evenly spread over the stack. */
const LOOKED_AT = 9

/**
 * One window for a whole stack, of those at which slices from all over it would open by themselves. Where their files name them, the
 * median: neither one bright slice nor the air at the ends decides. Else, of percentiles, from the lowest to the highest: in none
 * of them is more burnt out than where it is opened alone. A slice that cannot be read has no say.
 *
 * @returns null for what is no stack, or in colour
 * @throws GyrusError errors of the record
 */
export async function stackWindow(
  { store, images }: { store: Store; images: Pick<Images, 'window'> },
  id: string,
): Promise<StackWindow | null> {
  const places = spread(await imagesOf(store, id), LOOKED_AT)
  if (places.length < 2) return null
  const found = await Promise.all(
    places.map(({ caseId, frame }) => images.window(caseId, frame ?? undefined).catch(toGyrusError)),
  )
  const windows = found.filter((one) => one !== null && 'low' in one)
  if (windows.length === 0) return null
  const [lows, highs] = [windows.map(({ low }) => low), windows.map(({ high }) => high)]
  return windows.every(({ named }) => named)
    ? { low: median(lows), high: median(highs) }
    : { low: Math.min(...lows), high: Math.max(...highs) }
}

interface Place {
  caseId: string
  frame: number | null
}

async function imagesOf(store: Store, id: string): Promise<Place[]> {
  const series = await store.seriesOf(id)
  if (series) return series.slices
  const { dicom } = await store.getCase(id)
  return Array.from({ length: dicom?.frames ?? 1 }, (_, frame) => ({ caseId: id, frame }))
}

function spread<T>(all: readonly T[], n: number): T[] {
  if (all.length <= n) return [...all]
  return Array.from({ length: n }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / n)] as T)
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] as number
}

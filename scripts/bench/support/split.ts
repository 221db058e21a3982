import type { Store } from '../../../src/main/store/types.ts'
import { caseQuerySchema } from '../../../src/shared/cases.ts'

/** Adds up the time spent in the record's transactions. */
export function timeStore(store: Store): { total(): number; reset(): void } {
  let sum = 0
  for (const name of ['receive', 'complete'] as const) {
    const original = store[name] as (items: unknown[]) => Promise<void>
    store[name] = async (items: unknown[]) => {
      const start = performance.now()
      await original(items)
      sum += performance.now() - start
    }
  }
  return {
    total: () => sum,
    reset: () => {
      sum = 0
    },
  }
}

/** Of the newest cases, ms an image: of waiting too, where images are read at a time. */
export async function meanTimings(
  store: Store,
  newest: number,
): Promise<Record<'decode' | 'preprocess' | 'inference', number>> {
  const sums = { decode: 0, preprocess: 0, inference: 0 }
  for (let offset = 0; offset < newest; offset += 500) {
    const { rows } = await store.listCases(caseQuerySchema.parse({}), offset, Math.min(500, newest - offset))
    for (const { id } of rows) {
      const { result } = await store.getCase(id)
      sums.decode += result?.decodeMs ?? 0
      sums.preprocess += result?.preprocessMs ?? 0
      sums.inference += result?.inferenceMs ?? 0
    }
  }
  const { decode, preprocess, inference } = sums
  return { decode: decode / newest, preprocess: preprocess / newest, inference: inference / newest }
}

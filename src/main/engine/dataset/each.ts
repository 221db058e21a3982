import { GyrusError } from '../../../shared/errors.ts'

/**
 * Works on items in their order, `width` at a time. The first failure ends it: nothing more is started, and what is under
 * way has come to its end when this rejects.
 *
 * @throws GyrusError `cancelled`, and what `work` throws
 */
export async function workOnEach<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries()
  let failed = false
  const run = async () => {
    for (const [index, item] of queue) {
      if (failed) return
      if (signal.aborted) throw new GyrusError('cancelled')
      await work(item, index)
    }
  }
  const runs = Array.from({ length: width }, () =>
    run().catch((error) => {
      failed = true
      throw error
    }),
  )
  const settled = await Promise.allSettled(runs)
  const broken = settled.find((one) => one.status === 'rejected')
  if (broken) throw broken.reason
}

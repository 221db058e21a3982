import type { BatchOptions } from '../../../shared/batches.ts'
import type { GyrusError } from '../../../shared/errors.ts'
import { PassedOverCount } from '../../../shared/passed-over.ts'
import type { NewBatchFile, Store } from '../../store/types.ts'
import type { Archives } from '../intake/archives.ts'
import { findAtPath, type OnSkipped } from '../intake/find.ts'

/** Files put on record at a time; fewer where they are found slowly, so that work on them begins soon. */
const CHUNK = 500
const CHUNK_MS = 200
const ROOTS = 500

/**
 * Walks what was chosen for a batch into the record, a chunk at a time, so that memory stays flat. After a kill it
 * begins again; what is on record already is not added twice.
 *
 * @param onMore told after every chunk how many were found by then
 * @throws GyrusError of the record
 */
export async function listFiles(
  parts: { store: Store; archives: Archives; batch: string; options: BatchOptions; signal: AbortSignal },
  onMore: (found: number) => void,
): Promise<void> {
  const { store, archives, batch, options, signal } = parts
  const passedOver = new PassedOverCount()
  let found = 0
  let chunk: NewBatchFile[] = []
  let since = Date.now()
  const onSkipped: OnSkipped = (path, kind) => passedOver.add(path, kind)
  const put = async () => {
    await store.addBatchFiles(batch, chunk)
    found += chunk.length
    chunk = []
    since = Date.now()
    onMore(found)
  }
  for await (const { root, path } of rootsOf(store, batch)) {
    for await (const one of findAtPath(path, { ...options, onSkipped, archives })) {
      if (signal.aborted) return
      chunk.push({ root, path: one.path, failure: toCaseFailure(one.failure) })
      if (chunk.length >= CHUNK || Date.now() - since > CHUNK_MS) await put()
    }
  }
  if (chunk.length > 0) await put()
  if (!signal.aborted) await store.batchListed(batch, passedOver.list)
  onMore(found)
}

async function* rootsOf(store: Store, batch: string) {
  for (let first = 0; ; first += ROOTS) {
    const roots = await store.batchRoots(batch, first, ROOTS)
    yield* roots
    if (roots.length < ROOTS) return
  }
}

const toCaseFailure = (failure: GyrusError | undefined) =>
  failure ? { code: failure.code, details: failure.details } : null

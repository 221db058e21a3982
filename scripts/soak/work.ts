import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Core } from '../../src/main/core/index.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import type { TrainingRequest } from '../../src/shared/training.ts'
import { writeVariants } from '../bench/support/variants.ts'

/** What is worked with. */
export interface Material {
  core: Core
  /** Folder for what the work itself needs; nothing of Gyrus. */
  folder: string
  /** Real slices, as JPEG. */
  images: readonly string[]
  /** A small labelled set. */
  set: string
  /** Where backups go. */
  backups: string
}

/** How often each kind of work was done, and how many files failed. */
export interface Counts {
  read: number
  batches: number
  batchFiles: number
  failed: number
  trainings: number
  backups: number
}

export type Kind = 'reading' | 'batch' | 'training' | 'backups'

const BY = 'soak'
/** A reader opens one, looks, opens the next. */
const LOOK_MS = 250
const BATCH_FILES = 24
/** From the end of a backup to the next. */
const BETWEEN_BACKUPS_MS = 2000
const ASK_MS = 50

/** One round of each kind of work; `n` counts its rounds. */
export const ROUNDS: Record<Kind, (material: Material, counts: Counts, n: number) => Promise<void>> = {
  /** A scan is opened, its case and the work list are looked at. */
  async reading({ core, folder, images }, counts, n) {
    const [path = ''] = await writeVariants(turned(images, n), join(folder, 'single'), 1, `single ${n}`)
    for await (const outcome of core.intake.open([{ path }], { actor: BY, source: 'file' })) {
      if (outcome.status === 'failed') counts.failed += 1
      await core.store.getCase(outcome.caseId ?? '')
    }
    await core.store.listCases(caseQuerySchema.parse({}), 0, 100)
    rmSync(path)
    counts.read += 1
    await after(LOOK_MS)
  },

  async batch({ core, folder, images }, counts, n) {
    const own = join(folder, `batch-${n}`)
    await writeVariants(turned(images, n * BATCH_FILES), own, BATCH_FILES, `batch ${n}`)
    const options = { subFolders: true, filter: '', skipSeen: true }
    const id = await core.batches.add({ paths: [own], origin: 'folder', options }, BY)
    for await (const { outcome } of core.batches.run(id)) {
      counts.batchFiles += 1
      if (outcome.status === 'failed') counts.failed += 1
    }
    rmSync(own, { recursive: true })
    counts.batches += 1
  },

  /** A head on a few images: a process that starts, computes, writes a model and ends. */
  async training({ core, set }, counts, n) {
    const split = { by: 'random', validation: 0.2 } as const
    const request: TrainingRequest = {
      ...{ set, map: {}, tumours: [], recipe: 'head', changes: { size: 64 }, split, seed: n },
    }
    const id = await core.trainings.start(request, BY, `soak-${n}`)
    await core.trainings.outcome(id)
    counts.trainings += 1
  },

  async backups({ core, backups }, counts) {
    core.backups.start(backups, BY)
    for (;;) {
      const { running, failure } = await core.backups.status()
      if (failure) throw new Error(`backup: ${failure.code}: ${failure.message}`)
      if (running === null) break
      await after(ASK_MS)
    }
    counts.backups += 1
    await after(BETWEEN_BACKUPS_MS)
  },
}

/** Beginning with another one each time. */
const turned = (images: readonly string[], by: number): string[] => {
  const at = by % images.length
  return [...images.slice(at), ...images.slice(0, at)]
}

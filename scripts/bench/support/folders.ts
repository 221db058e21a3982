import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './machine.ts'

/** The data folder that lies beside the repository, or where GYRUS_SHARED says. */
const SHARED = process.env.GYRUS_SHARED ?? join(ROOT, '..', 'shared')
/** The public set of slices, with `Training` and `Testing`. */
export const IMAGE_SET = join(SHARED, 'datasets', 'brain-tumor-mri')
export const TEST_IMAGES = join(IMAGE_SET, 'Testing')
export const SERIES = join(SHARED, 'dicom', 'series-t1')

/** For `Bench.missing`. */
export const missingFolder = (path: string) => (): string | null =>
  existsSync(path) ? null : `${path.slice(SHARED.length + 1)} is not in the shared data folder (GYRUS_SHARED names it)`

/** Works in a folder that is taken away afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gyrus-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelCard, ModelManifest } from '../../../src/shared/model.ts'

export const RESOURCES = join(import.meta.dirname, '../../../resources')
/** What ships beside the active model, `ACTIVE`; the smaller one, for tests that load many. */
export const SHIPPED = join(RESOURCES, 'models/efl0-head-1')
/** The model that is in force where nobody chose another. */
export const ACTIVE = join(RESOURCES, 'models/efl0-2')

/** A copy of the shipped model that a test may spoil; the folder keeps its name. */
export async function copyOfShipped(): Promise<string> {
  const dir = join(await mkdtemp(join(tmpdir(), 'gyrus-model-')), 'efl0-head-1')
  await cp(SHIPPED, dir, { recursive: true })
  return dir
}

/** Rewrites a JSON file of a model's folder. */
export async function edit(dir: string, file: 'model.json', change: (value: ModelManifest) => void): Promise<void>
export async function edit(dir: string, file: 'card.json', change: (value: ModelCard) => void): Promise<void>
export async function edit(dir: string, file: string, change: (value: never) => void): Promise<void> {
  const value = JSON.parse(await readFile(join(dir, file), 'utf8')) as never
  change(value)
  await writeFile(join(dir, file), JSON.stringify(value))
}

import { SvelteMap } from 'svelte/reactivity'
import type { Batch } from '../../shared/batches.ts'
import { moment } from '../../shared/moment.ts'
import { batches } from '../batches/list.svelte.ts'
import { call } from '../client/client.ts'
import { foreign } from '../format.ts'

/** Batches that were asked for because they are none of the newest. */
const older = new SvelteMap<string, Batch | null>()

export const batchName = ({ name, createdAt }: Batch): string => `${foreign(name)}, ${moment(createdAt)}`

/** What a batch is called; its id until that is known. */
export function nameOfBatch(id: string): string {
  const known = batches.list?.find((batch) => batch.id === id) ?? older.get(id)
  return known ? batchName(known) : id
}

/** Asks for a name that the newest batches do not tell. */
export async function learnBatch(id: string): Promise<void> {
  if (older.has(id) || batches.list?.some((batch) => batch.id === id)) return
  older.set(id, null)
  const found = await call('batches.get', { id }).catch(() => null)
  if (found) older.set(id, found.batch)
}

/** The newest batch of this id, or whose name begins so; null where there is none among the newest. */
export function findBatch(typed: string): string | null {
  const wanted = typed.toLowerCase()
  const fits = ({ id, name }: Batch) => id === wanted || name.toLowerCase().startsWith(wanted)
  return batches.list?.find(fits)?.id ?? null
}

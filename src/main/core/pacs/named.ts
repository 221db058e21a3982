import { GyrusError } from '../../../shared/errors.ts'
import type { ReadStore } from '../../store/types.ts'

/** A connection by its name, however it is written. @throws GyrusError `pacs-unknown` */
export async function pacsNamed(store: ReadStore, name: string): Promise<{ id: string; name: string }> {
  const known = (await store.allPacs()).find(({ settings }) => settings.name.toLowerCase() === name.toLowerCase())
  if (!known) throw new GyrusError('pacs-unknown')
  return { id: known.id, name: known.settings.name }
}

import type { FolderKeys } from '../encryption/keys.ts'
import type { StartEngine } from './process.ts'

/**
 * Engines for tasks, which read data sets as a whole: where the record is encrypted they get the key of its files with
 * what they are asked, and end with it. The engine that reads scans never has it.
 */
export function forTasks(start: StartEngine, keys: FolderKeys | null): StartEngine {
  if (keys === null) return start
  return () => {
    const engine = start()
    return {
      ...engine,
      send: (message) => engine.send('name' in message ? { ...message, files: keys.files } : message),
    }
  }
}

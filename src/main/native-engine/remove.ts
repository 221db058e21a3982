import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { folderBytes } from './files.ts'
import { takeLock } from './lock.ts'
import { nativeEngineFolder, placesFor } from './places.ts'

/**
 * Removes what was installed or begun, not npm packages. It is out of the way at once, also where deleting is stopped.
 * @returns the bytes that were freed
 * @throws GyrusError `native-engine-busy`
 */
export async function removeNativeEngine(dataDir: string): Promise<number> {
  const root = nativeEngineFolder(dataDir)
  const gone = `${root}.removed`
  await rm(gone, { recursive: true, force: true })
  if (!existsSync(root)) return 0
  const lock = takeLock(placesFor(dataDir, '').lock)
  try {
    await rename(root, gone)
  } finally {
    lock.release()
  }
  const bytes = await folderBytes(gone)
  await rm(gone, { recursive: true, force: true })
  return bytes
}

import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, type OpenCore, openCore } from '../compose.ts'

const RETRY_MS = 1000

/**
 * Opens the core for work that may wait: as soon as no other Gyrus works on the data folder. Several that wait come in no
 * particular order. Until it is open, Ctrl+C ends the process.
 *
 * @param work what waits, in words
 * @throws GyrusError what `openCore` throws, but for `data-folder-in-use`
 */
export async function openCoreInTurn(work: string, dataDir?: string): Promise<OpenCore> {
  for (let told = false; ; told = true) {
    try {
      return await openCore(chooseDataDir(dataDir))
    } catch (error) {
      if (!(error instanceof GyrusError) || error.code !== 'data-folder-in-use') throw error
    }
    if (!told) {
      console.error(`Another Gyrus works on this data folder; ${work} waits for its turn (Ctrl+C to stop waiting).`)
    }
    await sleep(RETRY_MS)
  }
}

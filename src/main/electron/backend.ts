import { safeStorage } from 'electron'
import { openCore, rememberIn } from '../compose.ts'
import type { Caller } from '../core/caller.ts'
import type { Reply } from '../core/dispatch.ts'
import type { PassphraseAsker } from '../core/encryption/ask.ts'
import type { Events } from '../core/events.ts'
import type { Work } from '../core/index.ts'
import { RENDERER_DIR } from '../installation.ts'
import { openLog } from '../log.ts'
import { endPromptly } from '../start-patiently.ts'
import { whoMay } from '../who.ts'
import { startUtilityEngine, startUtilityListener, startUtilityPacs } from './engine-process.ts'
import { keyStoreOf } from './key-store.ts'
import { pageFor } from './page.ts'
import type { Page } from './page-protocol.ts'
import { runInUtility } from './run-script.ts'

/** What the windows stand on: the core with its engine, and what a page may fetch. */
export interface Backend {
  request(name: string, input: unknown, caller: Caller): Promise<Reply>
  readonly events: Pick<Events, 'subscribe'>
  /** Which of them may see what happens by itself. */
  sees(caller: Caller): boolean | Promise<boolean>
  readonly page: Page
  /** Whether the record is, so that nothing of it may lie elsewhere in clear. */
  readonly encrypted: boolean
  /** What goes on without anybody at a window. */
  work(): Promise<Work>
  /** Folders that were classified last, the newest first. */
  recentFolders(limit: number): Promise<string[]>
  /** Takes up what a kill left undone. */
  resume(): Promise<void>
  /** @param goOn who has it end; what runs goes on at the next start */
  close(goOn: string): Promise<void>
}

export interface Opening {
  /** Whether this machine's key store is to open the record from now on. */
  rememberKey: boolean
  passphrase: PassphraseAsker
}

/**
 * The core in this process, its engine in a utility process.
 *
 * @throws GyrusError what `openCore`, `rememberIn` and `whoMay` throw
 */
export async function openBackend(dataDir: string, { rememberKey, passphrase }: Opening): Promise<Backend> {
  const keyStore = keyStoreOf(safeStorage, process.platform)
  const opened = await openCore(dataDir, {
    startEngine: startUtilityEngine,
    startListener: startUtilityListener,
    startPacs: startUtilityPacs,
    runScript: runInUtility,
    keyStore,
    passphrase,
    note: openLog(),
  })
  const { core, close } = opened
  if (rememberKey) {
    const remembered = rememberIn(keyStore, core, (store) => whoMay(store, 'administer', 'encrypt'))
    await remembered.catch((error) => close().then(() => Promise.reject(error)))
  }
  return {
    request: (name, input, caller) => core.request(name, input, caller),
    events: core.events,
    sees: (caller) => core.accounts.sees(caller),
    page: pageFor(core, RENDERER_DIR),
    encrypted: core.folder.keys !== null,
    work: () => core.work(),
    recentFolders: (limit) => core.batches.recentFolders(limit),
    async resume() {
      await Promise.all([core.startQueued(), core.resume()])
    },
    close: (goOn) => endPromptly(opened, goOn),
  }
}

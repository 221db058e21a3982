import { join } from 'node:path'
import { BrowserWindow, ipcMain } from 'electron'
import { GyrusError } from '../../../shared/errors.ts'
import type { PassphraseAsker, PassphraseRefused } from '../../core/encryption/ask.ts'
import { GIVE_PASSPHRASE } from '../channels.ts'
import { isTopFrameOf } from '../ipc.ts'
import { originOf, PASSPHRASE_HOST, servePage } from '../page-protocol.ts'
import { said, texts } from '../spoken.ts'
import { passphrasePage } from './page.ts'

/**
 * Asks for the passphrase of an encrypted record in a window of its own, before there is a core. The window comes with
 * the first question and stays until it is closed: with it Gyrus would end while the core opens.
 */
export class PassphraseWindow implements PassphraseAsker {
  readonly #dataDir: string
  #window: BrowserWindow | null = null
  /** Who waits for a passphrase; null while none is asked for. */
  #asked: { take(secret: string): void; giveUp(): void } | null = null
  /** Tells the page why it was refused. */
  #answer: ((refused: PassphraseRefused) => void) | null = null

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  ask(): Promise<string> {
    this.#window ??= this.#open()
    return new Promise((resolve, reject) => {
      this.#asked = { take: resolve, giveUp: () => reject(new GyrusError('cancelled')) }
    })
  }

  refuse(refused: PassphraseRefused): void {
    const { message, action } = said({ ...refused, code: 'passphrase-wrong' })
    this.#answer?.({ message, action, seconds: refused.seconds })
  }

  close(): void {
    this.#window?.destroy()
  }

  #open(): BrowserWindow {
    servePage(PASSPHRASE_HOST, { fetch: () => passphrasePage(this.#dataDir) })
    const window = new BrowserWindow({
      width: 520,
      height: 400,
      resizable: false,
      maximizable: false,
      fullscreenable: false,
      backgroundColor: '#0c0d0f',
      title: texts().passphrase.title,
      autoHideMenuBar: true,
      webPreferences: {
        preload: join(import.meta.dirname, 'passphrase-preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    })
    ipcMain.handle(GIVE_PASSPHRASE, (event, secret: unknown) => {
      const isOurs = event.sender === this.#window?.webContents && isTopFrameOf(event, originOf(PASSPHRASE_HOST))
      if (!isOurs || typeof secret !== 'string') throw new GyrusError('unauthorised')
      return new Promise<PassphraseRefused>((resolve) => {
        this.#answer = resolve
        this.#asked?.take(secret)
        this.#asked = null
      })
    })
    window.once('closed', () => {
      this.#window = null
      this.#asked?.giveUp()
    })
    void window.loadURL(`${originOf(PASSPHRASE_HOST)}/`)
    return window
  }
}

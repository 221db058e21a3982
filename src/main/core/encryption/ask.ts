import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../../../shared/errors.ts'
import type { KeyFile } from './key-file.ts'
import { type Opened, openWithSecret } from './unlock.ts'

/** Wrong ones that are borne; each holds up the next, 1, 2, 4 … s. */
const TRIES = 6

/** Why a passphrase was not taken. */
export interface PassphraseRefused {
  message: string
  action: string
  /** Until the next try can be made. */
  seconds: number
}

/** Where a person can type the passphrase of the record. */
export interface PassphraseAsker {
  /** @throws GyrusError `cancelled` where they give none */
  ask(): Promise<string>
  refuse(refused: PassphraseRefused): void
}

/**
 * Asks for the passphrase or recovery code until one opens the key.
 *
 * @param pause waits so many ms
 * @throws GyrusError `passphrase-wrong` at the sixth wrong one, `cancelled`
 */
export async function openByAsking(
  file: KeyFile,
  asker: PassphraseAsker,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<Opened> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openWithSecret(file, await asker.ask())
    } catch (error) {
      if (!(error instanceof GyrusError) || error.code !== 'passphrase-wrong' || tries === TRIES) throw error
      const seconds = 2 ** (tries - 1)
      const { message, action } = error.toFailure()
      asker.refuse({ message, action, seconds })
      await pause(1_000 * seconds)
    }
  }
}

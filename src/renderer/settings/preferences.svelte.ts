import { type Action, DEFAULT_MOUSE, keysInForce, worksWhileTyping } from '../../shared/keys.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { keyShortcuts, writtenKey } from './key-names.ts'

const usual = (): Preferences => ({ keys: {}, mouse: { ...DEFAULT_MOUSE } })

/** The reader's own keys, mouse buttons and paper, kept by the core; the usual ones until it has answered. */
class OwnPreferences {
  value = $state.raw<Preferences>(usual())
  #saving = 0

  start(): void {
    onEvent(({ type }) => {
      if (type === 'preferences' || type === 'resync') void this.load()
    })
    void this.load()
  }

  async load(): Promise<void> {
    try {
      const value = await call('preferences.get', {})
      // An answer from before a change must not undo it on the screen.
      if (this.#saving === 0) this.value = value
    } catch (error) {
      const failure = failureOf(error)
      // All else is told by who asked for what is on the screen.
      if (failure.code === 'preferences-unreadable') toasts.failure(failure)
    }
  }

  /** In force at once, and taken back where it could not be kept. */
  async change(change: Partial<Preferences>): Promise<void> {
    const before = this.value
    this.value = { ...before, ...change }
    this.#saving++
    try {
      await call('preferences.set', this.value)
    } catch (error) {
      this.value = before
      toasts.failure(failureOf(error))
    } finally {
      this.#saving--
    }
  }

  async reset(): Promise<void> {
    await this.change(usual())
  }

  /** Whether keys or mouse buttons are not the usual ones. */
  get changed(): boolean {
    const { keys, mouse } = this.value
    return JSON.stringify({ keys, mouse }) !== JSON.stringify(usual())
  }

  keys(action: Action): string[] {
    return keysInForce(action, this.value.keys)
  }

  /** The first key in force, as it is written; empty where there is none. While the reader types, the first that works then. */
  written(action: Action, typing = false): string {
    const key = this.keys(action).find((one) => !typing || worksWhileTyping(action, one))
    return key === undefined ? '' : writtenKey(key)
  }

  shortcuts(action: Action): string | undefined {
    return keyShortcuts(this.keys(action))
  }
}

export const preferences = new OwnPreferences()

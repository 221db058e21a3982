import {
  type ChangeableAction,
  type ChangedKeys,
  defaultKey,
  holderOf,
  isAssignable,
  ownKey,
} from '../../shared/keys.ts'
import { texts } from '../texts.ts'
import { keyOf, writtenKey } from './key-names.ts'
import { preferences } from './preferences.svelte.ts'

const t = texts.keys
const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process'])
const written = (key: string | null) => (key === null ? '' : writtenKey(key))

/** A key that the reader wants and another action has. */
interface Clash {
  action: ChangeableAction
  key: string
  holder: ChangeableAction
}

/** Gives actions other keys: waits for one, refuses what cannot be given, and asks before it takes one away. */
class Recorder {
  /** The action that waits for its key. */
  waiting = $state<ChangeableAction | null>(null)
  clash = $state.raw<Clash | null>(null)
  refused = $state.raw<{ action: ChangeableAction; text: string } | null>(null)
  /** Read out. */
  said = $state('')

  start(action: ChangeableAction): void {
    this.stop()
    this.waiting = action
    this.said = t.pressing(t.actions[action])
  }

  stop(): void {
    this.waiting = null
    this.clash = null
    this.refused = null
    this.said = ''
  }

  /** True where the key was meant for it; Tab goes on, so that nobody is caught here. */
  take(event: KeyboardEvent): boolean {
    const action = this.waiting
    if (!action) return this.#leaveClash(event)
    if (event.key === 'Tab') {
      this.stop()
      return false
    }
    if (MODIFIERS.has(event.key)) return true
    if (event.key === 'Escape') this.stop()
    else this.give(action, event.altKey ? `alt+${keyOf(event)}` : keyOf(event))
    return true
  }

  /** Gives the action the key, or says what stands against it. */
  give(action: ChangeableAction, key: string | null): void {
    this.stop()
    if (key !== null && !isAssignable(key)) {
      this.refused = { action, text: t.refused(writtenKey(key)) }
      this.said = this.refused.text
      return
    }
    const holder = key === null ? null : holderOf(key, action, preferences.value.keys)
    if (key !== null && holder) {
      this.clash = { action, key, holder }
      this.said = t.clash(writtenKey(key), t.actions[holder])
    } else this.#keep({ [action]: key }, action)
  }

  /** What the other action would get for its key; null where that is nothing. */
  get exchange(): string | null {
    if (!this.clash) return null
    const { action, key, holder } = this.clash
    const { keys } = preferences.value
    const old = ownKey(action, keys)
    return old !== null && holderOf(old, holder, { ...keys, [action]: key }) === null ? old : null
  }

  swap(): void {
    if (!this.clash) return
    const { action, key, holder } = this.clash
    const change = { [action]: key, [holder]: this.exchange }
    this.stop()
    this.#keep(change, action)
  }

  /** Escape leaves a clash as it is, and not the dialog. */
  #leaveClash(event: KeyboardEvent): boolean {
    if (!this.clash || event.key !== 'Escape') return false
    this.stop()
    return true
  }

  #keep(change: ChangedKeys, action: ChangeableAction): void {
    const keys: ChangedKeys = { ...preferences.value.keys }
    for (const [changed, key] of Object.entries(change) as [ChangeableAction, string | null][]) {
      if (key === defaultKey(changed)) delete keys[changed]
      else keys[changed] = key
    }
    this.said = t.given(t.actions[action], written(ownKey(action, keys)))
    void preferences.change({ keys })
  }
}

export const recorder = new Recorder()

import { account } from '../accounts/account.svelte.ts'
import { keys } from '../shell/keys.svelte.ts'
import { router } from '../shell/router.svelte.ts'
import { BEFORE, KEYS, placeOf } from './places.ts'

/** Whether the guide is open, and where. It lies over the page, which stays as it is below. */
class GuidePlace {
  /** The part that it opened at; null while it is closed. */
  part = $state<string | null>(null)
  /** Loaded when it is first asked for; then it stays, to give the keys back where they were. */
  wanted = $state(false)

  /** Opens it at what is said of the screen. */
  show(): void {
    this.wanted = true
    this.part ??= this.#here()
  }

  close(): void {
    this.part = null
  }

  #here(): string {
    if (!account.ready) return BEFORE
    return keys.help ? KEYS : placeOf(router.route)
  }
}

export const guide = new GuidePlace()

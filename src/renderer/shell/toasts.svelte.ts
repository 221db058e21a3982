import type { UiFailure } from '../client/transport.ts'

export interface Toast {
  id: number
  kind: 'note' | 'hint' | 'failure'
  text: string
  /** For how long it is still to be shown. */
  leftMs: number
  detail?: string
  /** The case beside which it may stand; it goes when another one comes. */
  about?: string
}

const NOTE_MS = 5000
const FAILURE_MS = 15_000
const KEPT = 3

/** Short confirmations and failures; each is read out once. The newest is shown, and those before it when it has gone. */
class Toasts {
  shown = $state.raw<Toast | null>(null)
  #list: Toast[] = []
  #next = 1
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the one that is shown came up. */
  #since = 0

  /** Something was done. What was said before of how it is done is over. */
  note(text: string, about?: string): void {
    if (about) this.#keep(this.#list.filter((toast) => toast.kind !== 'hint' || toast.about !== about))
    this.#add({ id: this.#next++, kind: 'note', text, leftMs: NOTE_MS, ...(about && { about }) })
  }

  /** Nothing was done, and why; nothing failed. */
  hint(text: string, about?: string): void {
    this.#add({ id: this.#next++, kind: 'hint', text, leftMs: NOTE_MS, ...(about && { about }) })
  }

  failure({ message, action }: UiFailure): void {
    this.#add({ id: this.#next++, kind: 'failure', text: message, leftMs: FAILURE_MS, detail: action })
  }

  /** Takes away what was said about cases, all or all but one. */
  clearCases(except = ''): void {
    this.#keep(this.#list.filter(({ about }) => !about || about === except))
  }

  close(id: number): void {
    this.#keep(this.#list.filter((toast) => toast.id !== id))
  }

  #add(toast: Toast): void {
    this.#keep([...this.#list.filter(({ text }) => text !== toast.text), toast].slice(-KEPT))
  }

  /** Time runs for the one that is shown only, so that none goes unseen. */
  #keep(list: Toast[]): void {
    this.#list = list
    const top = list.at(-1) ?? null
    if (top === this.shown) return
    clearTimeout(this.#timer)
    const now = performance.now()
    if (this.shown) this.shown.leftMs -= now - this.#since
    this.#since = now
    this.shown = top
    if (top) this.#timer = setTimeout(() => this.close(top.id), top.leftMs)
  }
}

export const toasts = new Toasts()

import type { UiFailure } from '../client/transport.ts'

export interface Toast {
  id: number
  kind: 'note' | 'failure'
  text: string
  detail?: string
  /** The case beside which it may stand; it goes when another one comes. */
  about?: string
}

const SHOWN_MS = { note: 5000, failure: 15_000 }
const KEPT = 3

/** Short confirmations and failures; each is read out once. The newest is shown, and those before it when it has gone. */
class Toasts {
  shown = $state.raw<Toast | null>(null)
  #list: Toast[] = []
  #next = 1
  #timer: ReturnType<typeof setTimeout> | undefined

  note(text: string, about?: string): void {
    this.#add({ id: this.#next++, kind: 'note', text, ...(about && { about }) })
  }

  failure({ message, action }: UiFailure): void {
    this.#add({ id: this.#next++, kind: 'failure', text: message, detail: action })
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
    this.shown = top
    if (top) this.#timer = setTimeout(() => this.close(top.id), SHOWN_MS[top.kind])
  }
}

export const toasts = new Toasts()

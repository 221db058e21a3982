import type { UiFailure } from '../client/transport.ts'

export interface Toast {
  id: number
  kind: 'note' | 'failure'
  text: string
  detail?: string
  /** The case beside which it may stand; it goes when another one comes. */
  about?: string
}

/** Short confirmations and failures at the edge of the window; each is read out once. */
class Toasts {
  list = $state<Toast[]>([])
  #next = 1

  note(text: string, about?: string): void {
    this.#add({ id: this.#next++, kind: 'note', text, ...(about && { about }) }, 5000)
  }

  /** Takes away what was said about cases, all or all but one. */
  clearCases(except = ''): void {
    this.list = this.list.filter(({ about }) => !about || about === except)
  }

  failure({ message, action }: UiFailure): void {
    this.#add({ id: this.#next++, kind: 'failure', text: message, detail: action }, 15_000)
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  #add(toast: Toast, forMs: number): void {
    const others = this.list.filter((other) => other.text !== toast.text)
    this.list = [...others.slice(-2), toast]
    setTimeout(() => this.close(toast.id), forMs)
  }
}

export const toasts = new Toasts()

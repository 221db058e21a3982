import { createHash } from 'node:crypto'
import type { Role } from '../../../shared/accounts.ts'

export interface Session {
  name: string
  fullName: string
  role: Role
  mustChange: boolean
  /** When somebody was last known to be there, ms, by both clocks. */
  touched: { steady: number; system: number }
}

/**
 * Who is signed in through which window or browser. A connection is named by 256 random bits that the shell made for it;
 * here there is only their SHA-256. Nothing of this is kept: a restart ends all sessions.
 */
export class Sessions {
  readonly #byConnection = new Map<string, Session>()

  start(connection: string, session: Session): void {
    this.#byConnection.set(sha256(connection), session)
  }

  find(connection: string): Session | null {
    return this.#byConnection.get(sha256(connection)) ?? null
  }

  end(connection: string): void {
    this.#byConnection.delete(sha256(connection))
  }

  of(name: string): Session[] {
    return [...this.#byConnection.values()].filter((session) => session.name === name)
  }

  /** Ends those for which `which` is true, and returns them. */
  endAll(which: (session: Session) => boolean): Session[] {
    const ended = [...this.#byConnection].filter(([, session]) => which(session))
    for (const [key] of ended) this.#byConnection.delete(key)
    return ended.map(([, session]) => session)
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

import type { AuditQuery } from '../../shared/audit.ts'

const none = (): AuditQuery => ({ actors: [], acts: [], subject: '', from: null, until: null, near: null })

/** Which entries the reader wants to see. */
class Query {
  value = $state.raw<AuditQuery>(none())

  readonly filtered = $derived.by(() => {
    const { actors, acts, subject, from, until, near } = this.value
    const some = actors.length > 0 || acts.length > 0 || subject !== ''
    return some || from !== null || until !== null || near !== null
  })

  set(change: Partial<AuditQuery>): void {
    this.value = { ...this.value, ...change }
  }

  /** An entry among those next to it, whatever was filtered for. */
  show(sequence: number): void {
    this.value = { ...none(), near: sequence }
  }

  clear(): void {
    this.value = none()
  }
}

export const auditQuery = new Query()

import type { AuditQuery } from '../../shared/audit.ts'

const none = (): AuditQuery => ({ actors: [], acts: [], subject: '', from: null, until: null })

/** Which entries the reader wants to see. */
class Query {
  value = $state.raw<AuditQuery>(none())

  readonly filtered = $derived.by(() => {
    const { actors, acts, subject, from, until } = this.value
    return actors.length > 0 || acts.length > 0 || subject !== '' || from !== null || until !== null
  })

  set(change: Partial<AuditQuery>): void {
    this.value = { ...this.value, ...change }
  }

  clear(): void {
    this.value = none()
  }
}

export const auditQuery = new Query()

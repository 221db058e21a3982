import type { AuditFigures, AuditStatus, CopyGroup, GroupKind } from '../../shared/dataset-audit.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'

/** Groups on one page of them. */
export const GROUPS = 10

/** The leakage audit of one version, and the groups that it found. */
export class Audit {
  status = $state.raw<AuditStatus>({ state: 'idle' })
  /** Undefined until it is known whether there was one. */
  found = $state.raw<AuditFigures | null | undefined>(undefined)
  failure = $state.raw<UiFailure | null>(null)
  which = $state<GroupKind>('all')
  offset = $state(0)
  total = $state(0)
  groups = $state.raw<CopyGroup[]>([])
  readonly #version: { name: string; version: number }
  readonly #stop = onEvent(({ type }) => {
    if (type === 'dataset-audit' || type === 'resync') void this.#follow()
  })

  constructor(name: string, version: number) {
    this.#version = { name, version }
  }

  stop(): void {
    this.#stop()
  }

  /** Whether what runs or ended last is of this version. */
  get own(): boolean {
    const { status } = this
    return status.state !== 'idle' && status.name === this.#version.name && status.version === this.#version.version
  }

  async load(): Promise<void> {
    try {
      this.status = await call('datasets.auditStatus', {})
      const { found } = await call('datasets.audited', this.#version)
      this.found = found
      if (found && this.groups.length === 0) {
        this.which = found.near.acrossSplits > 0 ? 'sides' : 'all'
        await this.show(this.which, 0)
      }
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  run = (): Promise<void> => this.#try(() => call('datasets.audit', this.#version))
  cancel = (): Promise<void> => this.#try(() => call('datasets.cancelAudit', {}))

  /** One page of the groups. */
  async show(which: GroupKind, offset: number): Promise<void> {
    await this.#try(async () => {
      const { total, groups } = await call('datasets.groups', { ...this.#version, which, offset, limit: GROUPS })
      this.which = which
      this.offset = offset
      this.total = total
      this.groups = groups
    })
  }

  /** All groups of a kind, page by page. */
  async *all(which: GroupKind): AsyncGenerator<CopyGroup> {
    const limit = 100
    for (let offset = 0; ; offset += limit) {
      const { total, groups } = await call('datasets.groups', { ...this.#version, which, offset, limit })
      yield* groups
      if (offset + limit >= total) return
    }
  }

  async #follow(): Promise<void> {
    const status = await call('datasets.auditStatus', {}).catch(() => null)
    if (status?.state === 'running') this.status = status
    else {
      if (status?.state === 'done') this.groups = []
      await this.load()
    }
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      toasts.failure(failureOf(error))
    }
  }
}

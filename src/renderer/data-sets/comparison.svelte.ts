import type { Change, ChangeKind, Comparison } from '../../shared/curation.ts'
import { CHANGE_KINDS } from '../../shared/curation.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'

/** Images on one page of them. */
export const CHANGES = 20

/** What is different in a version, as against another one of its name. */
export class VersionComparison {
  counts = $state.raw<Comparison | null>(null)
  which = $state<ChangeKind | null>(null)
  offset = $state(0)
  total = $state(0)
  changes = $state.raw<Change[]>([])
  failure = $state.raw<UiFailure | null>(null)
  readonly #version: { name: string; version: number }

  constructor(name: string, version: number) {
    this.#version = { name, version }
  }

  /** Counts first, then the first kind of change that there is. */
  async load(other: number): Promise<void> {
    await this.show(other, null, 0)
    const first = CHANGE_KINDS.find((kind) => (this.counts?.[kind] ?? 0) > 0)
    if (first) await this.show(other, first, 0)
  }

  async show(other: number, which: ChangeKind | null, offset: number): Promise<void> {
    try {
      const input = { ...this.#version, with: other, which, offset, limit: CHANGES }
      const { counts, total, changes } = await call('datasets.compare', input)
      this.counts = counts
      this.which = which
      this.offset = offset
      this.total = total
      this.changes = changes
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }
}

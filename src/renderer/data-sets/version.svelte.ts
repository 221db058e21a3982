import type { RequestOutput } from '../../shared/contract.ts'
import type { DatasetSummary } from '../../shared/frozen-dataset.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'

/** Pictures of each class on the sample sheet. */
const PER_CLASS = 8

/** One version of a set. It never changes, so nothing is followed. */
export class Version {
  summary = $state.raw<DatasetSummary | null>(null)
  samples = $state.raw<RequestOutput<'datasets.samples'> | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  readonly name: string
  readonly version: number

  constructor(name: string, version: number) {
    this.name = name
    this.version = version
  }

  async load(): Promise<void> {
    const { name, version } = this
    try {
      this.summary = await call('datasets.get', { name, version })
      this.samples = await call('datasets.samples', { name, version, perClass: PER_CLASS })
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }
}

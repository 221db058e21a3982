import type { DicomFacts } from '../../../shared/dicom.ts'
import type { PendingCase, Store } from '../../store/types.ts'
import type { Analyser } from '../analyser.ts'
import type { Emit } from '../events.ts'
import type { WorkQueue } from './queue.ts'
import { SharedAnalyser } from './shared-analyser.ts'
import { Worker } from './worker.ts'

interface SharedWorkParts {
  queue: WorkQueue
  store: Store
  emit: Emit
  noteSlice: (facts: DicomFacts) => void
  /** What has a file read on this workstation. */
  own: Analyser
}

/** A workstation's part in the work of its department: what it asks others for, and what it does for them. */
export class SharedWork {
  readonly analyser: SharedAnalyser
  readonly #queue: WorkQueue
  readonly #worker: Worker

  constructor({ queue, store, emit, noteSlice, own }: SharedWorkParts) {
    this.#queue = queue
    this.analyser = new SharedAnalyser({ queue, store, emit, noteSlice })
    this.#worker = new Worker({ queue, store, analyser: own })
  }

  /** Takes work from now on. */
  start(): Promise<void> {
    return this.#worker.start()
  }

  /** @param left cases that were received and that a kill may have kept from the queue */
  async resume(left: PendingCase[]): Promise<void> {
    if (left.length === 0) return
    await this.#queue.add(left.map((one) => ({ job: { ...one, again: false }, priority: 'batch' as const })))
  }

  /** Takes and waits for nothing more; what is under way here is finished. */
  async rest(): Promise<void> {
    this.analyser.close()
    await this.#worker.close()
  }

  close(): Promise<void> {
    return this.#queue.close()
  }
}

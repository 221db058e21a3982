import type { BatchOptions } from '../../shared/batches.ts'

/** What a reader is asked before a folder is classified. */
class FolderQuestion {
  asking = $state(false)
  name = $state('')
  /** How many images there are with these options; null where the core looks for them. */
  count = $state.raw<((options: BatchOptions) => number) | null>(null)
  #answer: (options: BatchOptions | null) => void = () => undefined

  /** Null where the reader thought better of it. */
  ask(name: string, count: ((options: BatchOptions) => number) | null): Promise<BatchOptions | null> {
    this.#answer(null)
    this.name = name
    this.count = count
    this.asking = true
    return new Promise((resolve) => {
      this.#answer = resolve
    })
  }

  answer(options: BatchOptions | null): void {
    this.asking = false
    this.#answer(options)
    this.#answer = () => undefined
  }
}

export const folderQuestion = new FolderQuestion()

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export type OnEnd = (work: () => void | Promise<void>) => void

/** For what a whole file shares: `beforeAll` fills it and returns `run`. */
export class Cleanup {
  readonly #works: (() => void | Promise<void>)[] = []

  readonly add: OnEnd = (work) => {
    this.#works.push(work)
  }

  /** In the opposite order. */
  readonly run = async (): Promise<void> => {
    for (const work of this.#works.toReversed()) await work()
  }
}

/** A folder that is gone at the end, by default that of the test. */
export function temporaryFolder(onEnd: OnEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'gyrus-test-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

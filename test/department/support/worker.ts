import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { OnEnd } from '../../support/cleanup.ts'

const MAIN = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'cli', 'main.ts')

/** A `gyrus worker` as a process of its own. */
export class WorkerProcess {
  readonly #child: ChildProcess
  readonly #exit: Promise<unknown>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#exit = once(child, 'exit')
  }

  /** When it takes work. @param args of Node */
  static async start(dataDir: string, onEnd: OnEnd, args: string[] = []): Promise<WorkerProcess> {
    const child = spawn(process.execPath, [...args, MAIN, 'worker', '--data-dir', dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own, so that a kill takes its engine along, as the loss of a machine would.
      detached: true,
    })
    const worker = new WorkerProcess(child)
    onEnd(() => worker.kill())
    for await (const line of createInterface({ input: child.stdout })) if (line.includes('takes work')) return worker
    throw new Error('the worker ended before it took work')
  }

  /** As if its machine had lost its power. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#signal('SIGKILL')
    await this.#exit
  }

  /** As if it had lost the network: it does nothing, and nobody hears of it. */
  freeze(): void {
    this.#signal('SIGSTOP')
  }

  thaw(): void {
    this.#signal('SIGCONT')
  }

  /** As `Ctrl+C`. @returns its exit status */
  async end(): Promise<number | null> {
    this.#child.kill('SIGINT')
    await this.#exit
    return this.#child.exitCode
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, signal)
  }
}

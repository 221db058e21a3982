import type { InstallProgress, InstallStep } from '../../shared/native-engine.ts'

const WHAT: Record<InstallStep, string> = {
  library: 'fetching the TensorFlow library',
  binding: 'fetching its binding',
  headers: 'fetching headers',
  unpack: 'unpacking',
  compile: 'compiling',
  check: 'trying it out',
  finish: 'hashing',
}

/** Progress of an installation on stderr: one line that changes on a terminal, else a line a step. */
export class StepLine {
  readonly #terminal = process.stderr.isTTY === true
  #step: InstallStep | undefined

  show({ step, index, of, share, secondsLeft }: InstallProgress): void {
    const text = `${index} of ${of}: ${WHAT[step]}`
    if (this.#terminal) {
      const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
      process.stderr.write(`\r\x1b[2K${text} (${Math.floor(share * 100)} %${left})`)
    } else if (step !== this.#step) {
      process.stderr.write(`${text}\n`)
    }
    this.#step = step
  }

  end(): void {
    if (this.#terminal && this.#step) process.stderr.write('\r\x1b[2K')
  }
}

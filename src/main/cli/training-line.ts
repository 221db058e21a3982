import type { TrainingProgress } from '../../shared/training.ts'

const REDRAW_MS = 200

/** How far a training is: one line on stderr that changes, where that is a terminal. */
export class TrainingLine {
  readonly #visible = process.stderr.isTTY === true
  #drawnAt = 0

  show({ stage, done, total, epoch, epochs, secondsLeft }: TrainingProgress): void {
    if (!this.#visible || Date.now() - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = Date.now()
    const where = epoch === null ? stage : `epoch ${epoch} of ${epochs}`
    const left = secondsLeft === null ? '' : `, ${formatTime(secondsLeft)} left`
    process.stderr.write(`\r\x1b[2K${where}: ${done} of ${total}${left}`)
  }

  clear(): void {
    if (this.#visible && this.#drawnAt > 0) process.stderr.write('\r\x1b[2K')
  }
}

function formatTime(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

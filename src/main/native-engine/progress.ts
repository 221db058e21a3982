import { INSTALL_STEPS, type InstallProgress, type InstallStep } from '../../shared/native-engine.ts'

interface Planned {
  name: InstallStep
  seconds: number
}

/** Within a step it tells no more often than that, ms. */
const TELL_MS = 100
/** Below this share nothing is said about the time left. */
const FIRST_GUESS = 0.03

/** Turns shares of steps into shares of the whole, by the usual durations of those steps that are still to be done. */
export class ProgressMeter {
  readonly #tell: ((progress: InstallProgress) => void) | undefined
  readonly #startedAt = performance.now()
  #plan: Planned[] = []
  #step: Planned | undefined
  #toldAt = 0

  constructor(tell?: (progress: InstallProgress) => void) {
    this.#tell = tell
  }

  plan(steps: Planned[]): void {
    this.#plan = steps
  }

  begin(name: InstallStep): void {
    this.#step = this.#plan.find((step) => step.name === name)
    this.#report(0)
  }

  end(): void {
    this.#report(1)
  }

  readonly onShare = (ofStep: number): void => {
    if (performance.now() - this.#toldAt >= TELL_MS) this.#report(ofStep)
  }

  #report(ofStep: number): void {
    if (!this.#tell || !this.#step) return
    this.#toldAt = performance.now()
    const { name, seconds } = this.#step
    const before = this.#plan.slice(0, this.#plan.indexOf(this.#step))
    const share = (sum(before) + seconds * ofStep) / sum(this.#plan)
    const elapsed = (performance.now() - this.#startedAt) / 1000
    const secondsLeft = share < FIRST_GUESS ? null : (elapsed / share) * (1 - share)
    this.#tell({ step: name, index: INSTALL_STEPS.indexOf(name) + 1, of: INSTALL_STEPS.length, share, secondsLeft })
  }
}

const sum = (steps: Planned[]) => steps.reduce((total, { seconds }) => total + seconds, 0)

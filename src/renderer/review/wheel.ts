const STEP_PX = 60
const LINE_PX = 30
/** `WheelEvent.DOM_DELTA_PIXEL` */
const IN_PX = 0
const EVERY_MS = 80
/** Less than a notch of any wheel: it comes from a trackpad. */
const NOTCH_PX = 50
const NOTCHES_PX = 110
const SWIPED_PX = 30

/** What is needed of a `WheelEvent`. */
type Turn = {
  [K in 'deltaX' | 'deltaY' | 'deltaMode' | 'timeStamp']: number
} & { shiftKey: boolean; ctrlKey: boolean; preventDefault(): void }

/** With Shift a wheel scrolls sideways. */
function turned({ deltaX, deltaY, deltaMode, shiftKey }: Turn): number {
  const delta = shiftKey ? deltaY || deltaX : deltaY
  return deltaMode === IN_PX ? delta : delta * LINE_PX
}

/** From case to case: one step for each notch of a wheel, and a calm series of steps from a trackpad. */
export function wheelSteps(step: (by: -1 | 1) => void): (event: Turn) => void {
  let collected = 0
  let last = 0
  return (event) => {
    if (event.ctrlKey) return
    event.preventDefault()
    const delta = turned(event)
    collected = Math.sign(delta) === Math.sign(collected) ? collected + delta : delta
    if (Math.abs(collected) < STEP_PX || event.timeStamp - last < EVERY_MS) return
    step(collected < 0 ? -1 : 1)
    collected = 0
    last = event.timeStamp
  }
}

/** Through slices: one for each notch of a wheel, however quickly it turns, and as a trackpad is swiped. */
export function wheelLeafs(step: (by: number) => void): (event: Turn) => void {
  let swiped = 0
  return (event) => {
    if (event.ctrlKey) return
    event.preventDefault()
    const delta = turned(event)
    if (Math.abs(delta) >= NOTCH_PX) {
      swiped = 0
      step(Math.sign(delta) * Math.max(1, Math.round(Math.abs(delta) / NOTCHES_PX)))
      return
    }
    swiped = Math.sign(delta) === Math.sign(swiped) ? swiped + delta : delta
    const steps = Math.trunc(swiped / SWIPED_PX)
    swiped -= steps * SWIPED_PX
    if (steps !== 0) step(steps)
  }
}

const STEP_PX = 60
const LINE_PX = 30
const EVERY_MS = 80

/** One step for each notch of a wheel, and a calm series of steps from a trackpad. */
export function wheelSteps(step: (by: -1 | 1) => void): (event: WheelEvent) => void {
  let collected = 0
  let last = 0
  return (event) => {
    if (event.ctrlKey) return
    event.preventDefault()
    const delta = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX
    collected = Math.sign(delta) === Math.sign(collected) ? collected + delta : delta
    if (Math.abs(collected) < STEP_PX || event.timeStamp - last < EVERY_MS) return
    step(collected < 0 ? -1 : 1)
    collected = 0
    last = event.timeStamp
  }
}

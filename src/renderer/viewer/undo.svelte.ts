import { annotation, type Types as ToolTypes } from '@cornerstonejs/tools'
import { movedSince, type Place, placesOn, putBack } from './lengths.ts'
import type { View } from './view.ts'

const UNDO_STEPS = 50

export type Step = { view: View } | { drawn: string } | { moved: Place } | { removed: ToolTypes.Annotation }

/** Changes of view and measurements that can be taken back. */
export class Undo {
  any = $state(false)
  #steps: Step[] = []
  #before: { view: View; places: Place[] } | null = null
  /** Lengths that were finished since the mouse button went down. */
  readonly #drawnSince = new Set<string>()
  readonly #surface: HTMLDivElement

  constructor(surface: HTMLDivElement) {
    this.#surface = surface
  }

  get last(): Step | undefined {
    return this.#steps.at(-1)
  }

  clear(): void {
    this.#steps = []
    this.any = false
  }

  push(step: Step): void {
    this.#steps = [...this.#steps.slice(1 - UNDO_STEPS), step]
    this.any = true
  }

  drawn(uid: string): void {
    this.#drawnSince.add(uid)
    this.push({ drawn: uid })
  }

  /** Takes back the last step; a view is for `restore`. False where there is none. */
  take(restore: (view: View) => void): boolean {
    const step = this.#steps.pop()
    this.any = this.#steps.length > 0
    if (!step) return false
    if ('drawn' in step) annotation.state.removeAnnotation(step.drawn)
    else if ('moved' in step) putBack(step.moved)
    else if ('removed' in step) annotation.state.addAnnotation(step.removed, this.#surface)
    else restore(step.view)
    return true
  }

  /** A drag begins, at this view; null while there is no image. */
  remember(view: View | null): void {
    this.#drawnSince.clear()
    if (view) this.#before = { view, places: placesOn(this.#surface) }
  }

  /** After a drag: did it change the view, or a measurement that was there? */
  compare(view: View | null): void {
    const before = this.#before
    this.#before = null
    if (!before || !view) return
    if (JSON.stringify(before.view) !== JSON.stringify(view)) this.push({ view: before.view })
    // The second end of a new one is not a move.
    const moved = movedSince(before.places, this.#surface).filter(({ uid }) => !this.#drawnSince.has(uid))
    for (const place of moved) this.push({ moved: place })
  }
}

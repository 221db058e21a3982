import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { Viewer } from '../viewer/viewer.svelte.ts'

/** The viewer once its code has arrived, and how much of the screen it has. */
export class ImageTools {
  viewer = $state.raw<Viewer | null>(null)
  maximised = $state(false)

  undo(): void {
    if (this.viewer && !this.viewer.undo()) toasts.hint(texts.viewer.nothingToUndo)
  }

  /** What a short drag that way with the tool of the left button would do. */
  nudge(x: -1 | 0 | 1, y: -1 | 0 | 1): void {
    if (this.viewer && !this.viewer.nudge(x, y)) toasts.hint(texts.viewer.notByKey)
  }

  /** Chooses the length tool; chosen already, what its keys move next. */
  length(): void {
    if (!this.viewer) return
    if (this.viewer.tool !== 'length') {
      this.viewer.use('length')
      return
    }
    const next = this.viewer.nextOfLength()
    toasts.hint(next ? texts.viewer.lengthNext[next] : texts.viewer.lengthByKeys)
  }

  removeLength(): void {
    if (this.viewer && !this.viewer.removeLength()) toasts.hint(texts.viewer.nothingToRemove)
  }
}

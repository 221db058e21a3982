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

  removeLength(): void {
    if (this.viewer && !this.viewer.removeLength()) toasts.hint(texts.viewer.nothingToRemove)
  }
}

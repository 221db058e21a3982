import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { ToolName } from '../viewer/setup.ts'
import type { Viewer } from '../viewer/viewer.svelte.ts'

/** The viewer once its code has arrived, the one beside it, and how much of the screen they have. */
export class ImageTools {
  viewer = $state.raw<Viewer | null>(null)
  /** Of the series that is compared with. */
  beside = $state.raw<Viewer | null>(null)
  maximised = $state(false)
  /** Texts in the corners of the images. */
  corners = $state(true)
  /** The one beside was used last: keys and buttons are for it. */
  #onBeside = $state(false)

  /** What keys and buttons are for. */
  get active(): Viewer | null {
    return this.#onBeside && this.beside ? this.beside : this.viewer
  }

  /** The reader pressed or scrolled in one of them. */
  activate(viewer: Viewer | null): void {
    this.#onBeside = viewer !== null && viewer === this.beside
  }

  /** The left button has one tool, wherever it is pressed. */
  use(tool: ToolName): void {
    for (const viewer of [this.viewer, this.beside]) viewer?.use(tool)
  }

  undo(): void {
    if (this.active && !this.active.undo()) toasts.hint(texts.viewer.nothingToUndo)
  }

  /** What a short drag that way with the tool of the left button would do. */
  nudge(x: -1 | 0 | 1, y: -1 | 0 | 1): void {
    if (this.active && !this.active.nudge(x, y)) toasts.hint(texts.viewer.notByKey)
  }

  /** Chooses the length tool; chosen already, what its keys move next. */
  length(): void {
    if (!this.active) return
    if (this.active.tool !== 'length') {
      this.use('length')
      return
    }
    const next = this.active.nextOfLength()
    toasts.hint(next ? texts.viewer.lengthNext[next] : texts.viewer.lengthByKeys)
  }

  removeLength(): void {
    if (this.active && !this.active.removeLength()) toasts.hint(texts.viewer.nothingToRemove)
  }
}

import type { Rectangle } from 'electron'

export const SMALLEST = { width: 1024, height: 640 }
const USUAL = { width: 1600, height: 960 }
/** As much of the title bar has to be on a display that the window can be taken hold of, px. */
const GRIP = { width: 120, height: 32 }

/** How a window lay when it was last there. Positions and sizes in device-independent pixels. */
export interface Kept {
  bounds: Rectangle
  maximised: boolean
  fullScreen: boolean
}

export type Placed = { width: number; height: number; x?: number; y?: number }

/**
 * Where a window opens: as it lay, where that is a place that can still be seen and taken hold of, no larger than its
 * display; else in the usual size, where the system puts it.
 *
 * @param workAreas of the displays that are there now, without bars and docks
 */
export function placeOf(kept: Kept | null, workAreas: readonly Rectangle[]): Placed {
  const area = kept && workAreas.find((one) => holdsGrip(one, kept.bounds))
  if (!kept || !area) return USUAL
  const fit = (side: 'width' | 'height') => Math.max(SMALLEST[side], Math.min(kept.bounds[side], area[side]))
  return { x: kept.bounds.x, y: kept.bounds.y, width: fit('width'), height: fit('height') }
}

function holdsGrip(area: Rectangle, { x, y, width }: Rectangle): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return shown >= GRIP.width && y >= area.y && y + GRIP.height <= area.y + area.height
}

/** What was kept, however the file was changed meanwhile; null where it makes no sense. */
export function readKept(text: string): Kept | null {
  try {
    const { bounds, maximised, fullScreen } = JSON.parse(text) as Partial<Kept>
    const { x, y, width, height } = bounds ?? ({} as Partial<Rectangle>)
    if (![x, y, width, height].every(Number.isSafeInteger)) return null
    return { bounds: bounds as Rectangle, maximised: maximised === true, fullScreen: fullScreen === true }
  } catch {
    return null
  }
}

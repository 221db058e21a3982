/** Windows of rows that are kept: some screens to both sides of what is looked at. */
const MOST_KEPT = 40

/** Drops what lies farthest from the window that was just fetched, so that a long list costs no memory. */
export function keepNear<T>(windows: Map<number, T>, at: number, onDropped: (window: number) => void): void {
  if (windows.size <= MOST_KEPT) return
  const farthest = [...windows.keys()].sort((a, b) => Math.abs(b - at) - Math.abs(a - at))
  for (const window of farthest.slice(0, windows.size - MOST_KEPT)) {
    windows.delete(window)
    onDropped(window)
  }
}

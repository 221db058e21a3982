/**
 * How much larger than on a small screen everything is. On a big screen the reader sits further away; on one of so many
 * pixels that the system does not scale, text of the usual size is too small to read.
 *
 * @param width,height of the window, px as the system counts them
 */
export function scaleFor(width: number, height: number): number {
  if (width >= 4500 && height >= 2500) return 2
  if (width >= 2000 && height >= 1700) return 1.5
  return width >= 1800 ? 1.0625 : 1
}

/** Goes by the window, not by the page: the browser's zoom changes the page's size only, and so always zooms. */
class TypeSize {
  scale = $state(1)

  start(): () => void {
    const follow = () => {
      this.scale = scaleFor(outerWidth, outerHeight)
      // In percent: what readers set in their browser still counts.
      document.documentElement.style.fontSize = `${this.scale * 100}%`
    }
    follow()
    addEventListener('resize', follow)
    return () => removeEventListener('resize', follow)
  }
}

export const typeSize = new TypeSize()

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { inject } from 'vitest'
import { temporaryFolder } from './cleanup.ts'

export interface Rendered {
  /** RGB, row-major. */
  data: Uint8Array
  width: number
  height: number
}

/** A page as poppler draws it, at 144 px an inch (2 px a point); says why where poppler is not here. */
export async function renderPage(pdf: Uint8Array, page = 1): Promise<Rendered | string> {
  const folder = temporaryFolder()
  const file = join(folder, 'report.pdf')
  writeFileSync(file, pdf)
  const { path, reason } = inject('pdftoppm')
  if (path === undefined) return `not run: ${reason}`
  const args = ['-r', '144', '-png', '-singlefile', '-f', String(page), file, join(folder, 'page')]
  const { status, stderr } = spawnSync(path, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const { data, info } = await sharp(join(folder, 'page.png')).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** The grey (0–255) at a point of the page, in points from the top left; fails where there is colour. */
export function greyAt({ data, width }: Rendered, x: number, y: number): number {
  const at = (Math.round(y * 2) * width + Math.round(x * 2)) * 3
  const [r, g, b] = [...data.subarray(at, at + 3)]
  if (r === undefined || r !== g || g !== b) throw new Error(`colour at ${x}, ${y}: ${r} ${g} ${b}`)
  return r
}

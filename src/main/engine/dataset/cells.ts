import type { Box } from './types.ts'

/** Makes the error for one line of a table, with its number. */
export type Complain = (reason: string) => Error

/** How far a box may stick out of its image: tables are rounded to two digits. */
const ROUNDING = 0.01

/** @returns the path with slashes; @throws where it names none, or one that is in `seen`, which it joins */
export function checkFile(cell: string, seen: Set<string>, complain: Complain): string {
  const file = cell.replaceAll('\\', '/').replace(/^\.\//, '')
  if (file === '') throw complain('it names no file')
  if (seen.has(file)) throw complain(`${file} stands there twice`)
  seen.add(file)
  return file
}

export function checkDate(cell: string, complain: Complain): string | null {
  if (cell === '') return null
  const date = /^\d{4}-\d\d-\d\d$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : undefined
  // A day that is not in its month would roll over to the next one.
  if (!date || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(cell)) {
    throw complain(`“${cell}” is not a date like 2026-11-24`)
  }
  return cell
}

export function checkFold(cell: string, complain: Complain): number | null {
  if (cell === '') return null
  if (!/^\d{1,3}$/.test(cell)) throw complain(`“${cell}” is not a fold like 0, 1, 2 …`)
  return Number(cell)
}

/** Null where all four cells are empty; a box with some of them, or one that is not in its image, is refused. */
export function checkBox(cells: Record<keyof Box, string>, complain: Complain): Box | null {
  const { cx, cy, w, h } = cells
  if (cx + cy + w + h === '') return null
  const [x, width] = checkExtent('cx', cx, 'w', w, complain)
  const [y, height] = checkExtent('cy', cy, 'h', h, complain)
  return { cx: x, cy: y, w: width, h: height }
}

function checkExtent(
  centreName: string,
  centreCell: string,
  sizeName: string,
  sizeCell: string,
  complain: Complain,
): [centre: number, size: number] {
  const centre = checkShare(centreName, centreCell, complain)
  const size = checkShare(sizeName, sizeCell, complain)
  if (size === 0) throw complain(`${sizeName} is 0`)
  if (centre - size / 2 < -ROUNDING || centre + size / 2 > 1 + ROUNDING) {
    throw complain(`the box sticks out of the image (${centreName} ${centreCell}, ${sizeName} ${sizeCell})`)
  }
  return [centre, size]
}

function checkShare(name: string, cell: string, complain: Complain): number {
  const share = /^\d*\.?\d+$/.test(cell) ? Number(cell) : Number.NaN
  if (!(share >= 0 && share <= 1)) throw complain(`${name} “${cell}” is not a share of the image, from 0 to 1`)
  return share
}

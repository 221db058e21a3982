import { createHash } from 'node:crypto'
import type { FrozenImage } from '../../../shared/frozen-dataset.ts'

/** SHA-256 over the lines `<sha256>  <path>`: as `sha256sum` of all files, sorted by path, would print them. */
export function hashFiles(images: { file: string; sha256: string }[]): string {
  return hashLines(images, ({ file, sha256 }) => `${sha256}  ${file}`)
}

/** SHA-256 over one JSON array an image, sorted by path: files, and what they are said to be (shared/frozen-dataset.ts). */
export function hashContent(images: FrozenImage[]): string {
  return hashLines(images, ({ file, sha256, label, patient, date, fold, split }) =>
    JSON.stringify([file, sha256, label, patient, date, fold, split]),
  )
}

function hashLines<T extends { file: string }>(images: T[], line: (image: T) => string): string {
  const total = createHash('sha256')
  for (const image of images.toSorted((a, b) => (a.file < b.file ? -1 : 1))) total.update(`${line(image)}\n`)
  return total.digest('hex')
}

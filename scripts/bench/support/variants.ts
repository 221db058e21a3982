import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { findFiles } from '../../../src/main/core/intake/find.ts'

const [START_OF_IMAGE, COMMENT] = [Buffer.from([0xff, 0xd8]), 0xfe]

/** A JPEG with a comment in it: another file, the same picture. @throws where it is none */
export function withComment(jpeg: Buffer, text: string): Buffer {
  if (!jpeg.subarray(0, 2).equals(START_OF_IMAGE)) throw new Error('it is no JPEG')
  const words = Buffer.from(text, 'latin1')
  const head = Buffer.from([0xff, COMMENT, (words.length + 2) >> 8, (words.length + 2) & 0xff])
  return Buffer.concat([START_OF_IMAGE, head, words, jpeg.subarray(2)])
}

/** JPEGs in a folder and those below, in the order of their names. */
export async function jpegsIn(folder: string): Promise<string[]> {
  const files = await Array.fromAsync(findFiles([folder]))
  return files.map(({ path }) => path).filter((path) => /\.jpe?g$/i.test(path))
}

/** Writes so many images, none with the bytes of another, from real ones by turns. */
export async function writeVariants(
  from: readonly string[],
  folder: string,
  count: number,
  mark = 'v',
): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const originals = new Map<string, Buffer>()
  return Array.from({ length: count }, (_, n) => {
    const source = from[n % from.length] as string
    const bytes = originals.get(source) ?? readFileSync(source)
    originals.set(source, bytes)
    const path = join(folder, `${mark}-${String(n).padStart(6, '0')}.jpg`)
    writeFileSync(path, withComment(bytes, `${mark} ${n}`))
    return path
  })
}

/** A labelled set of a few images a class, from the first of each folder. */
export async function writeSet(from: string, folder: string, each: number, skip = 0): Promise<void> {
  for (const name of ['glioma', 'meningioma', 'notumor', 'pituitary']) {
    mkdirSync(join(folder, name), { recursive: true })
    const files = await Array.fromAsync(findFiles([join(from, name)]))
    for (const [n, { path }] of files.slice(skip, skip + each).entries()) {
      copyFileSync(path, join(folder, name, `${n}${extname(path)}`))
    }
  }
}

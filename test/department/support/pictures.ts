import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../support/cleanup.ts'
import { writePicture } from '../../support/images.ts'

/** A folder with so many. @param first those of another number are others */
export async function pictures(count: number, first = 0): Promise<string> {
  const images = join(temporaryFolder(), 'images')
  mkdirSync(images)
  for (let seed = 0; seed < count; seed++) await writePicture(images, `${1000 + seed}.png`, first + seed)
  return images
}

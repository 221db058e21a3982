import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** POSIX ustar: blocks of 512 bytes, a header and then the contents. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
const BLOCK = 512
const REGULAR = ['0', '\0']

/**
 * Unpacks an npm tarball, without the folder `package` that is around everything in it.
 * @param wanted which files to take, by their path in the package
 */
export async function unpackTarball(tarball: string, target: string, wanted: (path: string) => boolean): Promise<void> {
  const tar = gunzipSync(readFileSync(tarball))
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const text = (from: number, length: number) => tar.toString('latin1', at + from, at + from + length).split('\0')[0]
    const bytes = Number.parseInt(text(124, 12) || '0', 8)
    const prefix = text(345, 155)
    const name = prefix ? `${prefix}/${text(0, 100)}` : (text(0, 100) ?? '')
    const path = name.split('/').slice(1).join('/')
    const type = String.fromCharCode(tar[at + 156] as number)
    at += BLOCK
    if (REGULAR.includes(type) && path && wanted(path)) {
      const file = join(target, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, tar.subarray(at, at + bytes))
    }
    at += Math.ceil(bytes / BLOCK) * BLOCK
  }
}

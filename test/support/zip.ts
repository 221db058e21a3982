import { writeFileSync } from 'node:fs'
import { strFromU8, strToU8, type Zippable, zipSync } from 'fflate'

/** Bytes of a record before its name, and of the record at the end without a comment. */
const HEAD = 46
const END = 22

/** A ZIP file; what is compressed is deflated. */
export function writeZip(path: string, files: Zippable): string {
  writeFileSync(path, zipSync(files))
  return path
}

/** Says something else in the central directory of one file of a ZIP file, where `at` counts from the record's begin. */
export function patchDirectory(zip: Uint8Array, name: string, patches: { at: number; value: number; bytes: 2 | 4 }[]) {
  const start = directoryOf(zip, name)
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  for (const { at, value, bytes } of patches) {
    if (bytes === 2) view.setUint16(start + at, value, true)
    else view.setUint32(start + at, value, true)
  }
  return zip
}

/** Where the record of a file begins in the central directory. */
export function directoryOf(zip: Uint8Array, name: string): number {
  const found = directory(zip).find((one) => one.name === name)
  if (found) return found.at
  throw new Error(`${name} is not in the ZIP file`)
}

/** All records of the central directory. */
export function directory(zip: Uint8Array): { name: string; at: number }[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = zip.length - END
  let at = view.getUint32(end + 16, true)
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    const length = (place: number) => view.getUint16(at + place, true)
    const record = { name: strFromU8(zip.subarray(at + HEAD, at + HEAD + length(28))), at }
    at += HEAD + length(28) + length(30) + length(32)
    return record
  })
}

export const text = strToU8

import { stat } from 'node:fs/promises'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readStored, type StoredFile } from '../../sealed/read.ts'
import type { NamedFile } from '../types.ts'
import { MAX_DIRECTORY_BYTES } from './limits.ts'
import { namedFiles } from './records.ts'

/** The files that a DICOMDIR names. @throws GyrusError `file-too-large`; errors of `readStored` and `namedFiles` */
export async function readDirectory(file: StoredFile): Promise<NamedFile[]> {
  const { size } = await stat(file.path).catch((error) => Promise.reject(asFileError(error)))
  checkDirectorySize(size)
  return namedFiles(await readStored(file))
}

/** @throws GyrusError `file-too-large` */
export function checkDirectorySize(bytes: number): void {
  if (bytes <= MAX_DIRECTORY_BYTES) return
  const megabytes = (n: number) => Math.round(n / 2 ** 20)
  throw new GyrusError('file-too-large', {
    megabytes: megabytes(bytes),
    limitMegabytes: megabytes(MAX_DIRECTORY_BYTES),
  })
}

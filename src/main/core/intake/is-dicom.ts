import { open } from 'node:fs/promises'
import { HEAD_BYTES, isDicomImage } from '../../../shared/formats.ts'

/** Whether a file says of itself that it is DICOM, and not the directory of a medium. @throws errors of the file system */
export async function isDicom(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return isDicomImage(head.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

import { open } from 'node:fs/promises'
import { HEAD_BYTES } from '../../../shared/formats.ts'

/** A file's first bytes, at most `HEAD_BYTES`. @throws errors of the file system */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

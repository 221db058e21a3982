import { open } from 'node:fs/promises'

/** Writes a new file and waits until the disk has it: the record must not point at bytes that a power cut took. */
export async function writeThrough(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.datasync()
  } finally {
    await file.close()
  }
}

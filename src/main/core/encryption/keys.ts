import { hkdfSync, randomBytes } from 'node:crypto'

/** What an encrypted data folder is opened with; made of its data key, of 256 random bits. */
export interface FolderKeys {
  /** Tells keys apart and betrays none: 16 hexadecimal digits. */
  id: string
  database: Uint8Array
  /** From it comes a key for each file (`fileKey`). */
  files: Uint8Array
}

export const newDataKey = (): Uint8Array => new Uint8Array(randomBytes(32))

/** HKDF-SHA256 (RFC 5869), a purpose a key: none of them tells another, or the data key. */
export function deriveKeys(dataKey: Uint8Array): FolderKeys {
  const derive = (purpose: string, bytes: number) =>
    new Uint8Array(hkdfSync('sha256', dataKey, '', `gyrus ${purpose} 1`, bytes))
  return {
    id: Buffer.from(derive('id', 8)).toString('hex'),
    database: derive('database', 32),
    files: derive('files', 32),
  }
}

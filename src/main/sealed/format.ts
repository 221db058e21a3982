import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * A sealed file: 8 bytes `GYRUSEN1`, 16 of random salt, then pieces of at most 1 MiB, each with its 16 bytes of tag.
 * AES-256-GCM; a piece's nonce is its number and whether it is the last one, so that none can be cut off, doubled or
 * moved, and the header is bound by each (the construction is that of STREAM, Hoang et al. 2015). The key of the pieces
 * is made of the file's own key and the salt, and thus never used for another content.
 */
const MAGIC = Buffer.from('GYRUSEN1')
const SALT = 16
const HEADER = MAGIC.length + SALT
const TAG = 16
const PIECE = 2 ** 20

const CIPHER = 'aes-256-gcm'

/** The key of one file of a data folder, from the key of all of them. It opens no other file. */
export const fileKey = (files: Uint8Array, name: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', files, '', `gyrus file ${name}`, 32))

export const isSealed = (bytes: Uint8Array): boolean => MAGIC.equals(bytes.subarray(0, MAGIC.length))

/** Bytes of a sealed file with a content of so many. */
export const sealedSize = (bytes: number): number => HEADER + bytes + TAG * Math.max(1, Math.ceil(bytes / PIECE))

export function seal(key: Uint8Array, content: Uint8Array): Buffer {
  const sealing = new Sealing(key)
  const pieces: Buffer[] = [sealing.header]
  for (let at = 0; at === 0 || at < content.length; at += PIECE) {
    pieces.push(sealing.piece(content.subarray(at, at + PIECE), at + PIECE >= content.length))
  }
  return Buffer.concat(pieces)
}

/** The same of a content that comes bit by bit: it need not be in memory as a whole. */
export async function* sealed(key: Uint8Array, content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const pieces = new Pieces(key)
  yield pieces.header
  for await (const bytes of content) yield* pieces.add(bytes)
  yield pieces.last()
}

/** The same for whoever is handed the content. */
export class Pieces {
  readonly #sealing: Sealing
  #held: Uint8Array = Buffer.alloc(0)

  constructor(key: Uint8Array) {
    this.#sealing = new Sealing(key)
  }

  /** Comes before all pieces. */
  get header(): Buffer {
    return this.#sealing.header
  }

  /** Those that are whole with these bytes. */
  *add(bytes: Uint8Array): Generator<Buffer> {
    this.#held = Buffer.concat([this.#held, bytes])
    for (; this.#held.length > PIECE; this.#held = this.#held.subarray(PIECE)) {
      yield this.#sealing.piece(this.#held.subarray(0, PIECE), false)
    }
  }

  last(): Buffer {
    return this.#sealing.piece(this.#held, true)
  }
}

/** The content; null where this is not what was sealed with this key. */
export function unseal(key: Uint8Array, file: Uint8Array): Buffer | null {
  if (!isSealed(file) || file.length < HEADER + TAG) return null
  const header = file.subarray(0, HEADER)
  const pieces = contentKey(key, header)
  const found: Buffer[] = []
  for (let at = HEADER, n = 0; at < file.length; at += PIECE + TAG, n += 1) {
    const piece = file.subarray(at, at + PIECE + TAG)
    const content = open(pieces, { header, piece, nonce: nonce(n, at + PIECE + TAG >= file.length) })
    if (content === null) return null
    found.push(content)
  }
  return Buffer.concat(found)
}

class Sealing {
  readonly header = Buffer.concat([MAGIC, randomBytes(SALT)])
  readonly #key: Uint8Array
  #n = 0

  constructor(key: Uint8Array) {
    this.#key = contentKey(key, this.header)
  }

  piece(content: Uint8Array, last: boolean): Buffer {
    const cipher = createCipheriv(CIPHER, this.#key, nonce(this.#n, last)).setAAD(this.header)
    this.#n += 1
    return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  }
}

function open(
  key: Uint8Array,
  { header, piece, nonce }: { header: Uint8Array; piece: Uint8Array; nonce: Uint8Array },
): Buffer | null {
  if (piece.length < TAG) return null
  const end = piece.length - TAG
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(header)
  decipher.setAuthTag(piece.subarray(end))
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, end)), decipher.final()])
  } catch {
    return null
  }
}

const contentKey = (key: Uint8Array, header: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, header.subarray(MAGIC.length), 'gyrus content', 32))

function nonce(n: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(n, 0)
  bytes.writeUInt8(last ? 1 : 0, 11)
  return bytes
}

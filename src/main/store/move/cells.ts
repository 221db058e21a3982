import { createHash } from 'node:crypto'

/** What a column holds, whatever a database calls it. */
export type Kind = 'text' | 'whole' | 'real' | 'bytes'

/**
 * A value as it is compared and carried over, in a form that both databases' values have in common: text as it is, whole
 * numbers (64 bits) in decimal digits, doubles as the 16 hexadecimal digits of their bits, bytes in hexadecimal.
 */
export type Cell = string | null
export type Row = Cell[]

/** A double's bits. */
export function bitsOf(value: number): string {
  const bits = Buffer.allocUnsafe(8)
  bits.writeDoubleBE(value)
  return bits.toString('hex')
}

export const realOf = (bits: string): number => Buffer.from(bits, 'hex').readDoubleBE()

/** Of a table: how many rows it has, and the SHA-256 (hex) of them in their order. */
export interface TableDigest {
  rows: number
  sha256: string
}
export type Digests = Record<string, TableDigest>

/** Takes the digest of rows as they go by: each is canonical JSON, an array of its cells, on a line of its own. */
export class RowDigest {
  readonly #hash = createHash('sha256')
  #rows = 0

  add(rows: Row[]): void {
    this.#rows += rows.length
    for (const row of rows) this.#hash.update(`${JSON.stringify(row)}\n`)
  }

  end(): TableDigest {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

/** The first table that differs; undefined where all are equal. */
export function differing(before: Digests, after: Digests): string | undefined {
  const names = Object.keys({ ...before, ...after })
  return names.find((name) => before[name]?.rows !== after[name]?.rows || before[name]?.sha256 !== after[name]?.sha256)
}

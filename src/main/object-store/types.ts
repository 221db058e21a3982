/**
 * Objects by their keys, at an S3-compatible store. All methods reject with a GyrusError: `files-unreachable` where it does
 * not answer or says that it cannot now, `files-refused`, `files-bucket-missing`.
 */
export interface ObjectStore {
  /** Returns when the store says that it has it. */
  put(key: string, content: Uint8Array): Promise<void>
  /** Null where there is none. */
  get(key: string): Promise<Uint8Array | null>
  /** None of them is there afterwards. */
  remove(keys: string[]): Promise<void>
  /** All keys that begin so, in no order. */
  list(beginning: string): Promise<string[]>
}

/** Who asks. Shown to nobody, and in no error. */
export interface Credentials {
  key: string
  secret: string
}

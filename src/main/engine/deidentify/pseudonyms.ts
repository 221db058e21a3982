import { createHmac } from 'node:crypto'

/** What every DICOM system knows by these UIDs: classes, syntaxes, and frames of reference of atlases. */
const WELL_KNOWN = /^1\.2\.840\.10008\./

/**
 * New names, the same for the same old name through a whole export, and not to be traced back without its key: HMAC-SHA-256.
 * Where the key is thrown away after the export, nobody can.
 */
export class Pseudonyms {
  readonly #key: Uint8Array

  /** @param key 32 random bytes, new for each export */
  constructor(key: Uint8Array) {
    if (key.length < 32) throw new Error('a key of 32 bytes was expected')
    this.#key = key
  }

  /** As a UID of a UUID (PS3.5 B.2) of version 8 (RFC 9562: made by the application's own rule). */
  uid(old: string): string {
    if (old === '' || WELL_KNOWN.test(old)) return old
    const bytes = this.#digest('uid', old)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    return `2.25.${BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`)}`
  }

  /** For name and ID of a patient, so that one patient's images can still be told to be so. */
  patient(issuer: string, id: string): string {
    return `GYRUS-${this.#digest('patient', JSON.stringify([issuer, id]))
      .toString('hex')
      .slice(0, 12)
      .toUpperCase()}`
  }

  #digest(kind: string, old: string): Buffer {
    return createHmac('sha256', this.#key).update(`${kind}\0${old}`, 'latin1').digest()
  }
}

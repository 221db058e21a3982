const BYTES = '$bytes'

/** For `JSON.stringify`: bytes as Base64. */
export function bytesAsText(this: unknown, key: string, value: unknown): unknown {
  // A Buffer has turned itself into JSON by the time that it comes here.
  const raw = (this as Record<string, unknown>)[key]
  return raw instanceof Uint8Array ? { [BYTES]: Buffer.from(raw).toString('base64') } : value
}

/** For `JSON.parse`. */
export function textAsBytes(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(BYTES in value)) return value
  return new Uint8Array(Buffer.from(String(value[BYTES]), 'base64'))
}

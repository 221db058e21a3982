/** An address with its password apart, so that it is never shown in clear; null where there is none in it. */
export function apart(address: string): { address: string; password: string } | null {
  const url = parsed(address)
  if (!url?.password) return null
  const password = plain(url.password)
  url.password = ''
  return { address: url.href, password }
}

/** An address with a password, whatever signs are in it. */
export function withPassword(address: string, password: string): string {
  const url = parsed(address)
  if (!url || password === '') return address
  url.password = encodeURIComponent(password)
  return url.href
}

function parsed(address: string): URL | null {
  const written = address.trim()
  try {
    const url = new URL(written)
    if (url.username !== '' || !written.includes('@')) return url
  } catch {
    // The signs of a password may be those of an address.
  }
  const [, scheme, user, password = '', rest] = AS_TYPED.exec(written) ?? []
  if (!(scheme && user && rest)) return null
  try {
    return new URL(`${scheme}${user}:${encodeURIComponent(plain(password))}@${rest}`)
  } catch {
    return null
  }
}

/** A password as somebody types it: up to the last `@`. */
const AS_TYPED = /^(postgres(?:ql)?:\/\/)([^:/?#@]+):(.*)@([^@]+)$/i

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

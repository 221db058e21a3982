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

/** A password as somebody types it, with signs of an address in it: up to the last `@` that a host and a `/` follow. */
const AS_TYPED = /^(postgres(?:ql)?:\/\/)([^:/?#@]+):(.+)@([^@/?#]+\/[^@]*)$/i

function parsed(address: string): URL | null {
  const written = address.trim()
  const [, scheme, user, password = '', rest] = AS_TYPED.exec(written) ?? []
  try {
    return new URL(rest ? `${scheme}${user}:${encodeURIComponent(plain(password))}@${rest}` : written)
  } catch {
    return null
  }
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

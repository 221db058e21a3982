/** What a code means to whoever has to mend it; errors-de/words.de.ts has it in German. */
const REASONS: [pattern: RegExp, reason: string][] = [
  [/^28P01$/, 'the password is wrong'],
  [/^28/, 'it lets nobody in by this user, from this machine, or without TLS'],
  [/^3D000$/, 'there is no such database'],
  [/^42501$/, 'the role has no rights there'],
  [/^57P/, 'it is being started or stopped'],
  [/^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS)/, 'its certificate is not trusted'],
  [/^ECONNREFUSED$/, 'nothing listens at this port there'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'no machine of this name is found'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the machine is not reached'],
  [/^(UND_ERR_\w*TIMEOUT|TimeoutError|AbortError)$/, 'it takes too long to answer'],
  [/^(ECONN|EPIPE|UND_ERR|$)/, 'the connection broke'],
]

/** A code that nobody has a word for is better than none. */
export const reasonOf = (code: string): string => REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? code

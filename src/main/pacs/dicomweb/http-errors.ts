import { GyrusError } from '../../../shared/errors.ts'
import type { WebSettings } from '../../../shared/pacs.ts'

/** What a PACS did not do in time. */
export class LateError extends Error {}

/** The system's names of what keeps a connection from being made. */
const UNREACHABLE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EHOSTDOWN', 'EACCES']
const UNKNOWN_HOST = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']
/** Node's and OpenSSL's names of what is wrong with TLS. */
const TLS =
  /^(ERR_(TLS|SSL|OSSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_|INVALID_(CA|PURPOSE)|PATH_LENGTH|EPROTO)/

/** Any error of a connection as one of the catalogue: by the system's name, never by what the other end wrote. */
export function asPacsError(
  error: unknown,
  { settings, signal }: { settings: WebSettings; signal: AbortSignal },
): GyrusError {
  if (error instanceof GyrusError) return error
  if (signal.aborted) return new GyrusError('cancelled')
  const pacs = settings.name
  if (error instanceof LateError) return new GyrusError('pacs-timeout', { pacs })
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
  if (UNKNOWN_HOST.includes(reason)) return new GyrusError('pacs-host-unknown', { pacs })
  if (UNREACHABLE.includes(reason)) return new GyrusError('pacs-unreachable', { pacs, reason })
  if (TLS.test(reason)) return new GyrusError('pacs-tls', { pacs, reason })
  if (reason === 'HPE_HEADER_OVERFLOW') return new GyrusError('pacs-too-much', { pacs, reason: 'its headers' })
  if (reason.startsWith('HPE_')) return new GyrusError('pacs-malformed', { pacs, reason: `not HTTP: ${reason}` })
  return new GyrusError('pacs-ended', { pacs, reason }, { cause: error })
}

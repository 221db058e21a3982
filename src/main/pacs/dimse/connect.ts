import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, getCACertificates } from 'node:tls'
import { GyrusError } from '../../../shared/errors.ts'
import type { DimseSettings } from '../../../shared/pacs.ts'

/** To a connection that is ready, with its TLS where there is one, ms. */
const CONNECT_MS = 10_000

const NO_ADDRESS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'])

/** The system's names of why there is no way, in words. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at this port there',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no network to it',
  EACCES: 'the system does not allow it',
  ECONNRESET: 'it closed the connection at once',
}

/** OpenSSL's names of what is wrong with a certificate, in words. */
const TLS_REASONS: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, and not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by one that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'who signed its certificate is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'who signed its certificate is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'who signed its certificate is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ECONNRESET: 'it closed the connection during the handshake',
  EPROTO: 'it does not speak TLS at this port, or no version that is safe',
}

/**
 * A connection to the PACS.
 *
 * @param secret our private key, for a PACS that asks for a certificate
 * @throws GyrusError `pacs-host-unknown`, `pacs-unreachable`, `pacs-tls`, `cancelled`
 */
export async function connectTo(settings: DimseSettings, secret: string | null, signal: AbortSignal): Promise<Socket> {
  const { name: pacs, tls } = settings
  if (signal.aborted) throw new GyrusError('cancelled')
  const socket = openSocket(settings, secret)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject({ code: 'late' }), CONNECT_MS)
  const cancel = () => reject({ code: 'cancelled' })
  signal.addEventListener('abort', cancel, { once: true })
  // Stays: what goes wrong later ends the wait for bytes as well.
  socket.on('error', reject)
  socket.once(tls.on ? 'secureConnect' : 'connect', resolve)
  socket.once('close', () => reject({ code: 'ECONNRESET' }))
  try {
    await promise
    socket.setNoDelay(true)
    return socket
  } catch (error) {
    socket.destroy()
    throw connectError(error, pacs, tls.on)
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', cancel)
  }
}

function openSocket({ host, port, tls }: DimseSettings, secret: string | null): Socket {
  if (!tls.on) return connectTcp({ host, port })
  const { check, ca, certificate } = tls
  return connectTls({
    ...{ host, port, minVersion: 'TLSv1.2' },
    ...(isIP(host) === 0 && { servername: host }),
    ca: ca === '' ? getCACertificates('system') : ca,
    rejectUnauthorized: check !== 'nothing',
    ...(check !== 'host' && { checkServerIdentity: () => undefined }),
    ...(certificate !== '' && secret !== null && { cert: certificate, key: secret }),
  })
}

function connectError(error: unknown, pacs: string, tls: boolean): GyrusError {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'cancelled') return new GyrusError('cancelled')
  if (code === 'late')
    return new GyrusError('pacs-unreachable', { pacs, reason: `no answer within ${CONNECT_MS / 1000} s` })
  if (NO_ADDRESS.has(code)) return new GyrusError('pacs-host-unknown', { pacs })
  const tlsReason = TLS_REASONS[code] ?? (/^ERR_(SSL|TLS|OSSL)/.test(code) ? plain(message) : undefined)
  if (tls && tlsReason !== undefined) return new GyrusError('pacs-tls', { pacs, reason: tlsReason })
  return new GyrusError('pacs-unreachable', { pacs, reason: REASONS[code] ?? (plain(code) || 'unknown') })
}

const plain = (text: string) => text.replace(/[^ -~]/g, ' ').slice(0, 120)

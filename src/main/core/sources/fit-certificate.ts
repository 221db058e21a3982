import { createPrivateKey, X509Certificate } from 'node:crypto'
import { GyrusError } from '../../../shared/errors.ts'
import type { ListenerTls } from '../../../shared/sources.ts'

/** Sees that the listener could use them. @throws GyrusError `listener-certificate-unfit` */
export function fitCertificate({ on, certificate, clientCa }: ListenerTls, key: string | null): void {
  if (!on) return
  if (certificate === '') throw unfit('it has no certificate')
  if (key === null) throw unfit('it has no private key')
  const own = read(certificate, 'its certificate cannot be read')
  if (clientCa !== '') read(clientCa, 'the certificate of who signs those of senders cannot be read')
  let fits: boolean
  try {
    fits = own.checkPrivateKey(createPrivateKey(key))
  } catch {
    throw unfit('its private key cannot be read, or has a passphrase')
  }
  if (!fits) throw unfit('the private key does not belong to the certificate')
  if (Date.parse(own.validTo) < Date.now()) throw unfit(`its certificate has expired (${own.validTo})`)
}

function read(certificate: string, reason: string): X509Certificate {
  try {
    return new X509Certificate(certificate)
  } catch {
    throw unfit(reason)
  }
}

const unfit = (reason: string) => new GyrusError('listener-certificate-unfit', { reason })

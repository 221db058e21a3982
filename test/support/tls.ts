import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './cleanup.ts'

/** A certificate for a host that signed itself, and its key, both in PEM form. @param host name or IP address */
export function selfSigned(host: string): { certificate: string; key: string } {
  const folder = temporaryFolder()
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const name = /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=a test', '-addext', `subjectAltName=${name}`, '-keyout', key, '-out', certificate],
  ])
  if (status !== 0) throw new Error(String(stderr))
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
}

/**
 * An address of this machine that speaks TLS and hands on to a plain one: Debian's Orthanc 1.10.1 ends with a segmentation
 * fault at its first HTTPS request.
 */
export async function behindTls(url: string, { certificate, key }: ReturnType<typeof selfSigned>): Promise<string> {
  const to = new URL(url)
  const { port, hostname } = to
  const server = createServer({ cert: certificate, key }, (socket) => {
    const inner = connect(Number(port), hostname)
    socket.pipe(inner).pipe(socket)
    for (const one of [socket, inner]) one.on('error', () => [socket, inner].map((other) => other.destroy()))
  }).listen(0, '127.0.0.1')
  // What it is told by whoever does not trust it.
  server.on('tlsClientError', () => undefined)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  to.protocol = 'https'
  to.port = String((server.address() as AddressInfo).port)
  return to.href
}

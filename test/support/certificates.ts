import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './cleanup.ts'

/** Why certificates cannot be made here, for `skip`; null where they can. */
export const noOpenssl = (): string | null =>
  spawnSync('openssl', ['version']).status === 0 ? null : 'not run: openssl is not installed'

interface Made {
  certificate: string
  key: string
  /** Where they lie, for programs that are given files. */
  certificateFile: string
  keyFile: string
}

/** Authorities and certificates of their own, good for a day. */
export function makeCertificates(): { ca: Made; server: Made; client: Made; stranger: Made } {
  const folder = temporaryFolder()
  const openssl = (...options: string[]) => execFileSync('openssl', options, { cwd: folder, stdio: 'pipe' })
  const made = (name: string): Made => {
    const [certificateFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
    const [certificate, key] = [readFileSync(certificateFile, 'utf8').trim(), readFileSync(keyFile, 'utf8').trim()]
    return { certificate, key, certificateFile, keyFile }
  }
  const authority = (name: string): Made => {
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${name}`]
    openssl(...request, '-keyout', `${name}.key`, '-out', `${name}.pem`)
    return made(name)
  }
  const ca = authority('ca')
  const stranger = authority('stranger')
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost')
  for (const name of ['server', 'client']) {
    const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`]
    openssl(...request, '-keyout', `${name}.key`, '-out', `${name}.csr`)
    const sign = ['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
    openssl(...sign, '-days', '1', '-extfile', 'names', '-out', `${name}.pem`)
  }
  return { ca, server: made('server'), client: made('client'), stranger }
}

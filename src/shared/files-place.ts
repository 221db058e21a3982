import { GyrusError } from './errors.ts'

/** A bucket of an S3-compatible store, and what of it is the department's. */
export interface S3Place {
  kind: 's3'
  bucket: string
  /** What all keys begin with: empty, or ending with `/`. */
  prefix: string
  /** `https://host:port`, without a path. */
  endpoint: string
  region: string
  /** How many bytes of stored scans and images of data sets a workstation keeps copies of. */
  copyBytes: number
}

/** Where the workstations of a department have the files that they share. */
export type FilesPlace = { kind: 'folder'; path: string } | S3Place

const SCHEME = 's3://'
const GIGABYTE = 1e9
const COPIES_GB = 20
const KNOWN = ['endpoint', 'region', 'copies', 'insecure']
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

export const isS3 = (files: string): boolean => files.trim().toLowerCase().startsWith(SCHEME)

/**
 * Reads where files are shared: the path of a folder, or
 * `s3://bucket/prefix?endpoint=https://host&region=name&copies=20`. `endpoint` is asked at `endpoint/bucket/…`; `region`
 * is `us-east-1` by default, `copies` the gigabytes that a workstation keeps (20 by default). An endpoint without TLS is
 * taken on this machine, and elsewhere with `insecure=yes`.
 *
 * @throws GyrusError `files-address`
 */
export function parseFilesPlace(files: string): FilesPlace {
  if (!isS3(files)) return { kind: 'folder', path: files.trim() }
  const url = URL.parse(files.trim())
  if (!url) throw malformed('no address')
  if (url.username || url.password) throw malformed('key and secret stand beside the address, not in it')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname) || url.port) throw malformed('bucket')
  const unknown = [...url.searchParams.keys()].find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) throw malformed(unknown)
  const prefix = url.pathname.split('/').filter((part) => part !== '')
  if (prefix.some((part) => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part))) throw malformed('prefix')
  const region = url.searchParams.get('region') ?? 'us-east-1'
  if (!/^[a-z0-9-]{1,40}$/.test(region)) throw malformed('region')
  const gigabytes = Number(url.searchParams.get('copies') ?? COPIES_GB)
  if (!(gigabytes > 0 && gigabytes <= 100_000)) throw malformed('copies')
  return {
    kind: 's3',
    bucket: url.hostname,
    prefix: prefix.map((part) => `${part}/`).join(''),
    endpoint: endpointOf(url),
    region,
    copyBytes: Math.round(gigabytes * GIGABYTE),
  }
}

function endpointOf({ searchParams }: URL): string {
  const endpoint = URL.parse(searchParams.get('endpoint') ?? '')
  if (!endpoint || !/^https?:$/.test(endpoint.protocol)) throw malformed('endpoint=https://…')
  const { username, password, pathname, search, hash } = endpoint
  if (username || password || pathname !== '/' || search || hash) throw malformed('endpoint: host and port alone')
  const allowed = LOOPBACK.has(endpoint.hostname) || searchParams.get('insecure') === 'yes'
  if (endpoint.protocol === 'http:' && !allowed) throw malformed('http: insecure=yes')
  return endpoint.origin
}

const malformed = (reason: string) => new GyrusError('files-address', { reason })

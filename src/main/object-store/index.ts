import { S3mini } from 's3mini'
import { reasonOf } from '../../shared/connection-reasons.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { S3Place } from '../../shared/files-place.ts'
import type { Credentials, ObjectStore } from './types.ts'

/** A request has so long for itself, and for each megabyte that it sends, ms: slower than that is as good as none. */
const PATIENCE_MS = 30_000
const PATIENCE_PER_MB_MS = 4_000
/** The same for all that a file may hold; how much comes back is not known before. */
const PATIENCE_READING_MS = 600_000
/** An answer that is no `yes` is asked for once more after so long: connections that were kept may have been closed meanwhile. */
const AGAIN_MS = 200

/** Where a bucket's objects are got from. Nothing is asked before the first of them is. */
export function openObjectStore(
  place: S3Place,
  { key: accessKeyId, secret: secretAccessKey }: Credentials,
): ObjectStore {
  const client = new S3mini({
    ...{ accessKeyId, secretAccessKey },
    endpoint: `${place.endpoint}/${place.bucket}`,
    region: place.region,
    fetch: patiently,
  })
  const at = (key: string) => place.prefix + key
  return {
    async put(key, content) {
      await asked(place, () => client.putObject(at(key), content))
    },
    get: (key) =>
      asked(place, async () => {
        const answer = await client.getObjectRaw(at(key)).catch((error) => {
          if (isNoObject(error)) return null
          throw error
        })
        return answer && new Uint8Array(await answer.arrayBuffer())
      }),
    async remove(keys) {
      if (keys.length === 0) return
      const gone = await asked(place, () => client.deleteObjects(keys.map(at)))
      if (!gone.every((one) => one)) throw refused(place, 'DeleteObjects')
    },
    async list(beginning) {
      const found = await asked(place, () => client.listObjects('/', at(beginning)))
      if (found === null) throw new GyrusError('files-bucket-missing', { bucket: place.bucket })
      return found.map(({ Key }) => Key.slice(place.prefix.length))
    },
  }
}

/** Each request ends, whatever the other side does. */
const patiently: typeof fetch = (input, init) => {
  const sent = init?.body instanceof Uint8Array ? init.body.length / 1e6 : 0
  const ms = init?.method === 'GET' ? PATIENCE_READING_MS : PATIENCE_MS + sent * PATIENCE_PER_MB_MS
  return fetch(input, { ...init, signal: AbortSignal.timeout(Math.round(ms)) })
}

/** All that is asked may be asked twice. */
async function asked<T>(place: S3Place, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (first) {
    if (!isAway(first)) throw told(place, first)
    await new Promise((done) => setTimeout(done, AGAIN_MS))
    return ask().catch((error) => {
      throw told(place, error)
    })
  }
}

/** What the client throws where the store answered with another status than it should. */
interface Answered {
  status: number
  body: string
}

function answered(error: unknown): Answered | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  return { status: error.status, body: 'body' in error && typeof error.body === 'string' ? error.body : '' }
}

/** What S3 calls it, in its answer. */
const nameIn = ({ body }: Answered): string => /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? ''

function isNoObject(error: unknown): boolean {
  const answer = answered(error)
  return answer?.status === 404 && nameIn(answer) === 'NoSuchKey'
}

/** It does not answer, was cut off in the middle, or says itself that it cannot now. */
function isAway(error: unknown): boolean {
  const answer = answered(error)
  if (answer) return answer.status >= 500 || answer.status === 429 || answer.status === 408
  // What `fetch` throws where the network fails has a cause; where a body ends too early it is `terminated`.
  const cutOff = error instanceof TypeError && (error.cause !== undefined || error.message === 'terminated')
  return cutOff || (error instanceof Error && ['S3NetworkError', 'TimeoutError', 'AbortError'].includes(error.name))
}

/** @returns the error itself where it is one of ours */
function told(place: S3Place, error: unknown): unknown {
  const answer = answered(error)
  const reason = answer ? `${answer.status} ${nameIn(answer)}`.trim() : networkReason(error)
  if (isAway(error)) {
    return new GyrusError('files-unreachable', { endpoint: place.endpoint, reason }, { cause: error })
  }
  if (answer === null) return error
  if (nameIn(answer) !== 'NoSuchBucket') return refused(place, reason, error)
  return new GyrusError('files-bucket-missing', { bucket: place.bucket }, { cause: error })
}

const refused = ({ endpoint }: S3Place, reason: string, cause?: unknown) =>
  new GyrusError('files-refused', { endpoint, reason }, { cause })

/** By its code where there is one: what it says may name more than an administrator needs. */
function networkReason(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return reasonOf(at.code)
  }
  return error instanceof Error ? error.name : 'unknown'
}

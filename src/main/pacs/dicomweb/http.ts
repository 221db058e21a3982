import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { Readable } from 'node:stream'
import { GyrusError } from '../../../shared/errors.ts'
import type { WebSettings } from '../../../shared/pacs.ts'
import { asPacsError, LateError } from './http-errors.ts'

/** Until a connection stands, ms. After that a server has the time that is set for it. */
const CONNECT_MS = 15_000

export interface Server {
  settings: WebSettings
  secret: string | null
  signal: AbortSignal
}

export interface Question {
  /** Below the root, with its query. */
  path: string
  accept: string
  /** Sent by POST. */
  send?: { type: string; pieces: Uint8Array[] }
}

export interface Answer {
  status: number
  /** Of the content; '' where it does not say. */
  type: string
  /** Whether it says that there is more than it gives (PS3.18 8.3.4.4). */
  more: boolean
  /** What it says it has, bytes; null where it does not. */
  bytes: number | null
  /** As it comes; nothing is read ahead. It throws GyrusError. */
  body: AsyncIterable<Uint8Array>
  /** Lets go of what is still to come. */
  drop(): void
}

/**
 * One question to a DICOMweb server. Redirects are not followed, so that nothing that is secret goes to somebody else, and
 * nothing compressed is taken, so that a small answer cannot become a large one.
 *
 * @throws GyrusError `pacs-*`, `cancelled`
 */
export async function exchange(server: Server, question: Question): Promise<Answer> {
  const { settings } = server
  const pacs = settings.name
  const answer = await begin(server, question).catch((error) => Promise.reject(asPacsError(error, server)))
  const { statusCode: status = 0, headers } = answer
  const refuse = (error: GyrusError) => {
    answer.destroy()
    return error
  }
  if (status >= 300 && status < 400) throw refuse(new GyrusError('pacs-redirects', { pacs, status }))
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw refuse(new GyrusError('pacs-malformed', { pacs, reason: 'it is compressed' }))
  return {
    status,
    type: headers['content-type'] ?? '',
    more: status === 206 || /^299\b/.test(String(headers.warning ?? '')),
    bytes: headers['content-length'] === undefined ? null : Number(headers['content-length']),
    body: piecesOf(answer, server),
    drop: () => answer.destroy(),
  }
}

function begin({ settings, secret, signal }: Server, { path, accept, send }: Question): Promise<IncomingMessage> {
  const url = new URL(settings.url.replace(/\/+$/, '') + path)
  const length = send?.pieces.reduce((sum, { length }) => sum + length, 0)
  const options: RequestOptions = {
    method: send ? 'POST' : 'GET',
    headers: {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'Gyrus',
      ...authorization(settings, secret),
      ...(send && { 'content-type': send.type, 'content-length': length }),
    },
    // A connection of its own: none lies about that somebody else could have left something in.
    agent: false,
    signal,
    minVersion: 'TLSv1.2',
    ...(settings.ca && { ca: settings.ca }),
  }
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
    const late = () => request.destroy(new LateError())
    const connecting = setTimeout(late, CONNECT_MS)
    const answering = setTimeout(late, settings.waitSeconds * 1_000)
    const secured = url.protocol === 'https:' ? 'secureConnect' : 'connect'
    request.on('socket', (socket) => socket.once(secured, () => clearTimeout(connecting)))
    request.on('error', reject)
    request.on('response', resolve)
    request.on('close', () => {
      clearTimeout(connecting)
      clearTimeout(answering)
    })
    request.on('response', () => clearTimeout(answering))
    Readable.from(send?.pieces ?? []).pipe(request)
  })
}

function authorization({ auth, user }: WebSettings, secret: string | null): Record<string, string> {
  if (auth === 'none' || secret === null) return {}
  if (auth === 'bearer') return { authorization: `Bearer ${secret}` }
  return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` }
}

/** The clock runs only while the PACS is waited for: what is done with a piece may take its time. */
async function* piecesOf(answer: IncomingMessage, server: Server): AsyncGenerator<Uint8Array> {
  const pieces = answer[Symbol.asyncIterator]()
  try {
    for (;;) {
      const waiting = setTimeout(() => answer.destroy(new LateError()), server.settings.waitSeconds * 1_000)
      const next = await pieces.next().finally(() => clearTimeout(waiting))
      if (next.done) return
      yield next.value as Buffer
    }
  } catch (error) {
    throw asPacsError(error, server)
  } finally {
    answer.destroy()
  }
}

import { Readable } from 'node:stream'
import type { ProtocolResponse } from 'electron'

/** What an old Electron says of a request, in place of a `Request`. */
export interface OldRequest {
  url: string
  method: string
}

/** As much of a `Response` as crosses here; Node 12 has none. */
export class PlainResponse {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer

  constructor(body: Buffer | null, init: { status?: number; headers?: Record<string, string> } = {}) {
    this.status = init.status ?? 200
    this.headers = init.headers ?? {}
    this.body = body ?? Buffer.alloc(0)
  }
}

export async function answerStream(
  answer: Response | Promise<Response>,
  callback: (response: ProtocolResponse) => void,
): Promise<void> {
  const { status, headers, body } = (await answer) as unknown as PlainResponse
  const data = new Readable({ read: () => undefined })
  data.push(body)
  data.push(null)
  callback({ statusCode: status, headers, data })
}

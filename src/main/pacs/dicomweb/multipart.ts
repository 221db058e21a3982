/** One part of an answer; its content has to be read to its end before the next part is asked for. */
export interface Part {
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>
  content: AsyncIterable<Uint8Array>
}

export interface MultipartLimits {
  maxParts: number
  /** One part's content, bytes. */
  maxPartBytes: number
  /** All of the answer, bytes. */
  maxBytes: number
}

/** Why an answer is not what it says it is; part of a sentence. */
export class MultipartError extends Error {}

/** What may stand before the first part, and a part's headers, bytes. */
const MAX_PREAMBLE = 65_536
const MAX_HEADERS = 16_384
/** Between a boundary and the end of its line (RFC 2046 5.1.1), bytes. */
const MAX_PADDING = 128

const CRLF = Buffer.from('\r\n')
const HEADERS_END = Buffer.from('\r\n\r\n')
const DASH = 0x2d
const BLANKS = [0x20, 0x09]

/**
 * What a Content-Type says of its parts: the boundary, null where it is no multipart/related or has none that RFC 2046
 * allows.
 */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/related\s*(;|$)/i.test(contentType)) return null
  const found = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2] ?? ''
  return /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary) ? boundary : null
}

/**
 * Reads multipart/related (RFC 2387) as it comes: what is held of it is a piece and the length of a boundary. Lengths that
 * an answer claims are not used, only its boundaries.
 *
 * @throws MultipartError where it ends too early, has no such boundary, or is beyond the limits
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: MultipartLimits,
): AsyncGenerator<Part> {
  const reader = new Reader(body, boundary, limits)
  try {
    await reader.skipPreamble()
    for (let parts = 0; await reader.atPart(); parts += 1) {
      if (parts >= limits.maxParts) throw new MultipartError(`it has more than ${limits.maxParts} parts`)
      yield { headers: await reader.headers(), content: reader.content() }
      if (!reader.atBoundary) throw new Error('a part was not read to its end')
    }
  } finally {
    await reader.close()
  }
}

class Reader {
  readonly #body: AsyncIterator<Uint8Array>
  /** A line's end and the boundary; the first one stands at the beginning, as if there were a line before. */
  readonly #delimiter: Buffer
  readonly #limits: MultipartLimits
  #held: Buffer = CRLF
  #bytes = 0
  atBoundary = false

  constructor(body: AsyncIterable<Uint8Array>, boundary: string, limits: MultipartLimits) {
    this.#body = body[Symbol.asyncIterator]()
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
    this.#limits = limits
  }

  async skipPreamble(): Promise<void> {
    let skipped = 0
    for await (const piece of this.#upToBoundary()) {
      skipped += piece.length
      if (skipped > MAX_PREAMBLE) throw new MultipartError('its boundary does not come')
    }
  }

  async close(): Promise<void> {
    await this.#body.return?.()
  }

  /** Behind a boundary: false where it was the last one. */
  async atPart(): Promise<boolean> {
    if (this.#held[0] === DASH && this.#held[1] === DASH) return false
    this.#held = this.#held.subarray(this.#held.indexOf(CRLF))
    return true
  }

  async headers(): Promise<ReadonlyMap<string, string>> {
    // The end of the boundary's line is held still: without headers the empty line follows at once.
    const end = await this.#find(HEADERS_END, MAX_HEADERS, 'the headers of a part have no end')
    const lines = this.#held.subarray(0, end).toString('latin1').split('\r\n').filter(Boolean)
    // Where there is no content, the end of the empty line is that before the boundary.
    this.#held = this.#held.subarray(end + CRLF.length)
    return new Map(
      lines.map((line) => {
        const colon = line.indexOf(':')
        if (colon < 1) throw new MultipartError('a header of a part is none')
        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
      }),
    )
  }

  async *content(): AsyncGenerator<Uint8Array> {
    this.atBoundary = false
    let emptyLine = CRLF.length
    let bytes = 0
    for await (const piece of this.#upToBoundary()) {
      const content = piece.subarray(Math.min(emptyLine, piece.length))
      emptyLine -= piece.length - content.length
      bytes += content.length
      if (bytes > this.#limits.maxPartBytes) throw new MultipartError('a part is larger than the limit')
      if (content.length > 0) yield content
    }
    this.atBoundary = true
  }

  /** What comes before the next boundary, which is taken away with it. */
  async *#upToBoundary(): AsyncGenerator<Uint8Array> {
    for (let from = 0; ; ) {
      const at = this.#held.indexOf(this.#delimiter, from)
      if (at < 0) {
        const sure = Math.max(0, this.#held.length - this.#delimiter.length + 1)
        if (sure > 0) yield this.#held.subarray(0, sure)
        this.#held = this.#held.subarray(sure)
        from = 0
        await this.#more()
      } else if (await this.#isBoundary(at)) {
        if (at > 0) yield this.#held.subarray(0, at)
        this.#held = this.#held.subarray(at + this.#delimiter.length)
        return
      } else from = at + 1
    }
  }

  /** What looks like one and goes on otherwise is content: `--a` within `--ab`. */
  async #isBoundary(at: number): Promise<boolean> {
    for (let next = at + this.#delimiter.length; ; next += 1) {
      while (this.#held.length < next + 2) await this.#more()
      const [first = 0, second = 0] = this.#held.subarray(next, next + 2)
      const padding = next - at - this.#delimiter.length
      if (padding === 0 && first === DASH && second === DASH) return true
      if (first === CRLF[0] && second === CRLF[1]) return true
      if (!BLANKS.includes(first) || padding === MAX_PADDING) return false
    }
  }

  async #find(token: Buffer, within: number, problem: string): Promise<number> {
    for (;;) {
      const at = this.#held.subarray(0, within).indexOf(token)
      if (at >= 0) return at
      if (this.#held.length >= within) throw new MultipartError(problem)
      await this.#more()
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#body.next()
    if (done) throw new MultipartError('it ends before its last boundary')
    this.#bytes += value.length
    if (this.#bytes > this.#limits.maxBytes) throw new MultipartError('it is larger than the limit')
    this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value])
  }
}

import { Parser } from '../../engine/decode/dicom/parse.ts'
import { IMPLICIT_LITTLE_ENDIAN } from '../../listener/uids.ts'
import type { What } from '../protocol.ts'

/** As far as an object is looked at: study and series stand before its pixels. */
const HEAD = 1024 * 1024
const RELATIONSHIP = 0x0020

/** Whether an object is of the study and series that were asked for: a PACS that mixes them up shows another patient. */
export class Belongs {
  readonly #what: What
  readonly #transferSyntax: string
  readonly #parts: Buffer[] = []
  #length = 0

  constructor(what: What, transferSyntax: string) {
    this.#what = what
    this.#transferSyntax = transferSyntax
  }

  /** Pieces of the data set as they come. */
  take(chunk: Buffer): void {
    if (this.#length >= HEAD) return
    // A copy: the piece lies in the buffer that the next one comes to.
    this.#parts.push(Buffer.from(chunk.subarray(0, HEAD - this.#length)))
    this.#length += chunk.length
  }

  get answer(): boolean {
    try {
      const { studyUid, seriesUid } = this.#what
      const [study, series] = this.#uids()
      return study === studyUid && (seriesUid === null || series === seriesUid)
    } catch {
      return false
    }
  }

  /** Of group after group up to the one in which they stand; what comes behind that may be cut off. */
  #uids(): [study: string, series: string] {
    const bytes = Buffer.concat(this.#parts)
    const parser = new Parser(bytes, 0)
    const encoding = { little: true, explicit: this.#transferSyntax !== IMPLICIT_LITTLE_ENDIAN }
    while (parser.at + 2 <= bytes.length) {
      const group = bytes.readUInt16LE(parser.at)
      if (group > RELATIONSHIP) break
      const set = parser.read(encoding, group)
      if (group === RELATIONSHIP) return [set.text('StudyInstanceUID'), set.text('SeriesInstanceUID')]
    }
    return ['', '']
  }
}

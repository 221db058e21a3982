import { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import type { Answer, Server } from './http.ts'

/** A list of 20,000 images with 20 attributes each has some 30 MB. */
const MAX_BYTES = 64 * 2 ** 20
/** For all of it, ms. */
const PATIENCE_MS = 120_000
/** Of an attribute. What a search gives has few; more are not looked at. */
const MAX_VALUES = 1_000
/** Of a value; longer ones are cut off. */
const MAX_TEXT = 1_000

/** A data set of the DICOM JSON model (PS3.18 F.2), by tags of eight hexadecimal digits. */
export type JsonDataSet = Record<string, unknown>

const dataSetsSchema = z.array(z.record(z.string(), z.unknown()))
const attributeSchema = z.looseObject({ Value: z.array(z.unknown()).optional() })
const nameSchema = z.looseObject({ Alphabetic: z.string() })

/**
 * The data sets that an answer has; none where there is no content.
 *
 * @param most how many may be in it
 * @throws GyrusError `pacs-malformed`, `pacs-too-much`, `pacs-timeout`, `pacs-ended`, `cancelled`
 */
export async function readDataSets(answer: Answer, server: Server, most: number): Promise<JsonDataSet[]> {
  const pacs = server.settings.name
  const malformed = (reason: string) => new GyrusError('pacs-malformed', { pacs, reason })
  const bytes = await readBytes(answer, server)
  if (bytes.length === 0) return []
  if (!/^application\/(dicom\+)?json\s*(;|$)/i.test(answer.type)) throw malformed('it is not JSON')
  const { data } = dataSetsSchema.safeParse(asList(parse(bytes)))
  if (data === undefined) throw malformed('its JSON is not that of DICOM')
  if (data.length > most) throw new GyrusError('pacs-too-much', { pacs, reason: `${data.length} entries` })
  return data
}

async function readBytes(answer: Answer, { settings }: Server): Promise<Buffer> {
  const tooMuch = () => new GyrusError('pacs-too-much', { pacs: settings.name, reason: 'more than 64 MB of JSON' })
  const until = performance.now() + PATIENCE_MS
  const pieces: Uint8Array[] = []
  let bytes = 0
  try {
    if ((answer.bytes ?? 0) > MAX_BYTES) throw tooMuch()
    for await (const piece of answer.body) {
      bytes += piece.length
      if (bytes > MAX_BYTES) throw tooMuch()
      if (performance.now() > until) throw new GyrusError('pacs-timeout', { pacs: settings.name })
      pieces.push(piece)
    }
  } finally {
    answer.drop()
  }
  return Buffer.concat(pieces)
}

/** Undefined where it is none. What is nested too deep overflows the stack, which is an error like any other. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

/** One data set stands by itself in answers to what was stored. */
const asList = (json: unknown): unknown => (Array.isArray(json) ? json : json === undefined ? json : [json])

export function valuesOf(dataSet: JsonDataSet, tag: string): unknown[] {
  const { data } = attributeSchema.safeParse(Object.hasOwn(dataSet, tag) ? dataSet[tag] : undefined)
  return data?.Value?.slice(0, MAX_VALUES) ?? []
}

/** Items of a sequence. */
export const itemsOf = (dataSet: JsonDataSet, tag: string): JsonDataSet[] =>
  valuesOf(dataSet, tag).flatMap((item) => dataSetsSchema.safeParse([item]).data ?? [])

/** Values as text, without control characters; of a name its alphabetic form. */
export function textsOf(dataSet: JsonDataSet, tag: string): string[] {
  return valuesOf(dataSet, tag).flatMap((value) => {
    const text = nameSchema.safeParse(value).data?.Alphabetic ?? value
    if (typeof text !== 'string' && typeof text !== 'number') return []
    return [
      String(text)
        .slice(0, MAX_TEXT)
        .replace(/\p{Cc}/gu, ' ')
        .trim(),
    ]
  })
}

export const textOf = (dataSet: JsonDataSet, tag: string): string => textsOf(dataSet, tag)[0] ?? ''

/** Null where it is no whole number. */
export function intOf(dataSet: JsonDataSet, tag: string): number | null {
  const text = textOf(dataSet, tag)
  return /^[+-]?\d{1,12}$/.test(text) ? Number(text) : null
}

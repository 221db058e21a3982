import type { PixelsHeader } from '../../shared/contract.ts'
import { inPageLanguage } from '../../shared/failures.ts'
import { texts } from '../texts.ts'
import { RequestFailed } from './client.ts'
import type { UiFailure } from './transport.ts'

export interface Pixels {
  header: PixelsHeader
  /** Row-major, interleaved, `header.channels` a pixel. */
  data: Uint8Array | Uint16Array
}

export const thumbnailUrl = (id: string) => `images/${id}/thumbnail`

/** A picture of a frozen data set, by its hash. */
export const dataSetPictureUrl = (name: string, version: number, sha256: string) =>
  `data-sets/${name}/${version}/${sha256}`

/** @param frame of its file, from 0 on; null for the one that was classified */
export const pixelsUrl = (id: string, frame: number | null) =>
  `images/${id}/pixels${frame === null ? '' : `?frame=${frame}`}`

/** The decoded pixels at an address. Throws `RequestFailed`. */
export async function fetchPixels(url: string, signal?: AbortSignal): Promise<Pixels> {
  const response = await fetch(url, signal ? { signal } : {}).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new RequestFailed(texts.unreachable)
  })
  const described = response.headers.get('x-gyrus-pixels')
  if (!response.ok || !described) throw new RequestFailed(await failureIn(response))
  const header = JSON.parse(described) as PixelsHeader
  const bytes = await response.arrayBuffer()
  const data = header.bitsPerSample === 16 ? new Uint16Array(bytes) : new Uint8Array(bytes)
  if (data.length !== header.width * header.height * header.channels) throw new RequestFailed(texts.imageFailed)
  return { header, data }
}

async function failureIn(response: Response): Promise<UiFailure> {
  const body = (await response.json().catch(() => ({}))) as { failure?: UiFailure }
  return inPageLanguage(body.failure ?? texts.imageFailed)
}

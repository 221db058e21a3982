import { GyrusError } from '../../../shared/errors.ts'
import type { Response } from './commands.ts'

/** PS3.4 C.4.1.1.4, C.4.2.1.5, C.4.3.1.4; PS3.7 annex C. */
export const STATUS = {
  success: 0x0000,
  pending: 0xff00,
  pendingUnmatched: 0xff01,
  cancelled: 0xfe00,
  someFailed: 0xb000,
  destinationUnknown: 0xa801,
} as const

export const isPending = ({ status }: Response): boolean =>
  status === STATUS.pending || status === STATUS.pendingUnmatched

/** What a final status that is no success says. */
export function statusError({ status, comment }: Response, pacs: string): GyrusError {
  if (status === STATUS.cancelled)
    return new GyrusError('pacs-ended', { pacs, reason: 'it cancelled the request itself' })
  const details = { pacs, status: hex(status), comment: comment && `: ${comment}` }
  // A700 to A7FF: refused, out of resources.
  return new GyrusError(status >>> 8 === 0xa7 ? 'pacs-out-of-resources' : 'pacs-status', details)
}

/** 0000 and warnings (B000 to BFFF, and a few of general ones): the PACS has the object. */
export const isStored = (status: number): boolean =>
  status === STATUS.success || status >>> 12 === 0xb || status === 0x0001 || status === 0x0107 || status === 0x0116

export function storeError({ status, comment }: Response, pacs: string): GyrusError {
  const details = { pacs, status: hex(status), comment: comment && `: ${comment}` }
  return new GyrusError(status >>> 8 === 0xa7 ? 'pacs-out-of-resources' : 'pacs-not-stored', details)
}

const hex = (status: number) => status.toString(16).toUpperCase().padStart(4, '0')

import { IMPLICIT_LITTLE_ENDIAN, STORAGE_CLASSES, TRANSFER_SYNTAXES } from '../../listener/uids.ts'
import type { Proposed } from './associate.ts'

/** Study Root Query/Retrieve, PS3.4 C.6.2. */
export const QUERY = {
  find: '1.2.840.10008.5.1.4.1.2.2.1',
  move: '1.2.840.10008.5.1.4.1.2.2.2',
  get: '1.2.840.10008.5.1.4.1.2.2.3',
} as const

export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
/** What is asked and answered in; and what images may be sent in without being compressed. */
export const PLAIN = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN]

/** Deflated and big endian, which are rare, a PACS writes anew: a context may have 128 numbers, and no more. */
const LEFT_OUT = new Set([...PLAIN, '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2'])
const COMPRESSED = [...TRANSFER_SYNTAXES.keys()].filter((uid) => !LEFT_OUT.has(uid))

/**
 * For C-GET: each class that Gyrus reads, plain and in each compression by itself, so that a PACS can send each object
 * as it is stored.
 */
export const storageContexts = (): Proposed[] =>
  [...STORAGE_CLASSES.keys()].flatMap((abstractSyntax) =>
    [PLAIN, ...COMPRESSED.map((uid) => [uid])].map((transferSyntaxes) => ({
      abstractSyntax,
      transferSyntaxes,
      receives: true,
    })),
  )

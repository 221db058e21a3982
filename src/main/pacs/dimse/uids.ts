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
 * Of what lies beside images in studies of the head: taken and thrown away, because some archives (Orthanc) end a C-GET at
 * the first object that they may not send. As many as there are numbers of contexts left.
 */
const OTHERS = ['88.11', '88.22', '88.33', '88.34', '88.59', '11.1', '104.1', '66', '66.4', '4.2'].map(
  (last) => `1.2.840.10008.5.1.4.1.1.${last}`,
)
export const isOtherClass = (uid: string): boolean => OTHERS.includes(uid)

/**
 * For C-GET: each class that Gyrus reads, plain and in each compression by itself, so that a PACS can send each object
 * as it is stored.
 */
export const storageContexts = (): Proposed[] => [
  ...[...STORAGE_CLASSES.keys()].flatMap((abstractSyntax) =>
    [PLAIN, ...COMPRESSED.map((uid) => [uid])].map((transferSyntaxes) => ({
      abstractSyntax,
      transferSyntaxes,
      receives: true,
    })),
  ),
  ...OTHERS.map((abstractSyntax) => ({ abstractSyntax, transferSyntaxes: PLAIN, receives: true })),
]

import { GyrusError } from '../../../shared/errors.ts'
import { partsOfFileId } from '../../../shared/medium-names.ts'
import type { DataSet } from '../decode/dicom/data-set.ts'
import { TAG } from '../decode/dicom/dictionary.ts'
import { readFile } from '../decode/dicom/file.ts'
import type { NamedFile } from '../types.ts'
import { MAX_RECORDS, MAX_SHOWN } from './limits.ts'

/** As records that were taken out are marked (PS3.3 F.3.2.2). */
const NOT_IN_USE = 0

/**
 * The files that the records of a DICOMDIR name (PS3.3 F.3), each once, in the order of the records. They are read one after
 * another as they lie: where their offsets lead, in a circle or out of the file, does not count. What they say that a file is
 * does not count either: that is seen from the file.
 *
 * @throws GyrusError `image-unsupported`, `image-truncated`, `dicom-damaged`, `dicom-limit`
 */
export function namedFiles(bytes: Uint8Array): NamedFile[] {
  const { set } = readFile(bytes)
  if (!set.elements.has(TAG.DirectoryRecordSequence)) throw new GyrusError('dicom-damaged', { tag: '(0004,1220)' })
  const records = set.items('DirectoryRecordSequence')
  if (records.length > MAX_RECORDS) throw new GyrusError('dicom-limit', { what: 'records', limit: MAX_RECORDS })
  const files = new Map<string, NamedFile>()
  for (const record of records) {
    const fileId = isInUse(record) ? record.text('ReferencedFileID').trim() : ''
    if (fileId !== '' && !files.has(fileId)) files.set(fileId, { shown: shown(fileId), parts: partsOfFileId(fileId) })
  }
  return [...files.values()]
}

/** A flag that cannot be read is none. */
function isInUse(record: DataSet): boolean {
  return record.integers('RecordInUseFlag', false)?.[0] !== NOT_IN_USE
}

/** As a path, of letters that any page and terminal may be given. */
const shown = (fileId: string) =>
  fileId
    .replaceAll('\\', '/')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, MAX_SHOWN)

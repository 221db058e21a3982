import { GyrusError } from '../../../shared/errors.ts'
import type { DataSet } from '../../engine/decode/dicom/data-set.ts'
import { COMMAND } from '../../listener/command.ts'
import { Association, type Called } from './association.ts'
import { writeRequest } from './commands.ts'
import { type Key, readIdentifier, writeIdentifier } from './identifier.ts'
import { answerTo } from './response.ts'
import { isPending, STATUS, statusError } from './status.ts'
import { PLAIN, QUERY } from './uids.ts'

/** One answer has some hundred bytes. */
const MAX_ANSWER = 256 * 1024
/** Answers that are passed over, as they have no UID or are told twice, for each one that is wanted at most. */
const PASSED_OVER = 4

export interface Found<T> {
  found: T[]
  /** There are others. */
  more: boolean
}

/**
 * C-FIND. `read` gives null for an answer that is of no use.
 *
 * @param limit answers that are wanted at most: then the PACS is told to stop
 * @throws GyrusError `pacs-*`, `cancelled`
 */
export function find<T>(
  called: Called,
  keys: Key[],
  limit: number,
  read: (set: DataSet) => T | null,
): Promise<Found<T>> {
  const proposed = [{ abstractSyntax: QUERY.find, transferSyntaxes: PLAIN }]
  return Association.with(called, proposed, async (association) => {
    const { id, transferSyntax } = association.contextOf(QUERY.find, 'finding (C-FIND, study root)')
    const messageId = association.nextMessageId()
    const command = { field: COMMAND.find, messageId, sopClassUid: QUERY.find, hasDataSet: true }
    await association.send(id, writeRequest(command), writeIdentifier(keys, transferSyntax))
    association.mayCancel(id, messageId)
    const found: T[] = []
    for (let answers = 0; answers < limit * PASSED_OVER; answers += 1) {
      const response = await answerTo(association, await association.next(), command)
      if (!isPending(response)) {
        if (response.status === STATUS.success) return { found, more: false }
        throw statusError(response, association.pacs)
      }
      if (!response.hasDataSet) continue
      const one = readAnswer(await association.shortDataSet(id, MAX_ANSWER), transferSyntax, read, association.pacs)
      if (one === null) continue
      // It is told to stop; what it has sent by then goes with the association.
      if (found.length === limit) {
        await association.cancelAsked()
        return { found, more: true }
      }
      found.push(one)
    }
    throw new GyrusError('pacs-too-much', { pacs: association.pacs, reason: 'answers without an end' })
  })
}

function readAnswer<T>(bytes: Buffer, syntax: string, read: (set: DataSet) => T | null, pacs: string): T | null {
  try {
    return read(readIdentifier(bytes, syntax))
  } catch (error) {
    if (!(error instanceof GyrusError)) throw error
    throw new GyrusError('pacs-malformed', { pacs, reason: 'an answer is damaged' })
  }
}

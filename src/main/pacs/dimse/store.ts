import { GyrusError } from '../../../shared/errors.ts'
import { COMMAND } from '../../listener/command.ts'
import type { Stored } from '../peer.ts'
import type { Failed } from '../protocol.ts'
import { Association, type Called } from './association.ts'
import { writeRequest } from './commands.ts'
import { readSendable, type Sendable } from './part10.ts'
import { answerTo } from './response.ts'
import { isStored, storeError } from './status.ts'

/** C-STORE of whole files, each in the syntax that it is written in. @throws GyrusError `pacs-*`, `cancelled` */
export function store(called: Called, objects: Uint8Array[]): Promise<Stored[]> {
  const files = objects.map(readSendable)
  const kinds = new Map(files.map((file) => [`${file.sopClassUid} ${file.transferSyntax}`, file]))
  const proposed = [...kinds.values()].map(({ sopClassUid, transferSyntax }) => ({
    abstractSyntax: sopClassUid,
    transferSyntaxes: [transferSyntax],
  }))
  return Association.with(called, proposed, async (association) => {
    const outcomes: Stored[] = []
    for (const file of files) {
      outcomes.push({ sopInstanceUid: file.sopInstanceUid, failure: await storeOne(association, file) })
    }
    return outcomes
  })
}

async function storeOne(association: Association, file: Sendable): Promise<Failed | null> {
  const { sopClassUid, sopInstanceUid, transferSyntax, dataSet } = file
  const context = association.contextsOf(sopClassUid).find((one) => one.transferSyntax === transferSyntax)
  if (!context) {
    const { code, details } = new GyrusError('pacs-not-offered', {
      pacs: association.pacs,
      service: 'storing objects of this kind (C-STORE)',
    })
    return { code, details }
  }
  const messageId = association.nextMessageId()
  const command = { field: COMMAND.store, messageId, sopClassUid, hasDataSet: true, sopInstanceUid }
  await association.send(context.id, writeRequest(command), dataSet)
  const response = await answerTo(association, await association.next(), command)
  if (isStored(response.status)) return null
  const { code, details } = storeError(response, association.pacs)
  return { code, details }
}

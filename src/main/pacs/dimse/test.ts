import type { PacsTest } from '../../../shared/pacs.ts'
import { COMMAND } from '../../listener/command.ts'
import { VERIFICATION } from '../../listener/uids.ts'
import { Association, type Called } from './association.ts'
import { writeRequest } from './commands.ts'
import { answerTo } from './response.ts'
import { STATUS, statusError } from './status.ts'
import { PLAIN, QUERY } from './uids.ts'

/** Comprehensive 3D SR, which results are sent as. */
const REPORT = '1.2.840.10008.5.1.4.1.1.88.34'
const SERVICES = [
  ['find', QUERY.find],
  ['get', QUERY.get],
  ['move', QUERY.move],
  ['store', REPORT],
] as const

/** C-ECHO, and what else the PACS would agree to. @throws GyrusError `pacs-*`, `cancelled` */
export function test(called: Called): Promise<PacsTest> {
  const classes = [VERIFICATION, ...SERVICES.map(([, uid]) => uid)]
  const proposed = classes.map((abstractSyntax) => ({ abstractSyntax, transferSyntaxes: PLAIN }))
  const from = performance.now()
  return Association.with(called, proposed, async (association) => {
    const { id } = association.contextOf(VERIFICATION, 'a test of the connection (C-ECHO)')
    const messageId = association.nextMessageId()
    const command = { field: COMMAND.echo, messageId, sopClassUid: VERIFICATION, hasDataSet: false }
    await association.send(id, writeRequest(command))
    const response = await answerTo(association, await association.next(), command)
    if (response.status !== STATUS.success) throw statusError(response, association.pacs)
    const milliseconds = performance.now() - from
    const services = SERVICES.filter(([, uid]) => association.contextsOf(uid).length > 0).map(([service]) => service)
    return { milliseconds, services }
  })
}

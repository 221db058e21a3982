import type { AuditEntryRow } from '../../../../shared/audit.ts'
import { type Code, codesOf } from './atna-codes.ts'
import type { About, EntryFormat } from './types.ts'
import { attributes, element } from './xml.ts'

/**
 * DICOM Audit Messages (PS3.15 A.5, as IHE ATNA takes them): one `AuditMessage` an entry, in an element around them all.
 * Sequence and hash go along as details of the object, so that each message can be traced to its entry.
 */
export const atna: EntryFormat = {
  mediaType: 'application/xml',
  extension: 'xml',
  before: '<?xml version="1.0" encoding="UTF-8"?>\n<AuditMessages>\n',
  entry: (entry, about) => `${message(entry, about)}\n`,
  after: '</AuditMessages>\n',
}

function message(entry: AuditEntryRow, { installation }: About): string {
  const parts = [eventOf(entry), ...participants(entry), source(installation), object(entry)]
  return element('AuditMessage', {}, parts)
}

function eventOf({ at, act }: AuditEntryRow): string {
  const { id, type, action, outcome } = codesOf(act)
  const own = element('EventTypeCode', { 'csd-code': act, codeSystemName: 'Gyrus', originalText: act })
  const types = type ? [coded('EventTypeCode', type), own] : [own]
  return element(
    'EventIdentification',
    { EventActionCode: action, EventDateTime: at, EventOutcomeIndicator: String(outcome) },
    [coded('EventID', id), ...types],
  )
}

/** The application, and the person at it where one was. */
function participants({ actor }: AuditEntryRow): string[] {
  const byItself = actor === 'gyrus'
  const application = element(
    'ActiveParticipant',
    { UserID: 'gyrus', UserName: 'Gyrus', UserIsRequestor: String(byItself) },
    [coded('RoleIDCode', ['110150', 'Application'])],
  )
  if (byItself) return [application]
  return [element('ActiveParticipant', { UserID: actor, UserIsRequestor: 'true' }, []), application]
}

/** 4: an application server process or thread. */
const source = (installation: string) =>
  element('AuditSourceIdentification', { AuditSourceID: installation }, [
    element('AuditSourceTypeCode', { 'csd-code': '4', codeSystemName: 'DCM', originalText: 'Application Server' }),
  ])

/** Type 2: a system object. Role 3 is a report, 13 a security resource. */
function object(entry: AuditEntryRow): string {
  const { act, subject, sequence, hash, detail } = entry
  const role = act.startsWith('case.') ? '3' : '13'
  const named = { ParticipantObjectID: subject, ParticipantObjectTypeCode: '2', ParticipantObjectTypeCodeRole: role }
  const kind = act.split('.')[0] ?? act
  return element('ParticipantObjectIdentification', named, [
    element('ParticipantObjectIDTypeCode', { 'csd-code': kind, codeSystemName: 'Gyrus', originalText: kind }),
    element('ParticipantObjectName', {}, [], subject),
    value('sequence', String(sequence)),
    value('hash', hash),
    value('detail', detail),
  ])
}

const value = (type: string, text: string) =>
  `<ParticipantObjectDetail${attributes({ type, value: Buffer.from(text).toString('base64') })}/>`

const coded = (name: string, [code, meaning]: Code) =>
  element(name, { 'csd-code': code, codeSystemName: 'DCM', originalText: meaning })

/** A code of DICOM PS3.16. */
export type Code = readonly [code: string, meaning: string]

/** DICOM PS3.15 A.5.1: create, read, update, delete, execute. */
export type ActionCode = 'C' | 'R' | 'U' | 'D' | 'E'

export interface EventCodes {
  id: Code
  type: Code | null
  action: ActionCode
  /** DICOM PS3.15 A.5.1: 0 success, 4 minor failure, 8 serious failure. */
  outcome: 0 | 4 | 8
}

const ACTIVITY: Code = ['110100', 'Application Activity']
const LOG_USED: Code = ['110101', 'Audit Log Used']
const ACCESSED: Code = ['110103', 'DICOM Instances Accessed']
const EXPORT: Code = ['110106', 'Export']
const IMPORT: Code = ['110107', 'Import']
const RECORD: Code = ['110110', 'Patient Record']
const ALERT: Code = ['110113', 'Security Alert']
const AUTHENTICATION: Code = ['110114', 'User Authentication']

const START: Code = ['110120', 'Application Start']
const STOP: Code = ['110121', 'Application Stop']
const LOGIN: Code = ['110122', 'Login']
const LOGOUT: Code = ['110123', 'Logout']
const SECURITY: Code = ['110129', 'Security Configuration']
const HARDWARE: Code = ['110130', 'Hardware Configuration']
const SOFTWARE: Code = ['110131', 'Software Configuration']
const RESTRICTED: Code = ['110132', 'Use of Restricted Function']
const ATTRIBUTES: Code = ['110135', 'Object Security Attributes Changed']
const USERS: Code = ['110137', 'User Security Attributes Changed']

const event = (
  id: Code,
  action: ActionCode,
  type: Code | null = null,
  outcome: EventCodes['outcome'] = 0,
): EventCodes => ({
  id,
  type,
  action,
  outcome,
})

const ACTS: Record<string, EventCodes> = {
  'app.started': event(ACTIVITY, 'E', START),
  'app.stopped': event(ACTIVITY, 'E', STOP),
  'case.received': event(IMPORT, 'C'),
  'case.listed': event(IMPORT, 'C'),
  'case.opened': event(ACCESSED, 'R'),
  'case.exported': event(EXPORT, 'R'),
  'case.objects-made': event(EXPORT, 'R'),
  'objects.before-signing-set': event(ALERT, 'E', SECURITY),
  'objects.organisation-set': event(ALERT, 'E', SECURITY),
  'case.copied': event(IMPORT, 'C'),
  'case.seen': event(ACCESSED, 'R'),
  'case.frame-asked': event(ACCESSED, 'R'),
  'batch.exported': event(EXPORT, 'R'),
  'batch.reported': event(EXPORT, 'R'),
  'monitoring.reported': event(EXPORT, 'R'),
  'case.grouped': event(RECORD, 'U'),
  'case.analysed': event(ACCESSED, 'U'),
  'case.analysed-again': event(ACCESSED, 'U'),
  'case.rerun': event(ACCESSED, 'R'),
  'case.failed': event(ACCESSED, 'R', null, 4),
  'case.retried': event(ACCESSED, 'R'),
  'case.queued': event(ACCESSED, 'R'),
  'case.reviewed': event(RECORD, 'U'),
  'case.signed': event(RECORD, 'U'),
  'case.amended': event(RECORD, 'U'),
  'case.impression': event(RECORD, 'U'),
  'case.second-marked': event(RECORD, 'U'),
  'case.second-read': event(RECORD, 'U'),
  'case.adjudicated': event(RECORD, 'U'),
  'case.dismissed': event(RECORD, 'U'),
  'case.erased': event(RECORD, 'D'),
  'case.image-removed': event(RECORD, 'D'),
  'case.held': event(RECORD, 'U'),
  'case.hold-lifted': event(RECORD, 'U'),
  'dataset.imported': event(IMPORT, 'C'),
  'backup.made': event(EXPORT, 'R'),
  'backup.removed': event(ALERT, 'E', SECURITY),
  'backup.schedule-set': event(ALERT, 'E', SECURITY),
  'record.restored': event(ALERT, 'E', SECURITY),
  'department.joined': event(ALERT, 'E', SECURITY),
  'department.left': event(ALERT, 'E', SECURITY),
  'department.limited': event(ALERT, 'U', SECURITY),
  'department.retried': event(ACTIVITY, 'E'),
  'record.encrypted': event(ALERT, 'E', SECURITY),
  'record.decrypted': event(ALERT, 'E', SECURITY),
  'department.role-granted': event(ALERT, 'E', SECURITY),
  'record.moved': event(IMPORT, 'C'),
  'record.left': event(EXPORT, 'R'),
  'record.key-changed': event(ALERT, 'E', SECURITY),
  'model.registered': event(ALERT, 'E', SOFTWARE),
  'model.activated': event(ALERT, 'E', SOFTWARE),
  'model.rolled-back': event(ALERT, 'E', SOFTWARE),
  'model.refused': event(ALERT, 'E', SOFTWARE, 4),
  'model.exported': event(EXPORT, 'R'),
  'gate.changed': event(ALERT, 'E', SECURITY),
  'gate.proposed': event(ALERT, 'E', SECURITY),
  'gate.withdrawn': event(ALERT, 'E', SECURITY),
  'gate.bypassed': event(ALERT, 'E', RESTRICTED, 4),
  'native-engine.install-began': event(ALERT, 'E', SOFTWARE),
  'native-engine.installed': event(ALERT, 'E', SOFTWARE),
  'native-engine.install-failed': event(ALERT, 'E', SOFTWARE, 4),
  'native-engine.removed': event(ALERT, 'E', SOFTWARE),
  'reading.impression-first-set': event(ALERT, 'E', SECURITY),
  'clock.set-back': event(ALERT, 'E', HARDWARE, 4),
  'audit.bound': event(ALERT, 'E', ATTRIBUTES),
  'audit.key-made': event(ALERT, 'E', SECURITY),
  'audit.heads-folder-set': event(ALERT, 'E', SECURITY),
  'audit.head-exported': event(LOG_USED, 'R'),
  'audit.exported': event(LOG_USED, 'R'),
  'audit.verified': event(LOG_USED, 'R'),
}

/** Families of acts, for those that have no line of their own. */
const FAMILIES: [prefix: RegExp, codes: EventCodes][] = [
  [/^session\.(refused|failed)/, event(AUTHENTICATION, 'E', LOGIN, 4)],
  [/^session\.(ended|closed|locked)/, event(AUTHENTICATION, 'E', LOGOUT)],
  [/^(session|token)\./, event(AUTHENTICATION, 'E', LOGIN)],
  [/^request\.refused/, event(ALERT, 'E', RESTRICTED, 4)],
  [/^account\./, event(ALERT, 'E', USERS)],
  [/^case\./, event(RECORD, 'U')],
  [/\.exported$/, event(EXPORT, 'R')],
]

/** What an act is in DICOM's words; one that has none is an activity of the application. */
export const codesOf = (act: string): EventCodes =>
  ACTS[act] ?? FAMILIES.find(([prefix]) => prefix.test(act))?.[1] ?? event(ACTIVITY, 'E')

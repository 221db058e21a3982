import type { PacsSettings, PacsTest, PacsTls } from '../../shared/pacs.ts'
import { milliseconds } from '../format.ts'

const fields = {
  name: 'Name',
  host: 'Host',
  port: 'Port',
  calledAe: 'AE title of the PACS',
  callingAe: 'AE title of Gyrus',
  retrieveBy: 'Retrieve by',
  waitSeconds: 'Wait for an answer, s',
  check: 'Check of its certificate',
  ca: 'Certificate that signed its own (PEM); empty: those that this system trusts',
  certificate: 'Certificate of Gyrus (PEM), for a PACS that asks for one',
  key: 'Private key of Gyrus (PEM)',
  url: 'Address (https://…)',
  auth: 'Signs in by',
  user: 'User',
  secret: 'Password or token',
}

const ways: Record<'get' | 'move', string> = {
  get: 'C-GET: over the same connection',
  move: 'C-MOVE: it sends to the DICOM listener above',
}

const checks: Record<PacsTls['check'], string> = {
  host: 'signed by somebody trusted, and for this host',
  chain: 'signed by somebody trusted',
  nothing: 'none: anybody could pass for the PACS',
}

const services: Record<PacsTest['services'][number], string> = {
  find: 'search',
  get: 'C-GET',
  move: 'C-MOVE',
  store: 'results (C-STORE)',
}

const address = (settings: PacsSettings) =>
  settings.kind === 'dicomweb' ? settings.url : `${settings.calledAe} at ${settings.host}, port ${settings.port}`

/** What an administrator sets of connections to PACS; part of the page “Sources”. */
export const pacsSettingsTexts = {
  title: 'PACS',
  text: 'Readers search these archives and retrieve studies from them. Gyrus asks only what they search for, and only here. Results are sent where “Results to the PACS” in Settings says so, or by hand.',
  none: 'No PACS is set up.',
  add: 'Add a PACS',
  addWeb: 'Add a PACS by DICOMweb',
  auths: { none: 'nothing', basic: 'user and password', bearer: 'a token' },
  secretKept: 'A password or token is kept. It is never shown; what is entered here takes its place.',
  plain: 'This address is not encrypted: whoever stands between can read the password or token.',
  fields,
  ways,
  checks,
  on: 'Use',
  tls: 'TLS',
  tlsOn: 'Encrypt the connection (TLS)',
  unchecked: 'Whoever stands between can read and change everything. Use this for a trial only.',
  keyKept: 'A key is kept. It is never shown; what is entered here takes its place.',
  moveHint:
    'The listener has to be on, the PACS its peer, and the PACS has to know the AE title and address of the listener.',
  file: 'From a file…',
  edit: 'Change',
  save: 'Save',
  saved: 'The connection is set.',
  leave: 'Cancel',
  remove: 'Remove',
  removed: 'The connection is removed. What came from it stays.',
  removeSure: (name: string) => `${name} can no longer be searched. What came from it stays on record.`,
  test: 'Test',
  testOf: (name: string) => `Test ${name}`,
  testing: 'Testing…',
  off: 'Off.',
  at: (settings: PacsSettings) =>
    `${address(settings)}${settings.kind === 'dimse' && settings.tls.on ? ', by TLS' : ''}.`,
  answers: ({ milliseconds: ms, services: has }: PacsTest) =>
    has.length === 0
      ? `It answers (${milliseconds(ms)}), and offers Gyrus nothing else.`
      : `It answers (${milliseconds(ms)}), and offers: ${has.map((one) => services[one]).join(', ')}.`,
  /** All settings as names and values, for the audit trail. */
  told: (settings: PacsSettings): [string, string][] => [
    [fields.name, settings.name],
    ['PACS', settings.on ? 'on' : 'off'],
    ['Address', address(settings)],
    ...(settings.kind === 'dimse'
      ? ([
          [fields.callingAe, settings.callingAe],
          [fields.retrieveBy, settings.retrieveBy === 'get' ? 'C-GET' : 'C-MOVE'],
          ['TLS', settings.tls.on ? checks[settings.tls.check] : 'off'],
        ] satisfies [string, string][])
      : []),
    [fields.waitSeconds, String(settings.waitSeconds)],
  ],
}

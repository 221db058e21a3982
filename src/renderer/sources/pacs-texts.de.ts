import type { Translated } from '../../shared/language.ts'
import type { PacsSettings, PacsTest, PacsTls } from '../../shared/pacs.ts'
import { milliseconds } from '../format.ts'
import type { pacsSettingsTexts } from './pacs-texts.ts'

const fields = {
  name: 'Name',
  host: 'Rechner',
  port: 'Port',
  calledAe: 'AE-Titel des PACS',
  callingAe: 'AE-Titel von Gyrus',
  retrieveBy: 'Abruf über',
  waitSeconds: 'Auf Antwort warten, s',
  check: 'Prüfung seines Zertifikats',
  ca: 'Zertifikat, das seines signiert hat (PEM); leer: die, denen dieses System vertraut',
  certificate: 'Zertifikat von Gyrus (PEM), für ein PACS, das eines verlangt',
  key: 'Privater Schlüssel von Gyrus (PEM)',
  url: 'Adresse (https://…)',
  auth: 'Meldet sich an mit',
  user: 'Benutzer',
  secret: 'Passwort oder Token',
}

const checks: Record<PacsTls['check'], string> = {
  host: 'von jemand Vertrautem signiert, und für diesen Rechner',
  chain: 'von jemand Vertrautem signiert',
  nothing: 'keine: jeder könnte sich als das PACS ausgeben',
}

const services: Record<PacsTest['services'][number], string> = {
  find: 'Suche',
  get: 'C-GET',
  move: 'C-MOVE',
  store: 'Ergebnisse (C-STORE)',
}

const address = (settings: PacsSettings) =>
  settings.kind === 'dicomweb' ? settings.url : `${settings.calledAe} auf ${settings.host}, Port ${settings.port}`

export const german: Translated<typeof pacsSettingsTexts> = {
  title: 'PACS',
  text: 'Befunder durchsuchen diese Archive und rufen Studien daraus ab. Gyrus fragt nur, was sie suchen, und nur hier. Ergebnisse werden dorthin gesendet, wo „Ergebnisse ins PACS“ in den Einstellungen es sagt, oder von Hand.',
  none: 'Es ist kein PACS eingerichtet.',
  add: 'PACS hinzufügen',
  addWeb: 'PACS über DICOMweb hinzufügen',
  auths: { none: 'nichts', basic: 'Benutzer und Passwort', bearer: 'einem Token' },
  secretKept:
    'Ein Passwort oder Token ist hinterlegt. Es wird nie gezeigt; was hier eingegeben wird, tritt an seine Stelle.',
  plain: 'Diese Adresse ist unverschlüsselt: Wer dazwischen steht, kann Passwort oder Token lesen.',
  fields,
  ways: {
    get: 'C-GET: über dieselbe Verbindung',
    move: 'C-MOVE: es sendet an den DICOM-Empfang oben',
  },
  checks,
  on: 'Benutzen',
  tls: 'TLS',
  tlsOn: 'Verbindung verschlüsseln (TLS)',
  unchecked: 'Wer dazwischen steht, kann alles lesen und ändern. Nur für einen Versuch.',
  keyKept: 'Ein Schlüssel ist hinterlegt. Er wird nie gezeigt; was hier eingegeben wird, tritt an seine Stelle.',
  moveHint:
    'Der DICOM-Empfang muss an sein, das PACS sein Partner, und das PACS muss AE-Titel und Adresse des Empfangs kennen.',
  file: 'Aus einer Datei…',
  edit: 'Ändern',
  save: 'Speichern',
  saved: 'Die Verbindung ist eingerichtet.',
  leave: 'Abbrechen',
  remove: 'Entfernen',
  removed: 'Die Verbindung ist entfernt. Was daraus kam, bleibt.',
  removeSure: (name) => `${name} kann dann nicht mehr durchsucht werden. Was daraus kam, bleibt im Bestand.`,
  test: 'Testen',
  testOf: (name) => `${name} testen`,
  testing: 'Test läuft…',
  off: 'Aus.',
  at: (settings) => `${address(settings)}${settings.kind === 'dimse' && settings.tls.on ? ', mit TLS' : ''}.`,
  answers: ({ milliseconds: ms, services: has }) =>
    has.length === 0
      ? `Es antwortet (${milliseconds(ms)}) und bietet Gyrus sonst nichts.`
      : `Es antwortet (${milliseconds(ms)}) und bietet: ${has.map((one) => services[one]).join(', ')}.`,
  told: (settings) => [
    [fields.name, settings.name],
    ['PACS', settings.on ? 'an' : 'aus'],
    ['Adresse', address(settings)],
    ...(settings.kind === 'dimse'
      ? ([
          [fields.callingAe, settings.callingAe],
          [fields.retrieveBy, settings.retrieveBy === 'get' ? 'C-GET' : 'C-MOVE'],
          ['TLS', settings.tls.on ? checks[settings.tls.check] : 'aus'],
        ] satisfies [string, string][])
      : []),
    [fields.waitSeconds, String(settings.waitSeconds)],
  ],
}

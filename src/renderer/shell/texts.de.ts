import type { Translated } from '../../shared/language.ts'
import type { shellTexts } from './texts.ts'

export const german: Translated<typeof shellTexts> = {
  pages: 'Seiten',
  workList: 'Arbeitsliste',
  audit: 'Protokoll',
  reader: (name) => `Befunder: ${name}`,
  keys: 'Tasten',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  tryAgain: 'Erneut versuchen',
  loadFailed: 'Das konnte nicht geladen werden.',
  no: 'Abbrechen',
  notYours: 'Die Verwaltung ist für Administratoren und Auditoren.',
  notifications: 'Mitteilungen',
  fatalTitle: 'Von dieser Seite aus kann Gyrus nicht benutzt werden',
  gone: {
    message: (place: string, at: string) => `Dieser Bestand wurde am ${at} nach ${place} übertragen.`,
    action: 'Was hier getan wird, bleibt hier, und dort sieht es niemand.',
  },
  engine: {
    starting: 'Die Auswertung startet. Aufnahmen, die Sie jetzt öffnen, werden ausgewertet, sobald sie bereit ist.',
    restarting:
      'Die Auswertung ist ausgefallen und wird neu gestartet. Nichts ging verloren; es geht von selbst weiter.',
    failed: 'Die Auswertung kann keine Aufnahmen verarbeiten.',
    failedAction: 'Starten Sie Gyrus neu; bleibt es dabei, installieren Sie es erneut.',
  },
}

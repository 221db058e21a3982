import type { Translated } from '../shared/language.ts'
import { banner, called, labels, sources, states, verdictLabels, verdicts } from '../shared/words.de.ts'
import type { texts } from './texts.ts'

/** Texts that belong to no screen; those of screens stand in their folders. */
type Own = Pick<
  typeof texts,
  | 'product'
  | 'banner'
  | 'labels'
  | 'called'
  | 'verdictLabels'
  | 'shortLabels'
  | 'none'
  | 'states'
  | 'sources'
  | 'verdicts'
  | 'columns'
  | 'unreachable'
  | 'newLink'
  | 'internal'
  | 'noWebGl'
  | 'imageFailed'
  | 'ui'
>

export const german: Translated<Own> = {
  product: 'Gyrus',
  banner,
  labels,
  called,
  verdictLabels,
  shortLabels: { ...verdictLabels, unjudged: called.unjudged },
  none: '–',
  states,
  sources,
  verdicts: { ...verdicts, none: 'Keine Beurteilung' },
  columns: {
    state: 'Status',
    patientName: 'Patient',
    patientId: 'ID',
    studyDate: 'Studiendatum',
    description: 'Beschreibung',
    fileName: 'Datei',
    source: 'Quelle',
    label: 'KI',
    confidence: 'Konf.',
    reader: 'Befunder',
    verdict: 'Befund',
    modelId: 'Modell',
    receivedAt: 'Eingang',
    urgency: 'Punkte',
  },

  unreachable: {
    code: 'unreachable',
    message: 'Gyrus antwortet nicht.',
    action:
      'Prüfen Sie, ob es noch läuft. War es nur beschäftigt, geht es hier weiter; wurde es neu gestartet, öffnen Sie den neuen Link, den es anzeigt, in diesem Browser.',
  },
  newLink: {
    code: 'unauthorised',
    message: 'Gyrus wurde neu gestartet: Diese Seite braucht einen neuen Link.',
    action:
      'Drücken Sie Enter im Terminal, in dem es läuft, oder starten Sie es dort neu, und öffnen Sie den angezeigten Link in diesem Browser.',
  },
  internal: {
    code: 'internal',
    message: 'Diese Seite hat einen Fehler gemacht.',
    action: 'Laden Sie sie neu; Gespeichertes ist sicher.',
  },
  noWebGl: {
    code: 'webgl-missing',
    message: 'Dieser Browser kann das Bild nicht zeichnen: Ihm fehlt WebGL.',
    action:
      'Schalten Sie in seinen Einstellungen die Hardwarebeschleunigung ein, oder nehmen Sie einen anderen Browser oder das eigene Fenster von Gyrus.',
  },
  imageFailed: {
    code: 'image-failed',
    message: 'Das Bild konnte nicht gezeigt werden.',
    action: 'Versuchen Sie es erneut; bleibt es dabei, öffnen Sie die Originaldatei noch einmal.',
  },

  ui: { progress: { left: (time) => `noch etwa ${time}`, cancel: 'Abbrechen' } },
}

import type { Translated } from '../../shared/language.ts'
import type { searchTexts } from './texts.ts'

export const german: Translated<typeof searchTexts> = {
  fields: {
    patient: 'Patient',
    hash: 'Datei-Hash',
    batch: 'Stapel',
    confidence: 'Konfidenz',
    study: 'Studiendatum',
    accession: 'Accession-Nummer',
    uid: 'DICOM-UID',
  },
  upTo: (confidence) => `höchstens ${confidence}`,
  days: (first, last) => {
    if (first === last) return first
    if (last === '') return `ab ${first}`
    return first === '' ? `bis ${last}` : `${first} – ${last}`
  },
  anyConfidence: 'Jede Konfidenz',
  studyFrom: 'Studiendatum ab',
  studyUntil: 'Bis',
  chip: (field, value) => `${field}: ${value}`,
  remove: (chip) => `Filter entfernen: ${chip}`,
  chips: 'Filter nach Feldern',
  more: 'Mehr',
  moreTitle: 'Mehr Filter',
  patientHint: 'Anfänge von Name oder ID',
  hashHint: 'SHA-256 oder mindestens seine ersten 8 Zeichen',
  anyBatch: 'Jeder Stapel',
  apply: 'Filtern',
  typed:
    'Oder geben Sie patient:…, hash:…, batch:…, confidence:0.9, study:2026-11-20, accession:… oder uid:… in die Suche ein, dann Enter.',
  menus: (field) => `„${field}:“ ist kein Feld der Suche. Wählen Sie es in den Menüs daneben.`,
  unknown: (field) =>
    `„${field}:“ ist kein Feld der Suche (patient:, hash:, batch:, confidence:, study:, accession: und uid: sind welche). Geben Sie das Wort allein ein.`,
  noHash: 'Ein Datei-Hash hat mindestens 8 Zeichen, 0–9 und a–f.',
  uidHint: 'Der Studie, der Serie oder des Bildes',
  noUid: 'Eine UID besteht aus Zahlen mit Punkten dazwischen, etwa 1.2.840.10008.',
  noConfidence: 'Eine Konfidenz ist eine Zahl von 0 bis 1, etwa 0.9; mehr darf eine Antwort dann nicht haben.',
  noDays: 'Tage werden 2026-11-20 oder 2026-11-01..2026-11-20 geschrieben.',
  noBatch: (name) => `Keiner der neuesten Stapel beginnt mit „${name}“.`,
  allOfBatch: 'Alle Dateien des Stapels',
  inWorkList: 'Seine Fälle durchsuchen',
}

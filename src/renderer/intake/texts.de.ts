import type { Translated } from '../../shared/language.ts'
import { fixed } from '../../shared/language.ts'
import { duration, number, plural } from '../format.ts'
import type { intakeTexts } from './texts.ts'

const dateien = (n: number) => plural(n, 'Datei', 'Dateien')

export const german: Translated<typeof intakeTexts> = {
  several: (name, others) => `${name} und ${number(others)} weitere`,
  openFiles: 'Dateien öffnen…',
  openFolder: 'Ordner öffnen…',
  dropTitle: 'Zum Öffnen ablegen',
  dropText: 'Dateien, Ordner und ZIP-Dateien, mit Unterordnern',
  reading: 'Aufnahmen werden ausgewertet',
  progress: (done, total) => `${number(done)} von ${number(total)}`,
  failed: (n) => `${number(n)} fehlgeschlagen`,
  rate: (perSecond) => `${perSecond < 10 ? fixed(perSecond, 1) : Math.round(perSecond)} Bilder/s`,
  left: (seconds) => `noch ${duration(seconds)}`,
  cancel: 'Abbrechen',
  cancelled: (n) => `Abgebrochen. ${dateien(n)} nicht geöffnet.`,
  scanning: 'Ordner werden durchsucht…',
  nothing: 'In Ihrer Auswahl sind keine Bilder.',
  nothingAction: (extensions) => `Gyrus liest ${extensions}.`,
  passedOver: (n) => `${dateien(n)} übergangen: versteckt, kein Bild oder nicht gewünscht.`,
  uploadFailed: (n) => `${dateien(n)} konnten nicht geöffnet werden`,
  andMore: (n) => `und ${number(n)} weitere`,
  done: (read, failed) => {
    if (failed === 0) return `${dateien(read)} ausgewertet.`
    return `${read === 0 ? 'Keine Datei' : dateien(read)} ausgewertet, ${number(failed)} fehlgeschlagen.`
  },
  filtered: 'Suche oder Filter der Arbeitsliste verbergen sie vielleicht.',
  fileVanished:
    'Die Datei ist nicht mehr lesbar. Prüfen Sie, ob das Laufwerk verbunden ist, und öffnen Sie sie dann erneut.',
}

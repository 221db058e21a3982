import type { Translated } from '../../shared/language.ts'
import type { reportTexts } from './report-texts.ts'

export const german: Translated<typeof reportTexts> = {
  open: 'Bericht…',
  title: 'Bericht zu diesem Fall',
  contents: (series) =>
    `Eine Seite, mehr nur bei langen Kommentaren: Patient und Studie, ${
      series
        ? 'die Schicht, die für die Serie steht (nicht die auf dem Bildschirm; ganz, ohne Messungen, mit Fenster und Drehung, wie Sie sie jetzt sehen)'
        : 'das Bild, wie Sie es jetzt sehen (ganz, ohne Messungen)'
    }, was das Modell sagt, Ihre Beurteilung und die früheren, und ein Code, mit dem die Suche den Fall findet.`,
  changed: (how) => `Der Bericht kennzeichnet das Bild als ${how}.`,
  unsaved: 'Ihre begonnene Beurteilung ist nicht gespeichert und wird nicht darin stehen.',
  paper: 'Papier',
  papers: { a4: 'A4', letter: 'Letter' },
  heat: 'Mit einer Seite zur Heatmap: was das Modell benutzt hat, nicht wo der Tumor endet',
  save: 'Als PDF speichern',
  print: 'Drucken…',
  noTab:
    'Der Browser erlaubte keinen neuen Tab für den Bericht. Erlauben Sie Pop-ups für diese Seite, oder speichern Sie ihn als PDF.',
  making: 'Bericht wird erstellt…',
  saved: (name) => `Bericht gespeichert: ${name}.`,
  objects: {
    title: 'DICOM-Objekte',
    text: 'Strukturierter Bericht und Ergebnisbild, in der Studie dieses Bildes, als ZIP oder direkt ins PACS; bei einer Serie mit Verdacht auch ihre Schlüsselschichten. Spätere nennen die, die sie ersetzen.',
    save: 'DICOM-Objekte speichern',
    making: 'Werden erstellt…',
    saved: 'DICOM-Objekte wurden erstellt und als ZIP übergeben.',
  },
  kept: 'Dass ein Bericht erstellt wurde, und für wen, steht im Audit-Protokoll.',
}

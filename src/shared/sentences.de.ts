import { NO_ANSWER, NO_MAP_OF_NONE } from './heat-words.ts'
import { SERIES_CAUTIONS } from './series.ts'
import { seriesCautions } from './words.de.ts'

/** Each by its English sentence, as it comes with the series. */
const ofSeries = Object.fromEntries(
  Object.entries(SERIES_CAUTIONS).map(([name, said]) => [said, seriesCautions[name as keyof typeof SERIES_CAUTIONS]]),
)

/** What recipes are, what checks of forms say is wrong, and what must be said beside the answer of a series. */
export const SENTENCES: Record<string, string> = {
  ...ofSeries,
  [NO_ANSWER]: 'Ohne Antwort des Modells gibt es nichts zu erklären.',
  [NO_MAP_OF_NONE]:
    'Zu „kein Tumor“ gibt es keine Heatmap: Sie würde eine Stelle markieren, wo das Modell nichts sieht.',
  // As it stands on record with answers of an older Gyrus.
  'The files name no contrast agent; the model was made for contrast-enhanced T1.':
    'Die Dateien nennen kein Kontrastmittel; das Modell wurde für kontrastverstärkte T1 gemacht.',
  'An AE title has 1 to 16 ASCII characters without backslash.':
    'Ein AE-Titel hat 1 bis 16 ASCII-Zeichen, ohne Backslash.',
  'An IP address such as 10.1.2.3, or a network such as 10.1.2.0/24, is needed.':
    'Nötig ist eine IP-Adresse wie 10.1.2.3 oder ein Netz wie 10.1.2.0/24.',
  'An IP address of this machine is needed.': 'Nötig ist eine IP-Adresse dieses Rechners.',
  'A name has up to 40 letters, digits, spaces, dots and dashes.':
    'Ein Name hat bis zu 40 Buchstaben, Ziffern, Leerzeichen, Punkte und Striche.',
  'A host name or an IP address is needed.': 'Nötig ist ein Rechnername oder eine IP-Adresse.',
  'An address that begins with http:// or https:// is needed.':
    'Nötig ist eine Adresse, die mit http:// oder https:// beginnt.',
  'The address has neither user nor password in it, and nothing behind ? or #.':
    'Die Adresse enthält weder Benutzer noch Passwort und nichts hinter ? oder #.',
  'No backslash, and no control characters.': 'Kein Backslash und keine Steuerzeichen.',
  'A code such as MR or HEAD has 1 to 16 letters, digits, spaces or underscores.':
    'Ein Code wie MR oder HEAD hat 1 bis 16 Buchstaben, Ziffern, Leerzeichen oder Unterstriche.',
  'EfficientNet-Lite0, fine-tuned': 'EfficientNet-Lite0, feinabgestimmt',
  'A network that has seen a million photographs learns to tell your classes apart. The strongest recipe; needs the native engine.':
    'Ein Netz, das eine Million Fotos gesehen hat, lernt Ihre Klassen zu unterscheiden. Das stärkste Rezept; braucht das Trainingssystem.',
  'Small network from scratch (9 layers)': 'Kleines Netz von Grund auf (9 Schichten)',
  'A small network that starts from nothing. It is here for comparison: it learns a data set well and unseen patients worse.':
    'Ein kleines Netz, das bei nichts anfängt. Es dient dem Vergleich: Es lernt einen Datensatz gut und neue Patienten schlechter.',
  'Deeper network from scratch (24 layers)': 'Tieferes Netz von Grund auf (24 Schichten)',
  'Like the small network, but deeper; it did worse, which you can repeat here. For comparison only.':
    'Wie das kleine Netz, aber tiefer; es war schlechter, was sich hier wiederholen lässt. Nur zum Vergleich.',
  'Last layer only': 'Nur die letzte Schicht',
  'Teaches only the last layer of a network that has seen a million photographs. Seconds, on any machine.':
    'Lehrt nur die letzte Schicht eines Netzes, das eine Million Fotos gesehen hat. Sekunden, auf jedem Rechner.',
  'All images': 'Alle Bilder',
  'Test split as it is': 'Testseite, wie sie ist',
  'Test split without near-copies': 'Testseite ohne Fast-Kopien',
  'Cross-validation, patients apart: held-out images': 'Kreuzvalidierung, Patienten getrennt: zurückgehaltene Bilder',
  'Cross-validation, patients apart: test images of the held-out':
    'Kreuzvalidierung, Patienten getrennt: Testbilder der zurückgehaltenen',
  'Cross-validation, patients apart: tumours of unknown type':
    'Kreuzvalidierung, Patienten getrennt: Tumoren unbekannter Art',
  'Cross-validation: held-out images': 'Kreuzvalidierung: zurückgehaltene Bilder',
  'Words of a description have 64 characters at most.': 'Wörter einer Beschreibung haben höchstens 64 Zeichen.',
}

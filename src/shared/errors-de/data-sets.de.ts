import type { DATASET_ERRORS } from '../dataset-errors.ts'
import type { Said } from './said.ts'

const WAIT = 'Warten Sie, bis das fertig ist, oder brechen Sie es ab.'

export const dataSets: Record<keyof typeof DATASET_ERRORS, Said> = {
  'dataset-folders-unknown': [
    'Diese Ordner heißen nach keiner Klasse, die Gyrus kennt: {folders}.',
    'Sagen Sie mit --map "ordner=glioma" (oder meningioma, pituitary, notumor, oder skip zum Weglassen), was jeder ist, benennen Sie sie um, oder führen Sie die Bilder in einer CSV-Tabelle auf.',
  ],
  'dataset-map-unused': [
    'Kein Ordner und keine Klasse des Datensatzes heißt so: {names}.',
    'Berichtigen Sie die mit --map genannten Namen, oder lassen Sie sie weg.',
  ],
  'dataset-unlabelled': [
    'Diese Bilder liegen in keinem Klassenordner: {files}.',
    'Legen Sie jedes Bild in den Ordner seiner Klasse.',
  ],
  'dataset-csv-columns': [
    'Die Tabelle {file} hat die falschen Spalten ({reason}); erwartet sind {expected}.',
    'Geben Sie ihr eine Kopfzeile mit genau diesen Spalten; die in Klammern dürfen fehlen.',
  ],
  'dataset-csv-row': [
    'Zeile {line} der Tabelle {file} ist nicht verwendbar: {reason}.',
    'Berichtigen Sie diese Zeile, und versuchen Sie es erneut.',
  ],
  'dataset-patients-unrelated': [
    'Die Tabelle {file} führt keines der Bilder auf.',
    'Ihre Pfade müssen relativ zum Datensatz sein, wie Training/glioma/1.jpg.',
  ],
  'dataset-one-class': [
    'Alle Bilder gehören zu einer Klasse ({label}).',
    'Fügen Sie Bilder der anderen Klassen hinzu; mit einer lässt sich nichts unterscheiden.',
  ],
  'dataset-class-empty': ['Es gibt kein Bild der Klasse „{label}“.', 'Fügen Sie Bilder dieser Klasse hinzu.'],
  'dataset-class-small': [
    'Die Klasse „{label}“ hat {n} Bilder; zum Training sind mindestens {minimum} nötig.',
    'Fügen Sie Bilder dieser Klasse hinzu.',
  ],
  'dataset-split-impossible': [
    'Der Datensatz lässt sich so nicht teilen: {reason}.',
    'Wählen Sie eine andere Regel, oder ergänzen Sie, was fehlt.',
  ],
  'predictions-invalid': [
    'Die Vorhersagen in {file} sind nicht verwendbar: {reason}.',
    'Geben Sie die predictions.json eines Trainingslaufs.',
  ],
  'predictions-overlap': [
    'Das Bild {image} ist in {first} und noch einmal in {second} zurückgehalten.',
    'Geben Sie die Läufe einer Kreuzvalidierung je einmal: Kein Bild darf zweimal gemessen werden.',
  ],
  'predictions-different-sets': [
    'Die Vorhersagen in {first} und {second} sind von verschiedenen Datensätzen.',
    'Geben Sie die Läufe einer Kreuzvalidierung auf einem Datensatz.',
  ],
  'predictions-other-set': [
    'Die Vorhersagen der Kreuzvalidierung sind von einem anderen Datensatz als {set}.',
    'Geben Sie Läufe, die auf diesem Datensatz, wie er ist, trainiert wurden, oder werten Sie sie allein mit --predictions aus.',
  ],
  'output-unwritable': [
    'Die Datei {path} kann nicht geschrieben werden ({reason}).',
    'Wählen Sie einen anderen Ort, oder prüfen Sie die Rechte am Ordner.',
  ],
  'dataset-name-invalid': [
    '„{name}“ kann nicht der Name eines Datensatzes sein.',
    'Nehmen Sie Kleinbuchstaben, Ziffern und „-“, „_“ oder „.“ dazwischen, höchstens 64 Zeichen.',
  ],
  'dataset-unknown': [
    'Es gibt keinen Datensatz „{name}“.',
    'Siehe „gyrus dataset list“, oder geben Sie den Pfad eines Ordners oder einer Tabelle an.',
  ],
  'dataset-ambiguous': [
    '„{name}“ ist ein importierter Datensatz, und hier liegt auch eine Datei oder ein Ordner dieses Namens.',
    'Schreiben Sie für Datei oder Ordner ./ davor, oder gehen Sie für den Datensatz in einen anderen Ordner.',
  ],
  'dataset-none-signed': [
    'Kein signierter Fall hat eine Beurteilung, aus der sich lernen ließe{since}.',
    'Stimmen Sie Fällen der Arbeitsliste zu oder widersprechen Sie, und signieren Sie; unklare zählen nicht.',
  ],
  'dataset-none-readable': [
    'Keine der {n} Dateien ist lesbar; die erste: {reason}',
    'Prüfen Sie die Dateien; „gyrus dataset audit“ führt auf, was mit jeder ist.',
  ],
  'dataset-import-busy': ['Es wird schon ein Datensatz importiert ({name}).', WAIT],
  'dataset-import-interrupted': [
    'Gyrus endete, während „{name}“ importiert wurde; es entstand keine Version.',
    'Importieren Sie erneut. Schon kopierte Bilder werden nicht noch einmal kopiert.',
  ],
  'dataset-outside': [
    'Die Tabelle nennt ein Bild außerhalb des Ordners ({file}).',
    'Legen Sie die Bilder neben oder unter die Tabelle, nennen Sie sie von dort aus, und übergeben Sie den Ordner erneut.',
  ],
  'dataset-staged-unknown': [
    'Diese Dateien werden nicht mehr für einen Import aufbewahrt.',
    'Wählen Sie den Ordner noch einmal.',
  ],
  'dataset-staged-path': [
    'Eine Datei dieses Namens kann nicht übergeben werden: {file}.',
    'Benennen Sie sie um, oder lassen Sie sie weg.',
  ],
  'dataset-staged-large': [
    'Mehr kann ein Browser nicht übergeben ({limit}).',
    'Importieren Sie den Ordner mit der Desktop-App oder mit „gyrus dataset import“.',
  ],
  'dataset-decision-unfit': [
    'Diese Entscheidungen passen nicht zu {set}: {reason}.',
    'Sehen Sie die Version noch einmal an, und entscheiden Sie neu.',
  ],
  'dataset-audit-busy': ['Es wird schon ein Datensatz durchsucht ({name}).', WAIT],
  'dataset-not-audited': [
    '{set} wurde noch nicht nach Kopien durchsucht.',
    'Starten Sie erst die Prüfung auf Überschneidungen.',
  ],
  'dataset-image-unknown': ['Dieses Bild ist nicht in {set}.', 'Gehen Sie zurück zum Datensatz.'],
  'dataset-altered': [
    'Der Datensatz {set} wurde nach dem Import geändert ({reason}).',
    'Benutzen Sie ihn nicht. Importieren Sie ihn noch einmal aus seiner Quelle: Das ergibt eine neue Version.',
  ],
  'dataset-files-missing': [
    'Von {of} gespeicherten Kopien fehlen {n}, als erste die von {file}.',
    'Importieren Sie den Datensatz noch einmal aus seiner Quelle; das stellt seine Kopien wieder her.',
  ],
  'dataset-file-altered': [
    'Die gespeicherte Kopie von {file} fehlt oder wurde geändert ({path}).',
    'Importieren Sie den Datensatz noch einmal aus seiner Quelle, das stellt seine Kopien wieder her; bei einem Fall öffnen Sie die Originaldatei erneut.',
  ],
  'port-unusable': [
    'Port {port} ist nicht verwendbar ({reason}).',
    'Lassen Sie --port weg, dann wird ein freier genommen.',
  ],
}

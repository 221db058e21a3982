import type { ARCHIVE_ERRORS } from '../archive-errors.ts'
import type { DEIDENTIFY_ERRORS } from '../deidentify-errors.ts'
import type { DICOM_ERRORS } from '../dicom-errors.ts'
import type { Said } from './said.ts'

export const archive: Record<keyof typeof ARCHIVE_ERRORS, Said> = {
  'archive-damaged': [
    'Die ZIP-Datei ist beschädigt oder abgeschnitten ({reason}).',
    'Kopieren oder laden Sie sie erneut; vermutlich wurde die Kopie unterbrochen.',
  ],
  'archive-empty': [
    'In dieser ZIP-Datei sind keine Bilder.',
    'Wählen Sie eine mit DICOM-, JPEG-, PNG-, TIFF- oder WebP-Dateien.',
  ],
  'archive-too-many': [
    'Die ZIP-Datei hat {entries} Einträge; die Grenze ist {limit}.',
    'Entpacken Sie sie, und öffnen Sie den Ordner.',
  ],
  'archive-too-large': [
    'Die Dateien in der ZIP-Datei haben entpackt {megabytes} MB; die Grenze ist {limitMegabytes} MB.',
    'Entpacken Sie, was Sie davon brauchen, und öffnen Sie diesen Ordner.',
  ],
  'archive-ratio': [
    'Sie würde auf das {times}-Fache ihrer Größe entpackt, was Bilder nicht tun.',
    'Entpacken Sie sie nicht. Fragen Sie den, der die ZIP-Datei gemacht hat, was sie ist.',
  ],
  'archive-path': [
    'Ihr Pfad führt aus der ZIP-Datei hinaus.',
    'Entpacken Sie sie auch nicht anders. Fragen Sie den, der die ZIP-Datei gemacht hat, was sie ist.',
  ],
  'archive-twice': [
    'Die ZIP-Datei hat mehrere Dateien dieses Namens; nur die erste wird geöffnet.',
    'Packen Sie die Dateien neu, unter eigenen Namen.',
  ],
  'archive-encrypted': [
    'Sie ist in der ZIP-Datei verschlüsselt.',
    'Entpacken Sie sie mit ihrem Passwort, und öffnen Sie den Ordner.',
  ],
  'archive-nested': [
    'Ein Archiv in einer ZIP-Datei wird nicht geöffnet.',
    'Nehmen Sie es heraus, und öffnen Sie es für sich, wenn es eine ZIP-Datei ist.',
  ],
  'archive-method': [
    'Sie ist auf eine Weise gepackt, die Gyrus nicht liest (Methode {method}).',
    'Entpacken Sie die ZIP-Datei mit dem Programm, das sie gemacht hat, und öffnen Sie den Ordner.',
  ],
  'archive-checksum': [
    'Sie ist nicht, was in die ZIP-Datei gelegt wurde: Ihre Prüfsumme weicht ab.',
    'Kopieren oder laden Sie die ZIP-Datei erneut.',
  ],
}

export const deidentify: Record<keyof typeof DEIDENTIFY_ERRORS, Said> = {
  'deidentify-unreadable': [
    'Das ist keine DICOM-Datei, die sich anonymisieren ließe: {reason}.',
    'Lassen Sie die Datei weg, oder senden Sie sie noch einmal aus ihrer Quelle.',
  ],
  'deidentify-not-image': [
    'Diese DICOM-Datei enthält kein Bild. Nur Bilder werden anonymisiert: Niemand kann sagen, wer in einem Dokument genannt ist.',
    'Lassen Sie die Datei weg.',
  ],
  'deidentify-out-not-empty': [
    'Der Ordner {path} ist nicht leer. Anonymisierte Kopien werden nie mit anderen Dateien gemischt.',
    'Nennen Sie einen neuen oder leeren Ordner.',
  ],
}

export const dicom: Record<keyof typeof DICOM_ERRORS, Said> = {
  'dicom-none': [
    'Das ist keine DICOM-Datei.',
    'Öffnen Sie sie als Bild; wen und was sie zeigt, ist dann nicht bekannt.',
  ],
  'dicom-no-image': [
    'Diese DICOM-Datei enthält kein Bild, sondern: {object}.',
    'Öffnen Sie die Bilddateien der Serie.',
  ],
  'medium-alone': [
    'Das ist ein DICOMDIR, das Verzeichnis der Dateien eines Mediums, und kein Bild.',
    'Öffnen Sie den Ordner oder die CD, auf der es liegt.',
  ],
  'medium-empty': [
    'Dieses DICOMDIR nennt keine Bilder.',
    'Öffnen Sie den Ordner oder die CD, auf der es liegt: Alle Bilder darin werden gefunden.',
  ],
  'medium-without-files': [
    'Keine der Dateien, die dieses DICOMDIR nennt, ist da ({files}).',
    'Öffnen Sie es auf seinem Medium, oder kopieren Sie das ganze Medium mit allen Ordnern.',
  ],
  'medium-path': [
    'Das DICOMDIR nennt eine Datei, die nicht auf seinem Medium liegt.',
    'Folgen Sie ihm auch nicht anders. Fragen Sie den, der das Medium gemacht hat, was das ist.',
  ],
  'dicom-damaged': [
    'Diese DICOM-Datei ist beschädigt: Ihr Element {tag} ist nicht lesbar.',
    'Exportieren Sie das Bild noch einmal aus dem PACS.',
  ],
  'dicom-attribute': [
    'Diese DICOM-Datei hat kein brauchbares {attribute}: Dort steht {value}.',
    'Exportieren Sie das Bild noch einmal aus dem PACS; bleibt es dabei, heben Sie die Datei für den Support auf.',
  ],
  'dicom-photometric': [
    'Die Farben dieser DICOM-Datei sind als {photometric} gespeichert, was Gyrus nicht liest.',
    'Lassen Sie sie vom PACS als MONOCHROME2 oder RGB exportieren.',
  ],
  'dicom-unsupported': [
    'Diese DICOM-Datei ist in einer Form gespeichert, die Gyrus nicht liest (Transfersyntax {syntax}).',
    'Lassen Sie sie vom PACS unkomprimiert exportieren (Explicit VR Little Endian).',
  ],
  'dicom-pixels-mismatch': [
    'Der Kopf dieser DICOM-Datei nennt {frames} × {rows} × {columns} Pixel, ihre Daten passen nicht dazu ({found}).',
    'Exportieren Sie das Bild noch einmal aus dem PACS.',
  ],
  'dicom-frame-missing': [
    'Einzelbild {frame} von {frames} fehlt in dieser Datei.',
    'Exportieren Sie das Bild noch einmal aus dem PACS; vermutlich wurde die Kopie unterbrochen.',
  ],
  'dicom-limit': [
    'Diese DICOM-Datei hat mehr {what}, als Gyrus liest; die Grenze ist {limit}.',
    'Exportieren Sie die Serie als einzelne Bilder.',
  ],
}

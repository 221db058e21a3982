import type { ErrorCode } from '../errors.ts'
import { accounts, encryption } from './accounts.de.ts'
import { care } from './care.de.ts'
import { dataSets } from './data-sets.de.ts'
import { department } from './department.de.ts'
import { archive, deidentify, dicom } from './files.de.ts'
import { models } from './models.de.ts'
import { objects, pacs, sending, sources } from './pacs.de.ts'
import { explain, monitoring, rerun, second, series, signature, similar, whatIf } from './reading.de.ts'
import type { Said } from './said.ts'
import { training } from './training.de.ts'

const INSTALL_AGAIN = 'Installieren Sie Gyrus erneut, oder wählen Sie ein anderes Modell.'
const EXPORT_AGAIN = 'Exportieren Sie das Bild noch einmal aus seiner Quelle.'

/** Every failure that a page can show, in German. */
export const FAILURES: Record<ErrorCode, Said> = {
  'file-missing': [
    'An diesem Ort ist keine Datei.',
    'Prüfen Sie den Namen und ob das Laufwerk verbunden ist, und öffnen Sie sie dann erneut.',
  ],
  'file-unreadable': [
    'Die Datei ist nicht lesbar ({reason}).',
    'Prüfen Sie die Rechte an der Datei, oder kopieren Sie sie an einen Ort, den Sie lesen dürfen.',
  ],
  'file-empty': [
    'Die Datei ist leer (0 Bytes).',
    'Exportieren Sie das Bild noch einmal, und öffnen Sie die neue Datei.',
  ],
  'file-too-large': [
    'Die Datei hat {megabytes} MB; die Grenze ist {limitMegabytes} MB.',
    'Exportieren Sie eine einzelne Schicht oder ein kleineres Bild.',
  ],
  'folder-empty': [
    'In diesem Ordner sind keine Bilder.',
    'Wählen Sie einen Ordner mit DICOM-, JPEG-, PNG-, TIFF- oder WebP-Dateien, auch in Unterordnern.',
  ],
  ...archive,
  'image-unsupported': [
    'Das ist kein Bild, das Gyrus lesen kann.',
    'Öffnen Sie eine DICOM-, JPEG-, PNG-, TIFF- oder WebP-Datei.',
  ],
  'image-truncated': [
    'Das Bild ist abgeschnitten: Ein Teil seiner Daten fehlt.',
    'Kopieren oder exportieren Sie die Datei erneut; vermutlich wurde die Kopie unterbrochen.',
  ],
  'image-corrupt': ['Das Bild ist beschädigt: Seine Daten sind nicht als Bild lesbar.', EXPORT_AGAIN],
  'image-too-large': [
    'Das Bild hat {width} × {height} Pixel; die Grenze ist {limitMegapixels} Megapixel.',
    'Exportieren Sie die Schicht in ihrer ursprünglichen Größe.',
  ],
  'image-too-small': [
    'Das Bild hat {width} × {height} Pixel; mindestens {minimum} × {minimum} sind nötig.',
    'Öffnen Sie die ursprüngliche Schicht, kein Vorschaubild.',
  ],
  'image-multipage': [
    'Die Datei enthält {pages} Bilder; Gyrus liest eine Schicht je Datei.',
    'Speichern Sie die Schicht als eigene Datei, und öffnen Sie jene.',
  ],
  'image-sample-type': [
    'Das Bild speichert seine Pixel als {type}; Gyrus liest ganze Zahlen mit 8 oder 16 Bit.',
    'Exportieren Sie das Bild noch einmal mit 8 oder 16 Bit je Wert.',
  ],
  ...dicom,
  ...series,
  'engine-crashed': [
    'Die Auswertung endete unerwartet, während sie daran arbeitete; es wurde beiseitegelegt.',
    'Arbeiten Sie mit anderem wie gewohnt weiter; schlägt es wieder fehl, heben Sie es für den Support auf.',
  ],
  'engine-unavailable': [
    'Die Auswertung startet nicht ({reason}).',
    'Starten Sie Gyrus neu; bleibt es dabei, installieren Sie es erneut.',
  ],
  'engine-timeout': [
    'Die Auswertung wurde mit dieser Datei nicht binnen {seconds} s fertig.',
    'Versuchen Sie es erneut, oder exportieren Sie das Bild in einem anderen Format.',
  ],
  cancelled: ['Abgebrochen, bevor es fertig war.', 'Starten Sie es wieder, wenn Sie es getan haben wollen.'],
  'model-missing': ['Das Modell „{model}“ ist unvollständig: {file} fehlt.', INSTALL_AGAIN],
  'model-altered': [
    'Das Modell „{model}“ wurde geändert, nachdem es gemacht wurde ({file}).',
    'Benutzen Sie es nicht. Installieren Sie Gyrus erneut, oder wählen Sie ein anderes Modell.',
  ],
  'model-invalid': ['Das Modell „{model}“ ist nicht verwendbar: {reason}.', INSTALL_AGAIN],
  'model-golden-mismatch': [
    'Das Modell „{model}“ gibt auf diesem Rechner zu seinen Prüfbildern andere Antworten (größte Abweichung {difference}).',
    'Benutzen Sie es hier nicht. Melden Sie Rechner und Zahl dem Support.',
  ],
  ...explain,
  ...similar,
  ...whatIf,
  ...models,
  ...training,
  ...monitoring,
  'data-folder-unusable': [
    'Der Datenordner {path} ist nicht verwendbar ({reason}).',
    'Wählen Sie mit --data-dir einen anderen Ordner, oder prüfen Sie seine Rechte.',
  ],
  'data-folder-in-use': [
    'Ein anderes Gyrus (Prozess {pid}) benutzt den Datenordner {path}.',
    'Benutzen Sie jenes, schließen Sie es, oder wählen Sie mit --data-dir einen anderen Ordner.',
  ],
  'record-missing': [
    'Unter {path} liegt kein Bestand von Fällen.',
    'Prüfen Sie den Ordner, den --data-dir oder GYRUS_DATA nennt.',
  ],
  'disk-full': [
    'Die Platte ist voll.',
    'Machen Sie Platz, und tun Sie dann noch einmal, was nicht fertig wurde. Nichts Gespeichertes ist verloren.',
  ],
  'disk-error': [
    'Die Platte mit dem Datenordner meldet einen Fehler ({reason}).',
    'Prüfen Sie das Laufwerk, und bewahren Sie eine Kopie des Datenordners auf.',
  ],
  'database-locked': [
    'Ein anderes Programm hält die Datenbank.',
    'Schließen Sie das Programm, das gyrus.sqlite offen hat, und versuchen Sie es erneut.',
  ],
  'database-read-only': ['In die Datenbank kann nicht geschrieben werden.', 'Prüfen Sie die Rechte am Datenordner.'],
  'database-corrupt': [
    'Die Datenbank ist beschädigt ({reason}).',
    'Stellen Sie die letzte Sicherung des Datenordners wieder her; heben Sie den beschädigten für den Support auf.',
  ],
  'database-newer': [
    'Die Datenbank schrieb ein neueres Gyrus (Schema {found}; dieses kennt {known}).',
    'Benutzen Sie das neuere Gyrus.',
  ],
  'database-older': [
    'Die Datenbank schrieb ein älteres Gyrus, und sie ist noch nicht auf dem neuen Stand.',
    'Starten Sie Gyrus einmal mit diesem Datenordner, und versuchen Sie es erneut.',
  ],
  'audit-key-unusable': [
    'Der Schlüssel, der das Audit-Protokoll signiert, ist nicht verwendbar ({path}: {reason}).',
    'Prüfen Sie die Rechte an der Datei, oder legen Sie sie aus einer Sicherung zurück. Ein neuer Schlüssel wäre nicht der früherer Köpfe.',
  ],
  'audit-folder-missing': [
    'Der Ordner für signierte Köpfe des Audit-Protokolls ist nicht da ({path}).',
    'Verbinden Sie sein Laufwerk, oder wählen Sie einen anderen Ordner. Nichts ist verloren: Der nächste Kopf berichtet von allem davor.',
  ],
  'audit-folder-unwritable': [
    'Der signierte Kopf des Audit-Protokolls kann nicht geschrieben werden ({path}: {reason}).',
    'Prüfen Sie dort Rechte und Platz. Nichts ist verloren: Der nächste Kopf berichtet von allem davor.',
  ],
  'audit-head-invalid': [
    'Die Datei {path} ist kein signierter Kopf eines Audit-Protokolls.',
    'Geben Sie eine Datei, die „gyrus audit head --export“ oder der tägliche Export geschrieben hat.',
  ],
  'audit-empty': [
    'Hier wurde noch nichts getan: Das Audit-Protokoll hat keinen Eintrag.',
    'Öffnen Sie erst eine Aufnahme.',
  ],
  'audit-verify-busy': ['Das Audit-Protokoll wird schon geprüft.', 'Warten Sie auf das Ergebnis, oder brechen Sie ab.'],
  ...dataSets,
  'batch-unknown': ['Es gibt keinen Stapel {batch}.', 'Siehe „gyrus batches list“, oder gehen Sie zu den Stapeln.'],
  'batch-state': ['Der Stapel ist {state}.', 'Sehen Sie seinen Stand an, und wählen Sie dann, was mit ihm geschieht.'],
  'batches-in-use': [
    'Ein anderes Gyrus (Prozess {pid}) ist mit dem Datenordner {path} offen und führt seine Stapel selbst aus.',
    'Halten Sie den Stapel dort auf seiner Seite an, setzen Sie ihn fort, brechen Sie ihn ab oder exportieren Sie ihn (in einem Terminal hält Strg+C ihn an); oder schließen Sie jenes, und tun Sie es hier.',
  ],
  'batch-folder-missing': [
    '{path} ist nicht mehr da.',
    'Prüfen Sie, ob das Laufwerk verbunden ist, setzen Sie den Stapel dann fort, und wiederholen Sie, was inzwischen fehlschlug.',
  ],
  'export-too-long': [
    'Eine Tabellenkalkulation hat höchstens {rows} Zeilen; dieser Stapel hat mehr Dateien.',
    'Exportieren Sie ihn als CSV.',
  ],
  'batch-uploaded': [
    'Die Dateien dieses Stapels kamen aus einem Browser und sind von hier nicht wiederzufinden.',
    'Öffnen Sie den Ordner erneut: Ausgewertetes wird übersprungen.',
  ],
  'preferences-unreadable': [
    'Ihre eigenen Tasten und Maustasten sind nicht lesbar; die üblichen gelten.',
    'Setzen Sie sie unter „Tasten“ noch einmal; das ersetzt, was nicht lesbar ist.',
  ],
  'request-invalid': [
    'Die Anfrage wurde nicht verstanden: {reason}.',
    'Das ist ein Fehler in Gyrus; melden Sie ihn mit diesem Text.',
  ],
  'case-unknown': ['Es gibt keinen Fall mit dieser ID.', 'Gehen Sie zurück zur Arbeitsliste.'],
  'case-ambiguous': [
    'Zu „{code}“ gibt es {n} Fälle.',
    'Geben Sie die ganze ID dessen an, den Sie meinen; „gyrus cases --json“ führt sie auf.',
  ],
  'case-not-reviewable': [
    'Ein Fall im Status {state} nimmt keine Beurteilung an.',
    'Warten Sie auf die Auswertung, oder öffnen Sie die Datei erneut.',
  ],
  'case-not-listed': [
    'Dieser Fall wartet nicht aufs Klassifizieren, oder sein Bild ist nicht mehr hier.',
    'Sehen Sie den Fall noch einmal an.',
  ],
  'case-not-failed': [
    'Nur ein fehlgeschlagener Fall kann erneut versucht werden; dieser hat den Status {state}.',
    'Gehen Sie zurück zur Arbeitsliste.',
  ],
  'case-not-dismissable': [
    'Nur ein Fall, der fehlgeschlagen ist, den das Modell nicht beurteilt oder der ein bearbeitetes Bild ist, kann ausgeblendet werden, solange ihn niemand befundet hat.',
    'Befunden Sie ihn stattdessen.',
  ],
  'scan-altered': [
    'Die gespeicherte Kopie dieser Aufnahme fehlt oder wurde geändert.',
    'Öffnen Sie die Originaldatei erneut.',
  ],
  unauthorised: [
    'Diese Adresse braucht den Einmal-Link, den Gyrus beim Start ausgegeben hat.',
    'Drücken Sie Enter im Terminal für einen neuen Link, oder starten Sie Gyrus neu.',
  ],
  'too-many-requests': [
    'In kurzer Zeit kamen zu viele Anfragen.',
    'Warten Sie zehn Sekunden, und versuchen Sie es erneut.',
  ],
  ...accounts,
  ...care,
  ...deidentify,
  ...encryption,
  ...objects,
  ...rerun,
  ...signature,
  ...second,
  ...pacs,
  ...sending,
  ...sources,
  ...department,
  internal: [
    'In Gyrus ging etwas schief ({reason}).',
    'Versuchen Sie es erneut; bleibt es dabei, melden Sie es mit diesem Text.',
  ],
}

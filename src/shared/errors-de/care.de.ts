import type { CARE_ERRORS } from '../care-errors.ts'
import type { Said } from './said.ts'

export const care: Record<keyof typeof CARE_ERRORS, Said> = {
  'backup-folder-missing': [
    'Der Ordner für Sicherungen ist nicht da ({path}).',
    'Verbinden Sie sein Laufwerk, oder wählen Sie einen anderen Ordner. Gyrus versucht es von selbst wieder; nichts ist verloren.',
  ],
  'backup-folder-unwritable': [
    'Die Sicherung kann nicht nach {path} geschrieben werden ({reason}).',
    'Prüfen Sie Laufwerk und Rechte dort, und sichern Sie erneut. Halb Fertiges zählt nicht.',
  ],
  'backup-folder-full': [
    'Im Ordner für Sicherungen ist kein Platz mehr ({path}).',
    'Machen Sie dort Platz, oder behalten Sie weniger Sicherungen, und sichern Sie erneut. Halb Fertiges zählt nicht.',
  ],
  'backup-folder-inside': [
    'Der Ordner für Sicherungen liegt im Datenordner ({path}).',
    'Wählen Sie einen Ordner auf einem anderen Laufwerk: Was das eine nimmt, darf das andere nicht nehmen.',
  ],
  'backup-busy': ['In diesen Ordner wird schon gesichert.', 'Warten Sie, bis das fertig ist, oder brechen Sie es ab.'],
  'backup-record-broken': [
    'Es ist keine gute Sicherung möglich: Der Bestand stimmt nicht mit seinem Audit-Protokoll überein. {reason}',
    'Siehe „gyrus audit verify“. Frühere Sicherungen bleiben; kopieren Sie den Datenordner bei geschlossenem Gyrus, wie er ist.',
  ],
  'backup-invalid': [
    'Unter {path} liegt keine Sicherung von Gyrus ({reason}).',
    'Nennen Sie einen der Ordner „gyrus-backup-…“, die „gyrus backup“ gemacht hat, neben seinen Ordnern „scans“ und „files“.',
  ],
  'backup-unsound': [
    'Die Sicherung {path} ist nicht, was sie war, als sie gemacht wurde: {reason}',
    'Benutzen Sie sie nicht. Stellen Sie eine andere wieder her, und heben Sie diese für den Support auf.',
  ],
  'restore-folder-used': [
    'Der Datenordner {path} ist nicht leer.',
    'Nennen Sie einen leeren, oder legen Sie den alten mit --replace beiseite.',
  ],
  'record-damaged': [
    'Die Datenbank ist beschädigt ({reason}). Die neueste Sicherung ist {backup}.',
    'Schließen Sie Gyrus, und führen Sie aus: {command} — es legt den beschädigten Datenordner beiseite und löscht nichts.',
  ],
  'record-vanished': [
    'Der Datenordner {path} enthält Aufnahmen, aber seine Datenbank gyrus.sqlite ist fort. Die neueste Sicherung ist {backup}.',
    'Legen Sie die Datei zurück, oder führen Sie aus: {command} — über einem alten Bestand wird nie ein neuer begonnen.',
  ],
  'patient-unknown': [
    'Von diesem Patienten gibt es keinen Fall.',
    'Prüfen Sie die ID, oder nennen Sie die Fälle mit --case einzeln.',
  ],
  'case-erased': [
    'Was dieser Fall von seinem Patienten sagte, wurde gelöscht.',
    'Damit ist nichts mehr zu tun; öffnen Sie die Aufnahme erneut, wenn Sie sie haben und dürfen.',
  ],
  'case-held': [
    'Eine Löschsperre behält den Fall {case}: Nichts davon wird gelöscht.',
    'Heben Sie erst die Sperre auf, mit Begründung (Verwaltung › Datenpflege, oder „gyrus patient release“).',
  ],
  'hold-unknown': [
    'Es gibt keine solche Sperre, oder sie wurde schon aufgehoben.',
    'Sehen Sie die Liste der Sperren noch einmal an.',
  ],
  'image-removed': [
    'Die Kopie dieses Bildes wurde am {on} entfernt: Die Abteilung bewahrt Bilder signierter Fälle {months} Monate auf.',
    'Öffnen Sie die Originaldatei erneut, wenn Sie sie sehen müssen. Was dazu gesagt wurde, bleibt hier.',
  ],
  'retention-clock': [
    'Die Uhr dieses Rechners sprang von {before} auf {after}: Nach Regeln wird nichts entfernt.',
    'Prüfen Sie das Datum. Stimmt es, sagen Sie es unter Verwaltung › Datenpflege oder mit „gyrus retention --clock-is-right“.',
  ],
  'retention-off': [
    'Keine Regel sagt, wie lange Fälle aufbewahrt werden: Nichts wird entfernt.',
    'Setzen Sie eine unter Verwaltung › Datenpflege oder mit „gyrus retention“.',
  ],
  'retention-busy': ['Gerade werden Fälle nach den Regeln entfernt.', 'Warten Sie, bis das fertig ist.'],
  'erase-during-backup': [
    'Gerade wird gesichert; die Sicherung enthielte noch, was gelöscht wird, ohne dass es gesagt würde.',
    'Warten Sie, bis das fertig ist, oder brechen Sie es ab, und löschen Sie dann.',
  ],
  'backup-unknown': [
    'Der Bestand kennt keine solche Sicherung.',
    'Sehen Sie die Liste der Sicherungen noch einmal an.',
  ],
  'backup-folder-unset': [
    'Es ist kein Ordner für Sicherungen festgelegt.',
    'Wählen Sie einen, oder legen Sie ihn mit „gyrus backup --daily <Ordner>“ fest.',
  ],
  'erase-unfinished': [
    'Der Fall {case} wird noch ausgewertet.',
    'Starten Sie Gyrus, lassen Sie ihn fertig werden, und löschen Sie ihn dann.',
  ],
}

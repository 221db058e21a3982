import type { DEPARTMENT_ERRORS } from '../department-errors.ts'
import type { Said } from './said.ts'

export const department: Record<keyof typeof DEPARTMENT_ERRORS, Said> = {
  'database-address': [
    'Die Adresse der PostgreSQL-Datenbank ist nicht verwendbar ({reason}).',
    'Geben Sie sie als postgres://Benutzer:Passwort@Rechner:Port/Datenbank an; für sslmode gibt es disable, require und verify-full.',
  ],
  'database-unreachable': [
    'Die Datenbank der Abteilung antwortet nicht ({reason}).',
    'Prüfen Sie die Adresse, das Netz und ob der Server läuft.',
  ],
  'database-refused': [
    'Die Datenbank der Abteilung weist diesen Arbeitsplatz ab ({reason}).',
    'Prüfen Sie Benutzer, Passwort, den Namen der Datenbank, ob TLS verlangt wird (sslmode), und die Rechte der Rolle (`gyrus department grant`).',
  ],
  'database-without-tls': [
    'Die Datenbank der Abteilung spricht kein TLS, das ihre Adresse verlangt.',
    'Prüfen Sie, ob es der richtige Server ist, und lassen Sie TLS dort einrichten. Nur wenn das Netz auch ohne sicher ist, lassen Sie sslmode aus der Adresse weg.',
  ],
  'database-password-missing': [
    'Die Datenbank der Abteilung verlangt ein Passwort, und in ihrer Adresse steht keines.',
    'Geben Sie es neben der Adresse an oder in ihr als postgres://Benutzer:Passwort@Rechner:Port/Datenbank. Ein anderer Benutzer braucht ein anderes Passwort als das gespeicherte.',
  ],
  'database-unsuitable': [
    'Die Datenbank der Abteilung kann den Bestand nicht aufnehmen ({reason}).',
    'Es muss PostgreSQL 15 oder neuer mit ICU sein, und die Datenbank muss in UTF-8 sein.',
  ],
  'department-missing': [
    'Dieser Arbeitsplatz gehört zu keiner Abteilung: sein Bestand ist sein eigener.',
    'Treten Sie einer unter Verwaltung › Einstellungen › Abteilung bei, oder schreiben Sie department.json in den Datenordner: die Adresse der Datenbank und den Ordner oder Speicher, den alle Arbeitsplätze teilen. GYRUS_DATABASE und GYRUS_FILES sagen dasselbe.',
  ],
  'department-own-means': [
    'Der Bestand liegt in der Datenbank der Abteilung, die dafür eigene Mittel hat.',
    'Siehe docs/department.md: Ihr Administrator sichert ihn, stellt ihn wieder her und verschlüsselt ihre Platten.',
  ],
  'department-by-environment': [
    'Die Abteilung ist durch GYRUS_DATABASE bestimmt, was von hier aus nicht geändert wird.',
    'Ändern Sie es dort, wo Gyrus gestartet wird.',
  ],
  'department-folder': [
    'In {path} lassen sich keine Dateien teilen: Es ist kein Ordner, in den geschrieben werden kann.',
    'Verbinden Sie das Laufwerk, oder wählen Sie einen Ordner, in den alle Arbeitsplätze schreiben können.',
  ],
  'department-folder-own': [
    '{path} ist der eigene Datenordner dieses Arbeitsplatzes, den kein anderer erreicht.',
    'Wählen Sie einen anderen Ordner, auf einem Laufwerk, das alle Arbeitsplätze haben.',
  ],
  'files-unmarked': [
    'Die Dateien des Bestands der Abteilung sind nicht in {place}: Dort fehlt das Kennzeichen dieses Bestands ({reason}).',
    'Prüfen Sie, ob das Laufwerk verbunden ist und ob die Adresse die der anderen Arbeitsplätze ist. Nur wenn es der richtige Ort ist und record.json dort verloren ging, schreiben Sie es neu: {mark}',
  ],
  'files-gone': [
    'Die Dateien des Bestands der Abteilung sind nicht mehr in {place}: Dort fehlt das Kennzeichen dieses Bestands ({reason}).',
    'Lassen Sie das Laufwerk wieder verbinden. Ist es verbunden, sagt ein Start von Gyrus dort einem Administrator, wie das Kennzeichen wiederhergestellt wird.',
  ],
  'files-other-record': [
    '{place} hat die Dateien eines anderen Bestands.',
    'Prüfen Sie, ob die Adressen von Datenbank und Dateien zusammengehören; ein neuer Bestand braucht einen eigenen Ordner oder Speicher. Nur wenn jener Bestand aufgegeben ist und seine Dateien die von diesem sein sollen, entfernen Sie dort record.json.',
  ],
  'files-address': [
    'Das ist keine Adresse eines Speichers für gemeinsame Dateien ({reason}).',
    'Geben Sie sie als s3://Bucket/Präfix?endpoint=https://…&region=… an. Schlüssel und Geheimnis stehen daneben (GYRUS_FILES_KEY, GYRUS_FILES_SECRET).',
  ],
  'files-credentials': [
    'Ein Speicher für gemeinsame Dateien wird mit Schlüssel und Geheimnis gefragt, und eines davon fehlt.',
    'Setzen Sie GYRUS_FILES_KEY und GYRUS_FILES_SECRET oder filesKey und filesSecret in department.json.',
  ],
  'files-unreachable': [
    'Der Dateispeicher der Abteilung antwortet nicht ({endpoint}: {reason}).',
    'Prüfen Sie die Adresse, das Netz und ob der Speicher läuft.',
  ],
  'files-refused': [
    'Der Dateispeicher der Abteilung weist diesen Arbeitsplatz ab ({endpoint}: {reason}).',
    'Prüfen Sie Schlüssel, Geheimnis, Region und Uhr; der Schlüssel muss im Bucket lesen, schreiben, auflisten und löschen dürfen.',
  ],
  'files-bucket-missing': [
    'Der Dateispeicher der Abteilung hat keinen Bucket {bucket}.',
    'Legen Sie ihn zuerst an, oder berichtigen Sie seinen Namen in der Adresse.',
  ],
  'files-missing': [
    'Der Dateispeicher der Abteilung hat {path} nicht.',
    'Stellen Sie es aus den Versionen des Speichers oder aus einer Sicherung davon wieder her.',
  ],
  'files-altered': [
    'Was der Speicher der Abteilung als {path} hat, ist nicht, was dort abgelegt wurde.',
    'Es wurde nicht gelesen. Stellen Sie es aus den Versionen des Speichers oder aus einer Sicherung davon wieder her.',
  ],
  'department-model-differs': [
    'Dieses Gyrus kam mit einem anderen Modell als dem der Abteilung.',
    'Geben Sie allen Arbeitsplätzen dieselbe Version von Gyrus, oder aktivieren Sie ein Modell. Bis dahin nimmt dieser keine Arbeit.',
  ],
  'outbox-unreadable': [
    'Was hier auf den Bestand der Abteilung wartet, ist nicht lesbar ({reason}).',
    'Legen Sie outbox.jsonl im Datenordner für den Support beiseite, und starten Sie Gyrus erneut.',
  ],
  'department-settings': [
    'Die Einstellungen der Abteilung sind nicht vollständig ({reason}).',
    'Berichtigen Sie die Datei dieses Namens im Datenordner.',
  ],
  'department-files-unset': [
    'GYRUS_DATABASE nennt die Datenbank einer Abteilung, GYRUS_FILES aber keinen Ort für ihre Dateien.',
    'Setzen Sie GYRUS_FILES auf den Ordner oder Speicher, den alle Arbeitsplätze teilen; für einen Speicher auch GYRUS_FILES_KEY und GYRUS_FILES_SECRET.',
  ],
  'department-owner': [
    'Das darf nur, wem die Tabellen der Abteilung gehören.',
    'Geben Sie die Adresse mit der Rolle an, mit der die Datenbank eingerichtet wurde.',
  ],
  'department-role-missing': [
    'Die Datenbank kennt keine Rolle {role}.',
    'Legen Sie sie zuerst an, als ihr Administrator: create role {role} login password …',
  ],
  'department-role-owner': [
    'Der Rolle {role} gehören die Tabellen, oder sie darf alles: keine Rechte könnten das Audit-Protokoll vor ihr schützen.',
    'Nennen Sie eine andere Rolle, mit der sich Arbeitsplätze anmelden.',
  ],
  'department-in-use': [
    'Arbeitsplätze der Abteilung sind verbunden ({connections} Verbindungen).',
    'Schließen Sie Gyrus auf allen, und beenden Sie `gyrus worker`, wo es läuft.',
  ],
  'department-already': [
    'Dieser Arbeitsplatz gehört bereits zu einer Abteilung: sein eigener Bestand gilt nicht.',
    'Entfernen Sie GYRUS_DATABASE oder department.json aus dem Datenordner, um den Bestand dort zu übertragen.',
  ],
  'move-target-used': [
    'Wohin der Bestand sollte, ist schon etwas ({place}).',
    'Nennen Sie eine leere Datenbank oder eine Datei, die es noch nicht gibt. Der Bestand wurde nicht übertragen; Dateien, die vorher kopiert wurden, bleiben und werden wieder verwendet.',
  ],
  'move-left-before': [
    'Dieser Bestand wurde schon nach {place} übertragen ({at}) und wird dort weitergeführt.',
    'Übertragen Sie den, der dort liegt. Nur wenn jener aufgegeben ist, übertragen Sie diesen noch einmal, mit --again.',
  ],
  'move-unfinished': [
    'Ein Stapel oder ein Training ist noch nicht fertig ({name}).',
    'Starten Sie Gyrus und lassen Sie es zu Ende kommen, halten Sie es an oder brechen Sie es ab; schließen Sie dann Gyrus, und übertragen Sie die Aufzeichnungen.',
  ],
  'move-unfit': [
    'PostgreSQL kann nicht aufnehmen, was im Bestand steht: {table}, Zeile {row}, {column}.',
    'Es ist Text mit einem NUL-Zeichen oder ein Wert anderer Art als seine Spalte. Der Bestand wurde nicht übertragen; Dateien, die vorher kopiert wurden, bleiben und werden wieder verwendet.',
  ],
  'move-differs': [
    'Was angekommen ist, ist nicht, was vorher da war ({reason}).',
    'Der Bestand wurde nicht übertragen und ist, wie er war; Dateien, die vorher kopiert wurden, bleiben und werden wieder verwendet. Versuchen Sie es noch einmal; melden Sie es, wenn es wieder abweicht.',
  ],
  'move-unsound': [
    'Der Bestand ist nicht in Ordnung ({reason}); darum wurde er nicht übertragen.',
    'Siehe `gyrus audit verify`. Stellen Sie eine Sicherung wieder her, die in Ordnung ist, und übertragen Sie diese.',
  ],
  'move-file-differs': [
    'Eine Datei ist nicht, was ihr Name oder ihre Kopie sagt ({path}).',
    'Stellen Sie sie aus einer Sicherung wieder her. Der Bestand wurde nicht übertragen; was vorher kopiert wurde, bleibt und wird wieder verwendet.',
  ],
}

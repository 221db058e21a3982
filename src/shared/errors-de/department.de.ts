import type { DEPARTMENT_ERRORS } from '../department-errors.ts'
import type { Said } from './said.ts'

export const department: Record<keyof typeof DEPARTMENT_ERRORS, Said> = {
  'database-address': [
    'Das ist keine Adresse einer PostgreSQL-Datenbank ({reason}).',
    'Geben Sie sie als postgres://Benutzer:Passwort@Rechner:Port/Datenbank an, mit sslmode=verify-full, wo TLS verlangt wird.',
  ],
  'database-unreachable': [
    'Die Datenbank der Abteilung antwortet nicht ({reason}).',
    'Prüfen Sie das Netz und ob der Server läuft. Es wird von selbst erneut versucht, und nichts geht verloren.',
  ],
  'database-refused': [
    'Die Datenbank der Abteilung weist diesen Arbeitsplatz ab ({reason}).',
    'Prüfen Sie Benutzer, Passwort, den Namen der Datenbank und ob TLS verlangt wird.',
  ],
  'database-unsuitable': [
    'Die Datenbank der Abteilung kann die Aufzeichnungen nicht aufnehmen ({reason}).',
    'Es muss PostgreSQL 15 oder neuer mit ICU sein, und die Datenbank muss in UTF-8 sein.',
  ],
  'department-missing': [
    'Dieser Arbeitsplatz gehört zu keiner Abteilung: seine Aufzeichnungen sind seine eigenen.',
    'Geben Sie die Adresse der Datenbank (GYRUS_DATABASE) und den Ordner an, den alle Arbeitsplätze teilen (GYRUS_FILES).',
  ],
  'department-own-means': [
    'Die Aufzeichnungen liegen in der Datenbank der Abteilung, die dafür eigene Mittel hat.',
    'Siehe docs/department.md: ihr Administrator sichert sie, stellt sie wieder her und verschlüsselt ihre Platten.',
  ],
  'department-settings': [
    'Die Einstellungen der Abteilung sind nicht vollständig ({reason}).',
    'Geben Sie die Adresse der Datenbank (GYRUS_DATABASE) und den Ordner an, den alle Arbeitsplätze teilen (GYRUS_FILES).',
  ],
}

import type { TRAINING_ERRORS } from '../training-errors.ts'
import type { Said } from './said.ts'

export const training: Record<keyof typeof TRAINING_ERRORS, Said> = {
  'native-engine-missing': [
    'Hier gibt es kein Trainingssystem; ohne es lässt sich nur die letzte Schicht eines Modells trainieren.',
    'Installieren Sie es mit „gyrus engine install“.',
  ],
  'native-engine-unsupported': [
    'Für {platform} gibt es kein Trainingssystem zu installieren.',
    'Trainieren Sie unter Linux mit x64-Prozessor, oder hier nur die letzte Schicht (Rezept „head“).',
  ],
  'native-engine-no-compiler': [
    'Es wurde kein C++-Compiler gefunden (gesucht: {commands}).',
    'Installieren Sie einen, etwa das Paket g++, und dann das Trainingssystem erneut.',
  ],
  'native-engine-no-python': [
    'Python 3 mit pip wurde nicht gefunden ({reason}).',
    'Installieren Sie die Pakete python3 und python3-pip, und dann das Trainingssystem erneut.',
  ],
  'native-engine-no-npm': [
    'npm wurde nicht gefunden.',
    'Installieren Sie Node.js mit npm, und dann das Trainingssystem erneut.',
  ],
  'native-engine-disk-space': [
    'Das Trainingssystem braucht {neededMegabytes} MB in {path}; {freeMegabytes} MB sind frei.',
    'Machen Sie Platz, oder wählen Sie einen anderen Datenordner, und installieren Sie es dann erneut.',
  ],
  'native-engine-busy': [
    'Ein anderes Gyrus (Prozess {pid}) installiert das Trainingssystem.',
    'Warten Sie darauf, oder beenden Sie es, und versuchen Sie es dann erneut.',
  ],
  'native-engine-download': [
    '{part} konnte nicht geholt werden ({reason}).',
    'Prüfen Sie das Netz, und auf welchen Paketindex pip und npm eingestellt sind; installieren Sie das Trainingssystem dann erneut.',
  ],
  'native-engine-altered': [
    '{file} ist nicht, was erwartet war: Der Inhalt wurde geändert.',
    'Entfernen Sie das Trainingssystem, und installieren Sie es erneut. Bleibt es dabei, fragen Sie, wer Ihren Paketindex betreibt.',
  ],
  'native-engine-build': [
    'Das Trainingssystem konnte nicht übersetzt werden ({reason}).',
    'Versuchen Sie einen neueren C++-Compiler (ab g++ 8 oder clang 7); bleibt es dabei, melden Sie es mit diesem Text.',
  ],
  'native-engine-unusable': [
    'Das Trainingssystem läuft auf diesem Rechner nicht ({reason}).',
    'Entfernen Sie es mit „gyrus engine remove“, oder melden Sie es mit diesem Text.',
  ],
  'native-engine-library-missing': [
    'Das Trainingssystem braucht die Bibliothek {library}, die nicht auf diesem Rechner ist.',
    'Installieren Sie sie (für eine GPU: die Versionen von CUDA und cuDNN, die ihr Paket verlangt), und versuchen Sie es erneut.',
  ],
  'native-engine-memory': [
    'Dem Trainingssystem ging der Speicher aus.',
    'Trainieren Sie mit kleinerem Batch oder kleineren Bildern, oder schließen Sie andere Programme.',
  ],
  'native-engine-cancelled': [
    'Abgebrochen. Fertige Schritte bleiben.',
    'Installieren Sie das Trainingssystem erneut, um dort fortzufahren, oder entfernen Sie es.',
  ],
  'training-run-name': [
    'Ein Trainingslauf kann nicht „{run}“ heißen.',
    'Nehmen Sie Buchstaben, Ziffern, „-“, „_“ und „.“, beginnend mit Buchstabe oder Ziffer, höchstens 100 Zeichen.',
  ],
  'training-run-exists': [
    'Es gibt schon einen Trainingslauf dieses Namens ({run}).',
    'Wählen Sie einen anderen Namen, oder setzen Sie jenen Lauf fort.',
  ],
  'training-run-unknown': ['Es gibt keinen Trainingslauf {run}.', 'Prüfen Sie seinen Namen und den Datenordner.'],
  'search-invalid': [
    'Diese Suche ist nicht möglich: {reason}.',
    'Ändern Sie die Bereiche, und starten Sie sie dann erneut.',
  ],
  'search-failed': [
    'Kein Versuch dieser Suche konnte gemessen werden ({n} Versuche; der letzte: {reason})',
    'Ändern Sie Datensatz oder Bereiche, und starten Sie eine neue Suche.',
  ],
  'training-run-unreadable': [
    'Die Aufzeichnung des Laufs „{run}“ schrieb eine andere Gyrus-Version; sie ist nicht lesbar.',
    'Starten Sie einen neuen Lauf.',
  ],
  'training-run-state': [
    'Der Trainingslauf {run} ist {state}.',
    'Sehen Sie seinen Stand an, und wählen Sie dann, was mit ihm geschieht.',
  ],
  'training-run-elsewhere': [
    'Den Trainingslauf {run} hat ein anderer Arbeitsplatz oder die Warteschlange der Abteilung.',
    'Setzen Sie ihn auf der Seite „Training“ fort, oder an dem Arbeitsplatz, an dem er verlangt wurde.',
  ],
  'training-run-failed': [
    'Der Trainingslauf {run} ist gescheitert: {reason}',
    'Beheben Sie, was der Grund nennt, und setzen Sie den Lauf dann fort.',
  ],
  'training-gave-up': [
    'Kein Arbeitsplatz hat dieses Training zu Ende gebracht: Jeder, der es übernahm, wurde beendet.',
    'Sorgen Sie dafür, dass ein Arbeitsplatz genug Speicher und Platz dafür hat, und setzen Sie den Lauf dann fort.',
  ],
  'training-checkpoint': [
    'Der Stand des Trainings konnte nicht aufbewahrt werden ({reason}).',
    'Machen Sie auf dem Laufwerk des Datenordners Platz, und setzen Sie den Lauf fort: Er geht von seiner letzten Epoche weiter.',
  ],
  'training-parity': [
    'Das exportierte Netz weicht um {difference} vom trainierten ab; {limit} ist erlaubt.',
    'Das Modell wird nicht benutzt. Trainieren Sie erneut; bleibt es dabei, melden Sie es mit dem Lauf.',
  ],
  'training-diverged': [
    'Das Training lief auseinander: Sein Loss ist keine Zahl mehr (Schritt {step}).',
    'Der letzte gute Stand bleibt. Trainieren Sie erneut mit kleinerer Lernrate.',
  ],
}

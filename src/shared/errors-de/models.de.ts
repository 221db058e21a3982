import type { ErrorCode } from '../errors.ts'
import type { Said } from './said.ts'

/** Those of models, of the gate and of results. */
export const models = {
  'model-unknown': [
    'Hier gibt es kein Modell „{model}“.',
    'Sehen Sie in der Liste der Modelle nach („gyrus models list“).',
  ],
  'model-about-invalid': [
    'Was {file} über das Modell sagt, ist nicht verwendbar: {reason}.',
    'Geben Sie ein JSON-Objekt mit den Texten einer Modellkarte.',
  ],
  'model-id-invalid': [
    'Ein Modell kann nicht „{model}“ heißen.',
    'Geben Sie ihm eine ID aus bis zu 64 Kleinbuchstaben, Ziffern, Punkten, Strichen und Unterstrichen.',
  ],
  'model-id-taken': [
    'Es gibt schon ein anderes Modell mit der ID „{model}“.',
    'Geben Sie dem neuen eine eigene; daran werden Ergebnisse zu ihrem Modell verfolgt.',
  ],
  'model-already-active': ['Das Modell „{model}“ ist schon das aktive.', 'Wählen Sie ein anderes Modell.'],
  'model-refused': [
    'Das Modell „{model}“ hat die Prüfung nicht bestanden: {criteria}.',
    'Das aktive Modell bleibt in Einsatz. Verbessern Sie das Modell, oder lassen Sie die Administration den Änderungsplan ansehen.',
  ],
  'model-nothing-before': ['Vor diesem war kein Modell aktiv.', 'Aktivieren Sie das Modell, das Sie wollen.'],
  'model-needs-second': [
    'Um ein Modell in Einsatz zu nehmen, sind zwei Personen der Administration nötig.',
    'Schlagen Sie es vor („gyrus models propose <ID>“); eine andere bestätigt es dann.',
  ],
  'model-same-person': [
    'Wer ein Modell vorschlug, kann es nicht auch in Einsatz nehmen.',
    'Bitten Sie eine andere Person der Administration um Bestätigung.',
  ],
  'model-not-proposed': [
    'Dieser Vorschlag ist nicht mehr da: Er wurde zurückgezogen, ersetzt oder entschieden.',
    'Sehen Sie an, was jetzt vorgeschlagen ist.',
  ],
  'plan-same-person': [
    'Wer eine Änderung des Plans vorschlug, kann sie nicht auch bestätigen.',
    'Bitten Sie eine andere Person der Administration um Bestätigung.',
  ],
  'plan-not-proposed': [
    'Diese Änderung ist nicht mehr vorgeschlagen: Sie wurde zurückgezogen, ersetzt oder entschieden.',
    'Sehen Sie an, was jetzt vorgeschlagen ist.',
  ],
  'model-one-person': [
    'Hier genügt eine Person der Administration, um ein Modell in Einsatz zu nehmen.',
    'Aktivieren Sie es; oder setzen Sie im Änderungsplan, dass zwei nötig sind.',
  ],
  'models-changed': [
    'Jemand anders aus der Administration hat das inzwischen geändert.',
    'Sehen Sie es an, wie es jetzt ist, und entscheiden Sie dann neu.',
  ],
  'models-busy': [
    '{by} hat mit Modellen etwas in Arbeit ({what}).',
    'Warten Sie, bis es zu Ende ist, oder brechen Sie es ab; sehen Sie die Modelle dann neu an, sie können sich geändert haben.',
  ],
  'model-export-exists': [
    'Unter {path} liegt schon etwas.',
    'Exportieren Sie in einen Ordner, den es noch nicht gibt.',
  ],
  'gate-invalid': [
    'Der Änderungsplan in {path} ist nicht verwendbar: {reason}.',
    'Berichtigen Sie die Datei, oder nehmen Sie sie weg, damit gilt, was Gyrus mitbringt.',
  ],
  'gate-reference-missing': [
    'Die Prüfung hat keinen Referenzdatensatz, sodass nur Prüfbilder und Klassen geprüft werden können.',
    'Legen Sie einen in der Verwaltung oder mit „gyrus models gate --reference <Datensatz>“ fest, oder sagen Sie, warum es keinen gibt (--without-reference "<warum>").',
  ],
  'gate-reference-set': [
    'Die Prüfung hat einen Referenzdatensatz; Modelle werden daran geprüft.',
    'Lassen Sie --without-reference weg.',
  ],
  'gate-reference-altered': [
    'Der Referenzdatensatz {path} ist nicht, was er bei der Festlegung war.',
    'Legen Sie seine Dateien zurück, oder legen Sie in der Verwaltung oder mit „gyrus models gate --reference <Datensatz>“ einen neuen fest.',
  ],
  'evaluation-unknown': [
    'Es gibt keine solchen Ergebnisse von „{model}“ ({evaluation}).',
    'Öffnen Sie seine Ergebnisse noch einmal aus der Liste der Modelle.',
  ],
  'evaluation-altered': [
    'Die Ergebnisse von „{model}“ auf {set} fehlen oder wurden nach der Messung geändert.',
    'Messen Sie es noch einmal auf diesem Datensatz: Die neuen Ergebnisse treten an ihre Stelle.',
  ],
  'gate-reference-unreadable': [
    '{n} der Bilder sind nicht lesbar, als erstes {file}.',
    'Ein Referenzdatensatz muss ganz lesbar sein: Nehmen Sie sie heraus, oder bringen Sie bessere Kopien.',
  ],
} as const satisfies Partial<Record<ErrorCode, Said>>

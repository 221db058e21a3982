import { DEFAULT_LOCK_MINUTES } from '../../shared/accounts.ts'
import type { Translated } from '../../shared/language.ts'
import { DEFAULT_URGENCY, urgencyInWords } from '../../shared/urgency.ts'
import { german as second } from '../review/second-texts.de.ts'
import { panelTexts } from './panel-texts.ts'

const titles: Record<string, string> = {
  Reading: 'Befundung',
  'Who may work here': 'Wer hier arbeiten darf',
  Scans: 'Aufnahmen',
  'The record': 'Der Bestand',
  Model: 'Modell',
  Yours: 'Ihre eigenen',
}

/** When it is asked for, so that the rule is told in German, too. */
export const german = (): Translated<typeof panelTexts> => ({
  search: 'Einstellung suchen',
  none: 'Keine Einstellung hat diese Wörter.',
  usual: (text) => `Sichere Vorgabe: ${text}.`,
  where: (title) => `${title} öffnen`,
  groups: panelTexts.groups.map(({ title, settings }) => ({ title: titles[title] ?? title, settings })),
  settings: {
    language: {
      name: 'Sprache',
      text: 'Der Oberfläche, für alle, die in ihrem Kontomenü keine gewählt haben. Bestand, Logs, Tabellen und Kommandozeile bleiben englisch, ebenso PDF-Berichte und was Modelle und andere Systeme von sich sagen.',
      usual: 'die jedes Browsers oder Systems',
    },
    impression: {
      name: 'Ersteindruck vor der Antwort',
      text: 'Befunder sagen, was sie meinen, bevor sie sehen, was das Modell sagt, damit es sie nicht leitet. Wo es aus ist, kann es jeder für sich einschalten.',
      usual: 'aus',
    },
    second: {
      name: 'Zweitbefundung',
      text: 'Welche Fälle zwei für sich befunden, ohne voneinander zu wissen, und wer entscheidet, wo sie abweichen.',
      usual: `nur ${second.setting.options.none}; jeder dritte Befunder entscheidet`,
    },
    urgency: {
      name: 'Ordnung nach Dringlichkeit',
      text: 'Die Arbeitsliste kann unter den wartenden Fällen die dringendsten zuerst zeigen. Punkte sagen, wie viel die Tumorwahrscheinlichkeit, der Zweifel des Modells und ein Wartetag zählen, und was ein Fall erhält, zu dem das Modell nichts sagt oder der nicht lesbar ist. Die Liste zeigt die Punkte jedes Falls. Sie nimmt nie einen Fall aus der Liste. Befunder, deren Ersteindruck zuerst kommt, erhalten die Reihenfolge des Wartens.',
      usual: `aus, bis ein Befunder sie wählt; ${urgencyInWords(DEFAULT_URGENCY)}`,
    },
    objects: {
      name: 'DICOM-Objekte der Ergebnisse',
      text: 'Bericht und Bild eines Ergebnisses für das PACS. Vor der Signatur sagen sie, dass sie vorläufig sind; nicht jedes PACS zeigt das.',
      usual: 'nur von signierten Fällen',
    },
    sending: {
      name: 'Ergebnisse ins PACS',
      text: 'Bericht und Bild jedes signierten DICOM-Falls gehen in die Studie seiner Bilder, sobald er signiert ist und auf keinen Zweitbefund wartet; nach einer Berichtigung die neuen. Was nicht ankommt, wird drei Tage lang wieder versucht.',
      usual: 'nirgendwohin von selbst',
    },
    accounts: {
      name: 'Konten und Rollen',
      text: 'Wer hier arbeiten darf: Radiologie befundet, Administration stellt auch ein, Audit sieht alles an und ändert nichts.',
      usual: 'ein Konto der Administration; alle haben ein eigenes Konto',
    },
    lock: {
      name: 'Sperre',
      text: 'Wie lange eine Seite offen bleibt, die niemand berührt. Begonnenes bleibt erhalten und ist nach dem Passwort wieder da.',
      usual: `nach ${DEFAULT_LOCK_MINUTES} Minuten`,
    },
    tokens: {
      name: 'Token für Programme',
      text: 'Lassen die Kommandozeile für ein Konto arbeiten, wo niemand ein Passwort eingeben kann. Sie laufen von selbst ab.',
      usual: 'keine',
    },
    department: {
      name: 'Abteilung',
      text: 'Mehrere Arbeitsplätze können einen Bestand in einer PostgreSQL-Datenbank und die Arbeit daran teilen. Wer beitritt, sieht den Bestand der Abteilung; der eigene bleibt, wo er ist.',
      usual: 'nur dieser Arbeitsplatz, der nichts weiter braucht',
    },
    backup: {
      name: 'Ordner für Sicherungen',
      text: 'Dort wird täglich der ganze Bestand gesichert. Er gehört auf einen anderen Rechner oder ein anderes Laufwerk.',
      usual: 'keiner, bis einer festgelegt ist; so lange werden Sie gewarnt',
    },
    kept: {
      name: 'Aufbewahrte Sicherungen',
      text: 'Die neuesten von so vielen Tagen, dann eine je Woche. Ältere werden entfernt; eine Aufnahme ist für alle nur einmal gespeichert.',
      usual: '14 Tage, dann 13 Wochen',
    },
    retention: {
      name: 'Wie lange Fälle aufbewahrt werden',
      text: 'Entfernt Bilder oder ganze Fälle, so lange nach ihrer Signatur. Das ist nicht rückgängig zu machen; eine Löschsperre behält, was sie umfasst.',
      usual: 'alles wird aufbewahrt',
    },
    encryption: {
      name: 'Verschlüsselung des Bestands',
      text: 'Datenbank und gespeicherte Aufnahmen sind auf der Platte mit einer Passphrase verschlüsselt, die beim Start verlangt wird. Ein- und ausgeschaltet auf der Kommandozeile, bei geschlossenem Gyrus.',
      usual: 'aus; schalten Sie sie ein, wo die Platte selbst nicht verschlüsselt ist',
    },
    heads: {
      name: 'Täglich signierte Köpfe',
      text: 'Täglich eine Zeile in einem Ordner, den Gyrus nicht ändern kann: Daran fällt auch ein gekürztes Audit-Protokoll auf.',
      usual: 'keine, bis auf der Kommandozeile ein Ordner festgelegt ist',
    },
    sources: {
      name: 'Quellen von Aufnahmen',
      text: 'Woher Aufnahmen von selbst kommen: Partner, die per DICOM senden dürfen, und überwachte Ordner.',
      usual: 'keine; der DICOM-Empfang ist aus und nur von diesem Rechner erreichbar',
    },
    gate: {
      name: 'Änderungsplan der Modelle',
      text: 'Was ein Modell zeigen muss, bevor es lesen darf: Prüfbilder, Recall und Kalibrierung auf einem Referenzdatensatz, Übereinstimmung mit signierten Fällen; ob zwei Personen der Administration nötig sind.',
      usual: 'Prüfbilder und Klassen immer; Kennzahlen, wo ein Referenzdatensatz festgelegt ist',
    },
    limits: {
      name: 'Grenzen der Alarme',
      text: 'Ab welcher Übereinstimmung, Drift, Zeit oder freiem Plattenplatz bei allen ein Alarm in der Titelleiste steht.',
      usual: 'Übereinstimmung unter 90 %, übersehene Tumoren über 5 %, PSI über 0,25, 1 s je Bild, 5 GB frei',
    },
    keys: {
      name: 'Tasten und Maus',
      text: 'Ihre eigenen, bei Ihrem Konto gespeichert; jeder Befunder setzt seine mit demselben Knopf in der Titelleiste.',
      usual: 'wie die Hilfe sie zeigt; jede ist einzeln zurückzusetzen',
    },
  },
  language: {
    label: 'Wo niemand gewählt hat',
    browser: 'Wie Browser oder System',
    saved: (name) => `Die Sprache ist jetzt: ${name}.`,
  },
  beforeSigning: 'Auch von nicht signierten Fällen, als vorläufig',
  organisation: 'Einrichtung derer, die signieren',
  organisationNotStated: 'nicht angegeben',
  on: 'An',
  off: 'Aus',
  urgency: {
    tumour: 'Tumorwahrscheinlichkeit, von 0 bis 1, mal',
    uncertainty: 'Eins minus Konfidenz, mal',
    waiting: 'Ein Wartetag',
    unjudged: 'Wenn das Modell nichts sagt: nicht beurteilt oder noch nicht ausgewertet',
    unreadable: 'Wenn die Datei nicht lesbar ist oder die Auswertung scheiterte',
    save: 'Regel setzen',
    saved: (rule) => `Die Dringlichkeit ist jetzt: ${rule}.`,
    loadFailed: 'Die Regel konnte nicht geladen werden.',
  },
  minutes: (n) => `Nach ${n} Minuten ohne Taste und Maus`,
  notSet: 'Nicht festgelegt',
  kept: (days, weeks) => `${days} Tage, ${weeks} Wochen`,
  keys: 'Tasten und Maus…',
})

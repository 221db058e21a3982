import type { BackupWarning } from '../../shared/backup.ts'
import type { Translated } from '../../shared/language.ts'
import { number, plural } from '../format.ts'
import { type AGO_WORDS, type careTexts, size } from './texts.ts'

const faelle = (n: number) => plural(n, 'Fall', 'Fälle')
const bilder = (n: number) => plural(n, 'Bild', 'Bilder')
const aufnahmen = (n: number) => plural(n, 'gespeicherte Aufnahme', 'gespeicherte Aufnahmen')
const dateien = (n: number) => plural(n, 'Datei', 'Dateien')

const warnings: Record<BackupWarning, string> = {
  failed: 'Die letzte Sicherung kam nicht zum Ende.',
  unsound: 'Die neueste Sicherung ist nicht in Ordnung: Machen Sie eine neue, und prüfen Sie das Laufwerk.',
  gone: 'Die neueste Sicherung liegt nicht mehr in dem Ordner, in dem sie gemacht wurde: Machen Sie eine neue.',
  late: 'Seit mehr als zwei Tagen gab es keine Sicherung, obwohl täglich eine zu machen ist.',
  old: 'Die neueste Sicherung ist mehr als eine Woche alt.',
  never: 'Noch wurde nicht gesichert: Was auf diesem Rechner ist, ist nirgends sonst.',
}
const stages: Record<string, string> = {
  database: 'Datenbank',
  entries: 'Einträge und was sie binden',
  cases: 'Fälle',
  scans: 'Aufnahmen',
  files: 'Modelle, Datensätze und Einstellungen',
}

export const ago: Translated<typeof AGO_WORDS> = {
  now: 'gerade eben',
  span: (time) => `vor ${time}`,
  days: (n) => `vor ${plural(n, 'Tag', 'Tagen')}`,
}

export const german: Translated<typeof careTexts> = {
  markWord: 'Sicherung',
  mark: (warning) => `Sicherungen: ${warnings[warning]}`,
  imageRemoved: 'Das Bild wird nicht mehr aufbewahrt',

  backups: {
    title: 'Sicherungen',
    ofDepartment:
      'Der Bestand liegt in der Datenbank der Abteilung. Sie wird mit den Mitteln von PostgreSQL gesichert, und nach ihr der gemeinsame Ordner; Gyrus macht davon keine Sicherung (docs/department.md).',
    warnings,
    where: 'Wohin',
    nowhere: 'nicht festgelegt',
    daily: 'täglich eine',
    notDaily: 'keine von selbst',
    byCommand: (isSet) =>
      `Eine Seite im Browser darf keinen Ordner nennen. ${isSet ? 'Ein anderer' : 'Er'} wird auf der Kommandozeile dieses Rechners festgelegt:`,
    choose: 'Ordner wählen…',
    change: 'Ordner ändern…',
    stop: 'Tägliche Sicherung beenden',
    stopped: 'Es wird nicht mehr von selbst gesichert.',
    chosen: 'Sicherungen gehen ab jetzt dorthin, täglich eine.',
    kept: 'Behalten',
    days: 'neueste Tage',
    weeks: 'neueste Wochen',
    save: 'Speichern',
    saved: 'Gespeichert. Die nächste Sicherung richtet sich danach.',
    newest: 'Neueste',
    none: 'noch keine',
    database: 'Datenbank',
    looks: {
      whole: (at) => `in Ordnung beim Start von Gyrus, ${at}`,
      part: (at) =>
        `in Ordnung beim Start von Gyrus, ${at}, soweit geprüft: Sie ist groß, und jede Sicherung prüft sie ganz`,
      none: (at) => `neu angelegt beim Start von Gyrus, ${at}`,
    },
    now: 'Jetzt sichern',
    nowNeedsFolder: 'Legen Sie erst einen Ordner fest.',
    running: { backup: 'Sicherung läuft', verify: 'Prüfung einer Sicherung läuft' },
    stage: (stage, done, total) =>
      `${stages[stage] ?? stage}${total > 0 ? `: ${number(done)} von ${number(total)}` : ''}`,
    list: 'Sicherungen, die der Bestand kennt',
    columns: {
      made: 'Gemacht',
      size: 'Größe',
      content: 'Enthält',
      state: 'Zustand',
      path: 'Ort',
      acts: 'Was getan werden kann',
    },
    holds: (n, lost) => (lost > 0 ? `${aufnahmen(n)}, ${number(lost)} vorher verloren` : aufnahmen(n)),
    holdsHelp:
      'Gespeicherte Aufnahmen sind Dateien. Ein mehrfach geöffnetes Bild ist einmal gespeichert, und ein fehlgeschlagener Fall oder einer, dessen Bild entfernt wurde, hat vielleicht keines: So können es weniger Aufnahmen als Fälle sein.',
    away: 'nicht erreichbar',
    unverified: 'in Ordnung, als sie gemacht wurde',
    sound: (at) => `in Ordnung, geprüft ${at}`,
    unsound: (at) => `nicht in Ordnung, ${at}`,
    verify: 'Prüfen',
    verifyOf: (at) => `Sicherung vom ${at} prüfen`,
    verifyHint:
      'Liest alles noch einmal, was eine Wiederherstellung braucht: Datenbank, Protokoll, jede Aufnahme und Datei',
    restore: 'Wiederherstellen…',
    restoreOf: (at) => `So wird die Sicherung vom ${at} wiederhergestellt`,
    restoreText:
      'Schließen Sie Gyrus, und führen Sie dann dies auf seinem Rechner aus. Erst wird die ganze Sicherung geprüft; der vorhandene Datenordner wird beiseitegelegt, und nichts wird gelöscht. Was nach der Sicherung getan wurde, ist nicht darin.',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    selected: 'Ausgewählt; kopieren Sie es mit Strg+C.',
  },

  encryption: {
    title: 'Verschlüsselung',
    on: 'Der Bestand ist auf der Platte verschlüsselt: Datenbank, gespeicherte Aufnahmen, Datensätze und Sicherungen. Ohne Passphrase oder Wiederherstellungscode kann ihn niemand lesen.',
    off: 'Der Bestand liegt unverschlüsselt auf der Platte. Wer die Platte bekommt, kann ihn lesen, sofern sie nicht selbst verschlüsselt ist.',
    turnOn:
      'Schließen Sie Gyrus, und verschlüsseln Sie den Bestand dann mit einer Passphrase auf der Kommandozeile dieses Rechners:',
    change: 'Eine andere Passphrase wird auf der Kommandozeile dieses Rechners gewählt:',
  },

  retention: {
    title: 'Wie lange Fälle aufbewahrt werden',
    text: 'Aus, bis Sie es einstellen. Von dem, was geht, bleibt ein Vermerk (was es war, wann und nach welcher Regel es ging), und das Audit-Protokoll bleibt ganz. Eine Löschsperre behält, was sie umfasst.',
    imagesOn: 'Bilder signierter Fälle entfernen',
    months: 'Monate nach der Signatur',
    casesOn: 'Signierte Fälle löschen',
    years: 'Jahre nach der Signatur',
    unsigned: 'auch nie signierte Fälle, ebenso viele Jahre nach der letzten Beurteilung',
    save: 'Speichern…',
    saved: 'Die Regeln sind gesetzt. Sie werden ab morgen täglich ausgeführt.',
    off: 'Die Regeln sind aus: Alles wird aufbewahrt.',
    none: 'Alles wird aufbewahrt: Es ist keine Regel gesetzt.',
    imagesRule: (months) => `Bilder signierter Fälle gehen ${number(months)} Monate nach der Signatur.`,
    casesRule: (years, unsigned) =>
      `Signierte Fälle gehen ${number(years)} Jahre nach der Signatur; ${unsigned ? 'nie signierte gehen auch' : 'nie signierte bleiben'}.`,
    dry: 'Was ginge jetzt?',
    run: 'Jetzt entfernen…',
    running: (done, total) => `Entfernen: ${number(done)} von ${number(total)} Fällen`,
    last: (at, cases, images) =>
      `Zuletzt ausgeführt ${at}: ${faelle(cases)} gelöscht, ${bilder(images)} anderer Fälle entfernt.`,
    never: 'Noch nicht ausgeführt.',
    clock: 'Das Datum stimmt',
    clockSaid: 'Bestätigt. Die Regeln werden wieder ausgeführt.',
    sureSave: 'Diese Regeln setzen?',
    sureSaveText:
      'Sie werden täglich ausgeführt, zum ersten Mal in 24 Stunden. Was nach ihnen geht, ist nicht zurückzuholen.',
    sureOff: 'Ab jetzt geht nichts nach einer Regel.',
    sureRun: 'Fälliges entfernen?',
    sureRunText: 'Das ist nicht rückgängig zu machen. Sicherungen behalten, was sie enthalten, bis sie selbst gehen.',
    yesSave: 'Setzen',
    yesRun: 'Endgültig entfernen',
    no: 'Abbrechen',
    plan: ({ cases: whole, images: pictures, bytes, files }) => {
      if (whole.cases + pictures.cases === 0) return 'Jetzt ist nichts fällig.'
      const parts = [
        ...(whole.cases > 0 ? [`${faelle(whole.cases)} würden gelöscht`] : []),
        ...(pictures.cases > 0 ? [`Bilder aus ${plural(pictures.cases, 'Fall', 'Fällen')} würden entfernt`] : []),
      ]
      const oldest = [whole.oldest, pictures.oldest].filter((at) => at !== null).sort()[0]
      return `${parts.join(' und ')}: ${dateien(files)}, ${size(bytes)}, Ältestes vom ${oldest?.slice(0, 10)}.`
    },
    held: (n) => `${faelle(n)} fällig, aber durch eine Löschsperre behalten.`,
    unsignedStay: (n) => `${faelle(n)} alt genug, aber behalten: nie signiert.`,
  },

  holds: {
    title: 'Löschsperren',
    none: 'Es gilt keine Löschsperre. Eine wird unten für einen Patienten oder Fall gesetzt.',
    noneShort: 'Es gilt keine Löschsperre.',
    columns: { whose: 'Behält', since: 'Seit', by: 'Von', reason: 'Grund', acts: 'Was getan werden kann' },
    patient: (id, n) => `Patient ${id}: ${faelle(n)} und spätere`,
    case: (code) => `Fall ${code}`,
    lift: 'Aufheben…',
    liftOf: (whose) => `Sperre aufheben: ${whose}`,
    liftTitle: 'Diese Löschsperre aufheben?',
    liftText: (whose) => `Danach kann gelöscht werden und unterliegt den Regeln: ${whose}.`,
    liftYes: 'Sperre aufheben',
    lifted: 'Die Sperre ist aufgehoben.',
    placeTitle: 'Löschsperre setzen?',
    placeText: (whose) => `Bis zur Aufhebung wird nichts gelöscht und nichts nach einer Regel entfernt: ${whose}.`,
    placeYes: 'Sperre setzen',
    placed: 'Die Sperre gilt.',
    reason: 'Grund',
    reasonHint: 'Wird mit der Sperre aufbewahrt und mit dem Fall gelöscht.',
  },

  patient: {
    title: 'Alles von einem Patienten',
    label: 'Patienten-ID, oder Code oder ID eines Falls',
    find: 'Nachsehen',
    whose: (id) => `Patient ${id}`,
    case: (code) => `Fall ${code}`,
    heading: (whose) => whose,
    nothing: 'Alles davon wurde schon gelöscht.',
    there: (n, signed, from, until) =>
      `${faelle(n)}, ${number(signed)} signiert, eingegangen ${from === until ? from : `${from} bis ${until}`}.`,
    images: (n, bytes) => (n === 0 ? 'Keine gespeicherten Bilder.' : `${bilder(n)}, ${size(bytes)}.`),
    erasedBefore: (n) => `${faelle(n)} schon gelöscht.`,
    held: (n) => `${number(n)} unter Löschsperre: nicht zu löschen, bevor sie aufgehoben ist`,
    unfinished: (n) => `${number(n)} noch in Auswertung: danach zu löschen`,
    export: 'Exportieren (ZIP)',
    exportHint:
      'Alles, was der Bestand hat, als JSON, mit den gespeicherten Dateien. Dass exportiert wurde, steht im Protokoll.',
    hold: 'Sperre setzen…',
    erase: 'Löschen…',
    eraseTitle: (whose) => `Alles löschen: ${whose}`,
    goes: 'Endgültig gelöscht',
    goesTexts: (n) =>
      `aus ${plural(n, 'Fall', 'Fällen')}: Name, ID, Studiendatum, Beschreibung, Dateinamen, Kommentare, Begründungen, Einzelheiten von Fehlern`,
    goesImages: (n, bytes) => `${bilder(n)} (${size(bytes)})`,
    stays: 'Bleibt',
    staysRows: 'Klassen, Konfidenzen, Beurteilungen, und wer wann was tat; das Audit-Protokoll bleibt ganz',
    staysTombs: (n) =>
      `${plural(n, 'Vermerk', 'Vermerke')} der Löschung: dass ein Fall gelöscht wurde, wann, von wem, und der SHA-256 der Begründung`,
    staysShared: (n) => `${bilder(n)}, die auch andere Fälle haben`,
    staysBackups: 'frühere Sicherungen, bis sie nach ihrer Regel gehen; sie werden danach genannt',
    reason: 'Begründung',
    reasonHint: 'Nur ihr SHA-256 wird festgehalten. Bewahren Sie den Wortlaut bei den Unterlagen des Antrags auf.',
    goOn: 'Weiter…',
    back: 'Zurück zur Begründung',
    sure: (what, n, files) =>
      `Das ist nicht rückgängig zu machen. Um ${faelle(n)} und ${bilder(files)} endgültig zu löschen, geben Sie ${what} ein:`,
    sureLabel: (what) => `${what} eingeben`,
    eraseNow: 'Endgültig löschen',
    doneTitle: 'Gelöscht',
    done: (n, files) => `${faelle(n)} und ${dateien(files)} gelöscht.`,
    doneReason: ({ salt, sha256 }) => `Die Begründung ist festgehalten als ${sha256}, mit dem Salt ${salt}`,
    doneClear: (n) =>
      `${plural(n, 'Eintrag', 'Einträge')} des Audit-Protokolls ${n === 1 ? 'sagt' : 'sagen'} noch etwas davon im Klartext und ${n === 1 ? 'kann' : 'können'} sich nicht ändern.`,
    doneBackups: 'Sicherungen, die es noch enthalten',
    doneDatasets: 'Eingefrorene Datensätze, die die Kopie einer Datei enthalten',
    doneBatches: 'Stapel, deren Name oder Ordner den Patientennamen verraten können',
    doneShared: (n) => `${faelle(n)} anderer mit einer der Dateien, die dafür bleibt.`,
    notReachable: 'jetzt nicht erreichbar',
    close: 'Schließen',
  },
}

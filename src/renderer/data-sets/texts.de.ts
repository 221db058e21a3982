import type { SplitName } from '../../shared/dataset.ts'
import type { DatasetOrigin } from '../../shared/frozen-dataset.ts'
import { fixed, type Translated } from '../../shared/language.ts'
import { foreign, number, plural } from '../format.ts'
import type { dataSetTexts } from './texts.ts'

const bilder = (n: number) => plural(n, 'Bild', 'Bilder')
const gruppen = (n: number) => plural(n, 'Gruppe', 'Gruppen')
const sides: Record<SplitName, string> = { training: 'Training', validation: 'Validierung', testing: 'Test' }
const percent = (share: number) => `${fixed(share * 100, 1)} %`

function origin(from: DatasetOrigin): string {
  switch (from.kind) {
    case 'files':
      return foreign(from.path)
    case 'browser':
      return `${foreign(from.folder)}${from.table === null ? '' : `, Tabelle ${foreign(from.table)}`} (von einem Browser übergeben)`
    case 'signed':
      return from.since === null ? 'Signierte Fälle' : `Fälle, signiert seit ${from.since}`
    case 'curated':
      return `Version ${from.version}, überarbeitet: ${bilder(from.dropped)} weggelassen, ${number(from.moved)} verschoben, ${number(from.merged ?? 0)} anderen Patienten zugeordnet`
  }
}

export const german: Translated<typeof dataSetTexts> = {
  title: 'Datensätze',
  images: bilder,
  origin,
  list: {
    caption: 'Datensätze und ihre Versionen',
    set: 'Datensatz und Version',
    at: 'Importiert',
    by: 'Von',
    unreadable: 'Unlesbar',
    from: 'Aus',
    total: 'Bilder',
    import: 'Datensatz importieren',
    empty: 'Noch gibt es keinen Datensatz.',
    emptyText:
      'Ein Datensatz besteht aus Bildern mit Klassen, die in Gyrus kopiert und als Version eingefroren werden. Auf solchen Versionen, die sich nie ändern, werden Modelle trainiert und gemessen.',
    noAccount: 'Die Administration kann einen importieren.',
    loading: 'Datensätze werden geladen…',
    intro: 'Jede Version ist eingefroren: Eine Änderung ergibt die nächste.',
  },
  importing: {
    running: (name) => `${name} wird importiert`,
    step: (done, total) => (total === 0 ? 'Dateien werden gezählt…' : `${number(done)} von ${number(total)}`),
    goesOn: '– läuft weiter, während Sie anderes tun.',
    dismiss: 'Schließen',
    open: 'Öffnen',
    created: (set) => `Importiert als ${set}.`,
    same: (set) => `Nichts Neues: ${set} hat genau dieselben Bilder und Klassen. Es entstand keine Version.`,
    cancelled: (name) => `Der Import von ${name} wurde abgebrochen. Es entstand keine Version.`,
    failed: (name) => `${name} wurde nicht importiert.`,
  },
  wizard: {
    title: 'Datensatz importieren',
    source: 'Woher die Bilder kommen',
    folder: 'Ein Ordner mit Bildern nach Klassen',
    folderHint:
      'Ein Ordner je Klasse, unter Training und Testing oder ganz oben; oder eine CSV-Tabelle mit ihren Bildern daneben.',
    signed: 'Signierte Fälle dieses Gyrus',
    signedHint:
      'Mit der zuletzt signierten Beurteilung. Wo zwei Befunder abwichen, nur was ein Drittbefund entschied; was auf einen weiteren Befund wartet, bleibt außen vor.',
    since: 'Signiert seit (leer: alle)',
    name: 'Name des Datensatzes',
    nameHint: 'Kleinbuchstaben, Ziffern und „-“, „_“ oder „.“ dazwischen. Derselbe Name ergibt die nächste Version.',
    choose: 'Ordner wählen…',
    another: 'Anderen Ordner wählen…',
    chosen: (name, files) =>
      files === null ? foreign(name) : `${foreign(name)}: ${plural(files, 'Datei', 'Dateien')} zu übergeben`,
    handingOver: 'Dateien werden übergeben',
    handed: (done, total) => `${number(done)} von ${number(total)} übergeben`,
    refused: (n) => `${plural(n, 'Datei wurde', 'Dateien wurden')} nicht angenommen:`,
    stop: 'Anhalten',
    looking: 'Sieht nach, was darin ist…',
    labels: 'Klassen aus',
    byFolders: 'den Namen der Ordner',
    byTable: (table) => `der Tabelle ${foreign(table)}`,
    patients: 'Patienten aus',
    noPatients: 'nirgends: Patienten sind unbekannt',
    classes: 'Was seine Namen bedeuten',
    found: 'Name im Datensatz',
    means: 'Klasse in Gyrus',
    meansOf: (name) => `Klasse von ${foreign(name)}`,
    choice: 'Wählen…',
    skip: 'Weglassen',
    unsided: 'Keine Seite',
    unknown: (n) =>
      n === 1
        ? 'Einen Namen kennt Gyrus nicht. Sagen Sie, was er bedeutet.'
        : `${n} Namen kennt Gyrus nicht. Sagen Sie, was sie bedeuten.`,
    summary: (n) => `${bilder(n)} zu kopieren und einzufrieren.`,
    cancel: 'Abbrechen',
    start: 'Importieren',
    empty: 'In diesem Ordner ist kein Bild und keine CSV-Tabelle.',
  },
  version: {
    back: 'Alle Datensätze',
    frozen: 'Eingefroren: ändert sich nie',
    parts: { content: 'Inhalt', audit: 'Überschneidungen', compare: 'Vergleichen' },
    partsLabel: 'Teile dieses Datensatzes',
    importedAt: (at, by) => `Importiert ${at} von ${foreign(by)}`,
    from: 'Aus',
    hash: 'Dateien (SHA-256)',
    contentHash: 'Dateien und Klassen (SHA-256)',
    patients: 'Bekannte Patienten',
    inTwo: (n) => `${plural(n, 'Patient hat', 'Patienten haben')} Bilder zweier Klassen`,
    total: 'Bilder',
    unreadable: 'Unlesbare Dateien',
    noUnreadable: 'Alle Dateien waren lesbar.',
    file: 'Datei',
    reason: 'Grund',
    more: (n) => `und ${number(n)} weitere`,
    problems: 'Was dem Training im Weg steht',
    noProblems: 'Dem Training steht nichts im Weg.',
    sizes: 'Bildgrößen',
    size: 'Größe, px',
    moreSizes: (n) => `und ${plural(n, 'weitere Größe', 'weitere Größen')}`,
    chart: 'Bilder je Klasse, nach Seite',
    chartAll: 'Bilder je Klasse',
    class: 'Klasse',
    sides,
    noSide: 'Keine Seite',
    samples: 'Musterbogen',
    samplesText: 'Einige Bilder jeder Klasse, über den ganzen Datensatz verteilt.',
    noneOf: 'Keine Bilder',
    noPicture: 'nicht darstellbar',
    map: 'Zugeordnete Namen',
    path: 'Liegt unter',
  },
  audit: {
    text: 'Sucht Kopien von Bildern, auch verkleinerte, gespiegelte oder gedrehte, und Patienten, die auf zwei Seiten liegen. Mit solchen Überschneidungen sagt ein Ergebnis auf den Testbildern wenig über neue Patienten.',
    run: 'Prüfung starten',
    again: 'Noch einmal prüfen',
    none: 'Diese Version wurde noch nicht durchsucht.',
    running: (stage, done, total) => {
      const name = stage === 'reading' ? 'Bilder werden gelesen' : 'Bilder werden verglichen'
      return total === 0 ? `${name}…` : `${name}: ${percent(done / total)}`
    },
    other: (set) => `${set} wird gerade durchsucht.`,
    label: 'Prüfung auf Überschneidungen',
    cancel: 'Abbrechen',
    failed: 'Die Prüfung blieb ohne Ergebnis.',
    at: (at, by) => `Durchsucht ${at} von ${foreign(by)}`,
    counted: 'Was gefunden wurde',
    exact: 'Exakte Kopien',
    near: 'Fast-Kopien, exakte eingeschlossen',
    across: 'Gruppen von Kopien auf zwei Seiten',
    labels: 'Gruppen von Kopien mit zwei Klassen',
    test: 'Testbilder mit Fast-Kopie auf einer anderen Seite',
    asIs: 'Dasselbe, wie sie sind: weder zugeschnitten noch gedreht',
    patients: 'Patienten auf beiden Seiten',
    copies: (n, g) => (n === 0 ? 'keine' : `${bilder(n)} in ${plural(g, 'Gruppe', 'Gruppen')}`),
    share: ({ n, of, share }) =>
      share === null ? 'keine Testseite' : `${number(n)} von ${number(of)} (${percent(share)})`,
    onBoth: (n, test) => (n === 0 ? 'keine bekannt' : `${number(n)} (${bilder(test)} zum Testen)`),
    clean: 'Keine Kopie und kein bekannter Patient liegt auf zwei Seiten.',
    leaks: 'Ein Ergebnis auf dieser Testseite sagt wenig über neue Patienten.',
    patientList: 'Welche Patienten',
  },
  groups: {
    title: 'Gruppen von Kopien, Bild für Bild',
    which: { all: 'Alle', sides: 'Auf zwei Seiten', labels: 'Mit zwei Klassen' },
    whichLabel: 'Welche Gruppen',
    none: 'Es gibt keine solchen Gruppen.',
    total: gruppen,
    group: (n, of) => `Gruppe ${number(n)}: ${bilder(of)}`,
    same: 'gleiche Datei',
    like: (correlation) => `r ${fixed(correlation, 3)}`,
    patient: (name) => `Patient ${foreign(name)}`,
    more: (n) => `und ${plural(n, 'weiteres Bild', 'weitere Bilder')} in dieser Gruppe`,
    before: 'Vorige Gruppen',
    next: 'Weitere Gruppen',
    page: (from, to, of) => `${number(from)}–${number(to)} von ${number(of)}`,
    decide: (n) => `Was mit Gruppe ${number(n)} geschieht`,
    decisions: {
      keep: 'Lassen, wie sie ist',
      'keep-one': 'Nur das erste behalten',
      merge: 'Zusammenlegen: alle von einem Patienten',
      drop: 'Alle weglassen',
      training: 'Alle ins Training',
      validation: 'Alle in die Validierung',
      testing: 'Alle in den Test',
    },
    dropOne: 'Weglassen',
    dropOneOf: (file) => `${foreign(file)} weglassen`,
  },
  curate: {
    pending: (n) => plural(n, 'Entscheidung', 'Entscheidungen'),
    effect: (dropped, moved, merged) =>
      `${bilder(dropped)} weggelassen, ${number(moved)} auf eine Seite gelegt, ${number(merged)} zusammengelegt`,
    freeze: (version) => `Als nächste Version von ${version} einfrieren`,
    clear: 'Entscheidungen vergessen',
    sure: (set) =>
      `Aus ${set} entsteht mit diesen Entscheidungen die nächste Version, in der sie vermerkt sind. ${set} selbst bleibt, wie es ist.`,
    title: 'Nächste Version einfrieren',
    yes: 'Einfrieren',
    bulk: 'Für alle Gruppen auf zwei Seiten',
    bulkAct: 'Jeweils nur das erste behalten',
    bulkDone: (n) => `Für ${gruppen(n)} entschieden.`,
  },
  compare: {
    with: 'Vergleichen mit',
    only: 'Es gibt keine andere Version dieses Datensatzes zum Vergleichen.',
    counts: (from, to) => `Was in Version ${to} anders ist als in Version ${from}`,
    same: 'Unverändert',
    kinds: {
      added: 'Hinzugekommen',
      removed: 'Entfernt',
      relabelled: 'Andere Klasse',
      moved: 'Auf anderer Seite',
      regrouped: 'Anderer Patient',
    },
    none: 'Es gibt kein solches Bild.',
    before: 'Vorher',
    after: 'Nachher',
    picture: 'Bild',
    nothing: 'Beide Versionen haben dieselben Bilder mit denselben Klassen, Seiten und Patienten.',
  },
}

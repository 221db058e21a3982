import { percent } from '../../../shared/figure-format.ts'
import type { Translated } from '../../../shared/language.ts'
import { moment } from '../../../shared/moment.ts'
import { labels } from '../../../shared/words.de.ts'
import { number, plural } from '../../format.ts'
import type { resultsTexts } from './texts.ts'

export const german: Translated<typeof resultsTexts> = {
  title: (model) => `Ergebnisse von ${model}`,
  open: 'Ergebnisse',
  toModel: 'Zum Modell',
  loading: 'Ergebnisse werden gelesen…',
  resultOnly: 'Ein Training, dessen Gewichte nicht mit Gyrus kommen: nur seine Ergebnisse.',
  refused: 'Von einem Modell, dessen Ordner nicht ist, was er war, werden keine Ergebnisse gezeigt.',
  none: 'Es wurde noch nicht gemessen.',
  noneHow:
    'Wählen Sie unten einen Datensatz, und messen Sie das Modell darauf: Jedes Bild wird gelesen, und Konfusionsmatrix, Kurven und Kalibrierung erscheinen hier. Es läuft, während Sie befunden, und sagt, wie lange es dauert.',
  noneLook: 'Die Administration kann es auf einem Datensatz messen.',
  which: 'Gemessen an',
  entry: ({ key, origin, at, by }) => {
    if (origin === 'shipped') return 'öffentliche Datensätze, kommt mit Gyrus'
    const when = at ? `, ${moment(at)}` : ''
    const who = by ? `, ${by}` : ''
    return `${origin === 'training' ? 'die Daten seines Trainings' : key}${when}${who}`
  },
  by: (by, at) => `Veranlasst von ${by}, ${moment(at)}.`,
  about: ({ title, data, splitRule, model, weightsSha256, date, evaluation }) =>
    [
      `${model}${weightsSha256.length > 0 ? `, Gewichte ${weightsSha256.map((hash) => hash.slice(0, 12)).join(', ')}` : ''}`,
      `gemessen ${date}`,
      `${title}: ${plural(evaluation.n, 'Bild', 'Bilder')}`,
      data,
      splitRule,
    ].join('\n'),

  reference: 'Auf dem Referenzdatensatz, bei der Prüfung',
  referenceText:
    'Die Prüfung behält nur diese Zahlen. Um auch Matrix, Kurven und Bilder zu sehen, messen Sie das Modell unten auf diesem Datensatz.',

  first: 'Wie oft es einen Tumor übersieht',
  headline: (share, n, of) =>
    `${percent(share)} der Tumoren werden „kein Tumor“ genannt: ${number(n)} von ${number(of)}`,
  alarms: (share, n, of) =>
    `${percent(share)} der Bilder ohne Tumor werden Tumor genannt: ${number(n)} von ${number(of)}`,
  columns: 'Hauptzahlen, danach, wie die Bilder vom Training getrennt wurden',
  columnsText:
    'Was ein Modell auf Bildern seiner eigenen Patienten oder deren Kopien zeigt, sagt wenig über neue: Sehen Sie zuerst auf „Patienten getrennt“. Neben jeder Zahl ihr 95-%-Intervall; zeigen Sie auf eine Zahl, oder gehen Sie mit Tab dorthin, um zu sehen, aus welchen Daten, von welchem Modell und wann.',
  figure: 'Kennzahl',
  choose: (title) => `Bilder und Kurven von „${title}“ zeigen`,
  rows: {
    tumourCalledNone: 'Tumoren als „kein Tumor“',
    counted: '… Bilder',
    groupMean: '… Mittel über Patienten oder Gruppen',
    noneCalledTumour: '„Kein Tumor“ als Tumor',
    macroRecall: 'Makro-Recall',
    recall: (label) => `Recall: ${labels[label]}`,
    accuracy: 'Genauigkeit',
    auroc: 'AUROC, Tumor gegen keinen',
    ece: 'Kalibrierungsfehler (ECE, 15 Klassen)',
    surest: 'Fehler unter den sichersten 95 %',
    n: 'Bilder',
  },
  of: (n, of) => `${number(n)} von ${number(of)}`,
  exact: '† Exaktes Intervall, Bilder unabhängig: Wo alle oder keine getroffen wurden, zeigt Ziehen keine Streuung.',
  missing: {
    'without-copies': 'Ohne Fast-Kopien: nicht gemessen. Es braucht einen Datensatz mit einer Testseite.',
    'patients-apart':
      'Patienten getrennt: nicht gemessen. Trainieren Sie mit Aufteilung nach Patienten, und halten Sie einen Teil zurück; dessen Modell zeigt hier, was es nie sah.',
  },

  matrix: 'Konfusionsmatrix',
  matrixText:
    'Zeilen: der wahre Befund. Spalten: wie das Modell ihn nannte. Öffnen Sie eine Zelle, um ihre Bilder zu sehen.',
  truth: 'Wahr',
  called: 'Genannt',
  cell: (truth, called, n) => `${n === 1 ? 'Bild' : 'Bilder'}: ${truth}, genannt ${called}`,
  missedCell: ', ein übersehener Tumor',
  noMatrix: 'Von diesen Bildern ist nur „Tumor“ bekannt: Es gibt keine Konfusionsmatrix.',
  images: {
    missed: (n) => `Tumoren als „kein Tumor“, einzeln: ${number(n)}`,
    errors: (n) => `Alle Fehler: ${number(n)}`,
    cell: (truth, called, n) => `${labels[truth]}, genannt ${labels[called]}: ${number(n)}`,
  },
  showMissed: 'Übersehene Tumoren',
  showErrors: 'Alle Fehler',
  nothing: 'Es gibt keine.',
  surest: 'Die sichersten zuerst.',
  from: (from, to, total) => `${number(from)}–${number(to)} von ${number(total)}`,
  before: 'Vorige Bilder',
  next: 'Nächste Bilder',
  is: (truth) => `Ist: ${truth === null ? 'Tumor, Art unbekannt' : labels[truth]}`,
  says: (called) => `Sagt: ${labels[called]}`,
  said: (probabilities, about) =>
    `${Object.entries(labels)
      .map(([label, name]) => `${name} ${percent(probabilities[label as keyof typeof labels])}`)
      .join('\n')}\n\n${about}`,
  noPictures: (hash) =>
    `Keine Bilder: Der Datensatz, an dem gemessen wurde, ist nicht hier. Importieren Sie ihn unter „Datensätze“ mit denselben Dateien${hash ? ` (Hash ${hash.slice(0, 12)})` : ''}, um sie zu sehen.`,
  noPicture: 'kein Bild hier',
  lost: (n) =>
    `${plural(n, 'Bild ist', 'Bilder sind')} nicht darstellbar: Dateien des Datensatzes wurden verschoben oder geändert. Importieren Sie ihn erneut aus seiner Quelle; das stellt seine Kopien wieder her.`,
  four: 'Vier zufällige',
  fourText:
    'Irgendwelche vier der Bilder, jedes gleich wahrscheinlich, mit dem wahren Befund und dem, was das Modell sagt.',
  again: 'Neu ziehen',
  right: 'richtig',
  wrong: 'falsch',

  curves: 'Kurven',
  tumourRoc: 'ROC: Tumor jeder Art gegen keinen',
  tumourPr: 'Precision und Recall: Tumor jeder Art gegen keinen',
  classRoc: (title) => `ROC, jede Klasse gegen die anderen: ${title}`,
  classPr: (title) => `Precision und Recall, jede Klasse gegen die anderen: ${title}`,
  falsePositives: '1 − Spezifität',
  sensitivity: 'Sensitivität',
  recall: 'Recall',
  precision: 'Precision',
  enlarge: 'Ecke vergrößern',
  reliability: (title) => `Zuverlässigkeit: wie oft Antworten einer Konfidenz richtig sind: ${title}`,
  reliabilityText:
    'Auf der gestrichelten Linie ist die Konfidenz, was sie sagt. Balken: exakte 95-%-Intervalle, Bilder als unabhängig genommen; je größer ein Punkt, desto mehr Bilder.',
  served: 'Wie im Einsatz',
  untempered: 'Vor der Temperaturskalierung',
  confidence: 'Konfidenz',
  rightShare: 'Richtig',
  risk: 'Risiko und Abdeckung: Fehler unter den Bildern, bei denen es am sichersten ist',
  kept: 'Behaltene Bilder',
  errors: 'Fehler darunter',
  classes: 'Jede Klasse gegen die anderen',
  classColumns: {
    label: 'Klasse',
    images: 'Bilder',
    recall: 'Recall',
    precision: 'Precision',
    specificity: 'Spezifität',
    f1: 'F1',
    auroc: 'AUROC',
    auprc: 'AUPRC',
  },
  mean: 'Mittel der Klassen',
  calibration: 'Kalibrierung, Schwellen, Enthaltung und konforme Mengen',
  score: 'Maß',
  scores: {
    ece: 'ECE, 15 gleich breite Klassen',
    eceAdaptive: 'ECE, 15 gleich große Klassen',
    nll: 'NLL, nats',
    brier: 'Brier, 0–2',
    aurc: 'AURC',
    kept: (coverage) => `Fehler, wenn ${Math.round(100 * coverage)} % der Bilder behalten werden`,
    sets: (share) => `Konforme Mengen mit dem wahren Befund (${Math.round(100 * share)} % verlangt)`,
    size: 'Mittlere Zahl der Klassen in einer konformen Menge',
    setFor: (wanted) => `Sensitivität an der Schwelle für ${Math.round(100 * wanted)} % Spezifität`,
    gave: '… Spezifität, die sie ergab',
    threshold: '… Schwelle auf 1 − p(kein Tumor), eine je Teil',
  },
  shortcuts: 'Hat es recht, ohne den Tumor zu sehen?',
  shortcutColumns: { what: 'Genauigkeit', value: 'Gefunden', n: 'Bilder' },
  shortcutRows: {
    traits: 'Nur Ränder, Grauwerte und Dateimerkmale, ohne Anatomie',
    headHidden: 'Dieses Modell mit verdecktem Kopf (sollte nahe am Zufall sein)',
    whole: 'Umrandete Tumoren, wie sie sind',
    tumourHidden: '… mit verdecktem Tumor (sollte fallen)',
    elsewhere: '… ebenso viel anderswo verdeckt',
  },
  sources: 'Was gemessen wurde, womit und wann',
  source: {
    data: 'Daten',
    hash: 'Daten-Hash',
    splitRule: 'Getrennt nach',
    seen: 'Im Training gesehen',
    limits: 'Schwellen und Grenzen aus',
    model: 'Modell',
    weights: 'Gewichte',
    date: 'Gemessen am',
    intervals: 'Intervalle',
  },
  drawn: (unit, units, resamples) =>
    `95 %, ${unit === 'group' ? plural(units, 'Patient oder Gruppe', 'Patienten oder Gruppen') : `${plural(units, 'Bild', 'Bilder')} einzeln`}, ${number(resamples)}-mal gezogen`,
}

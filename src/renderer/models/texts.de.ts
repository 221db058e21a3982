import type { Finding } from '../../shared/gate.ts'
import { decimals, fixed, type Translated } from '../../shared/language.ts'
import type { WorkKind } from '../../shared/model-work.ts'
import { moment } from '../../shared/moment.ts'
import { criteria, labels } from '../../shared/words.de.ts'
import { milliseconds, number, plural } from '../format.ts'
import { percent } from './figures.ts'
import type { modelTexts } from './texts.ts'

const bilder = (n: number) => plural(n, 'Bild', 'Bilder')
const ausBildern = (n: number) => plural(n, 'Bild', 'Bildern')

const work: Record<WorkKind, (models: string[], set: string | null) => string> = {
  activate: ([model]) => `${model} wird für den Einsatz geprüft`,
  judge: ([model]) => `${model} wird auf Probe geprüft`,
  'roll-back': () => 'Rückkehr zum vorigen Modell',
  lock: (_, set) => `${set} wird als Referenzdatensatz festgelegt`,
  compare: ([first, second], set) => `${first} und ${second} werden auf ${set} verglichen`,
  evaluate: ([model], set) => `${model} wird auf ${set} gemessen`,
}

const written = (value: number | string | null): string => {
  if (value === null) return 'nicht bekannt'
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : decimals(value.toPrecision(3))
}
const names: Record<string, string> = labels
const labelNames = (listed: string): string =>
  listed
    .split(', ')
    .map((label) => names[label] ?? label)
    .join(', ')
const inWords = ({ criterion }: Finding, value: Finding['found']): string => {
  if (criterion === 'labels') return labelNames(String(value))
  const plain = ['golden-images', 'labels', 'reference-images', 'ece'].includes(criterion)
  return typeof value === 'number' && !plain ? percent(value) : written(value)
}
const comparisons: Record<Exclude<Finding['comparison'], 'same'>, string> = {
  'at-least': 'mindestens',
  'at-most': 'höchstens',
}

export const german: Translated<typeof modelTexts> = {
  leaderboard: 'Modelle und Ergebnisse',
  leaderboardText:
    'Zahlen von verschiedenen Bildern sind nicht vergleichbar: nur die auf dem Referenzdatensatz sind es, und die stehen vorn. Zeigen Sie auf eine Zahl, oder gehen Sie mit Tab dorthin, um zu sehen, aus welchen Daten, von welchem Modell und wann.',
  columns: {
    model: 'Modell',
    made: 'Gemacht',
    n: 'Gemessen an',
    macroRecall: 'Makro-Recall',
    accuracy: 'Genauigkeit',
    tumourCalledNone: 'Tumor als „kein Tumor“',
    shortcuts: 'Ebenso, andere Sequenzen',
    reference: 'Referenzdatensatz',
    speed: 'Tempo hier',
    size: 'Größe',
    state: 'Status',
  },
  images: bilder,
  active: 'Aktiv',
  origins: { shipped: 'kommt mit Gyrus', registered: 'hier trainiert oder übernommen' },
  resultOnly: 'nur Ergebnis',
  resultOnlyText: 'Seine Gewichte kommen nicht mit Gyrus: Es lässt sich ansehen und nicht in Einsatz nehmen.',
  unusable: 'Nicht verwendbar',
  available: 'Verfügbar',
  measured: ({ name, data, splitRule, n, date }, model) =>
    `${model}, gemessen ${date}\n${name}: ${bilder(n)}\n${data}\n${splitRule}`,
  onReference: (set, n, model, at) => `${model} auf dem Referenzdatensatz ${set}: ${bilder(n)}, ${moment(at)}`,
  judgedAlone: (model, at) => `${model} auf seinen Prüfbildern, ohne Referenzdatensatz, ${moment(at)}`,
  notMeasured: 'nicht gemessen',
  shortcutsOnly: 'ansehen',
  shortcuts: (model, sensitivity, shortcuts) =>
    [
      `${model}: Sieht es auf den Tumor oder darauf, woher das Bild kommt?`,
      ...sensitivity.map((one) => {
        const means = typeof one.groupMean === 'number' ? `, ${percent(1 - one.groupMean)} im Mittel über Gruppen` : ''
        return `Tumoren in anderen Sequenzen als „kein Tumor“: ${percent(1 - one.sensitivity)} von ${ausBildern(one.n)}${means}; ${one.data}, ${one.date}`
      }),
      ...shortcuts.map(
        (one) => `${one.name}: ${percent(one.value)} von ${ausBildern(one.n)}; ${one.data}, ${one.date}`,
      ),
    ].join('\n'),
  notOnReference: 'noch nicht geprüft',
  noReference: 'keiner festgelegt',
  interval: (range) => `95 %: ${range}`,
  speed: (ms) => `${milliseconds(ms)} / Bild`,
  speedOf: (model, n, at) =>
    `${model} auf diesem Rechner, mit Dekodieren: ${bilder(n)}, bei der Prüfung gelesen, ${moment(at)}`,
  sizeOf: (model) => `Gewichte von ${model}, wie sie auf der Platte liegen`,
  compareTitle: 'Zwei Modelle vergleichen',
  first: 'Erstes Modell',
  second: 'Zweites Modell',
  compare: 'Vergleichen',

  plan: 'Änderungsplan',
  planTitle: 'Änderungsplan bearbeiten',
  planText:
    'Was ein Modell zeigen muss, bevor es benutzt werden darf. Legen Sie ihn vor dem Training fest: Wer die Latte erst bei bekanntem Ergebnis legt, täuscht sich selbst. Jede Änderung steht im Audit-Protokoll.',
  planChange: 'Ändern…',
  planFields: {
    reference: 'Referenzdatensatz',
    macroRecallMargin: 'Makro-Recall: wie weit unter dem aktiven Modell',
    recallFloor: 'Recall jeder Klasse, mindestens',
    eceCeiling: 'Kalibrierungsfehler (ECE), höchstens',
    tumourCalledNoneCeiling: 'Tumoren als „kein Tumor“, höchstens',
    shadow: 'Letzte signierte Fälle, noch einmal gelesen',
    shadowCases: 'Fälle',
    shadowMargin: 'Übereinstimmung: wie weit unter dem aktiven Modell',
    twoPersons: 'Nötige Personen, um ein Modell in Einsatz zu nehmen',
  },
  planHints: {
    macroRecallMargin: 'In Prozentpunkten. 0: Es muss mindestens so gut sein.',
    recallFloor: 'Der Anteil jeder Klasse, den es auf dem Referenzdatensatz finden muss.',
    eceCeiling: 'Wie weit seine Konfidenzen von der Wirklichkeit abweichen dürfen, von 0 bis 1.',
    tumourCalledNoneCeiling: 'In Prozent der Tumoren des Referenzdatensatzes.',
    shadow:
      'Beide Modelle lesen die letzten hier signierten Fälle; das neue muss mit den Befundern etwa ebenso oft übereinstimmen. Die Befunder sahen, was das aktive Modell sagte, was dieses begünstigt.',
    twoPersons:
      'Eine Person der Administration schlägt ein Modell vor, eine andere nimmt es in Einsatz. Dieser Plan wird dann auch von zweien geändert. Die Rückkehr bleibt bei einer, damit sie schnell geht.',
  },
  noneLocked: 'Keiner: Nur Prüfbilder und Klassen können geprüft werden.',
  locked: (name, split, n) => `${name}${split === null ? '' : ` (${split})`}, ${bilder(n)}`,
  lock: 'Datensatz festlegen…',
  lockTitle: 'Referenzdatensatz festlegen',
  lockText:
    'Daran werden Modelle ab jetzt geprüft. Er muss von Patienten sein, aus denen kein Modell gelernt hat: Das kann die Prüfung nicht wissen. Seine Dateien und Klassen werden vermerkt, und mit einem geänderten wird nichts geprüft.',
  lockNow: 'Festlegen',
  set: 'Datensatz',
  split: 'Bilder',
  splits: { all: 'alle', training: 'Trainingsseite', validation: 'Validierungsseite', testing: 'Testseite' },
  noSets: 'Noch gibt es keinen eingefrorenen Datensatz. Machen Sie einen unter „Datensätze“.',
  points: 'Prozentpunkte',
  below: (share) => `höchstens ${fixed(100 * share, 1)} Prozentpunkte unter dem aktiven Modell`,
  persons: (two) => (two ? 'zwei aus der Administration' : 'eine aus der Administration'),
  shadowOf: (cases, margin) =>
    `die letzten ${number(cases)}; Übereinstimmung höchstens ${fixed(100 * margin, 1)} Prozentpunkte unter dem aktiven Modell`,
  off: 'nicht verlangt',
  shadowOn: 'Letzte signierte Fälle noch einmal lesen',
  two: 'Zwei Personen',
  saved: 'Der Änderungsplan ist gespeichert.',
  waits: 'Eine andere Person der Administration muss das bestätigen; bis dahin bleibt der Plan, wie er war.',
  planProposed: (by, at) => `${by} hat am ${moment(at)} vorgeschlagen, den Plan zu ändern.`,
  planSame: 'Das ist der Plan, wie er jetzt ist.',
  planConfirm: 'Änderung bestätigen',
  becomes: 'wird',
  save: 'Speichern',

  history: 'Was wann aktiv war',
  historyNone: 'Noch wurde kein Modell in Einsatz genommen: Das mit Gyrus gelieferte antwortet.',
  historyNever: 'Es wurde nie von der Administration in Einsatz genommen.',
  historyColumns: { from: 'Ab', model: 'Modell', how: 'Wie', by: 'Von', why: 'Warum', found: 'Prüfung' },
  kinds: { activation: 'aktiviert', rollback: 'zurückgekehrt' },
  proposedBy: (by) => `vorgeschlagen von ${by}`,
  passed: (n, set) =>
    `${plural(n, 'Kriterium', 'Kriterien')} bestanden${set === null ? ', ohne Referenzdatensatz' : ` auf ${set}`}`,
  rollBack: 'Zurückkehren…',
  rollBackTitle: 'Zum vorigen Modell zurückkehren',
  rollBackText:
    'Ab jetzt liest das Modell vor dem aktiven alle neuen Fälle. Erst werden seine Prüfbilder geprüft. Gelesene Fälle behalten ihre Antworten.',
  rollBackNow: 'Zurückkehren',
  reason: 'Grund',
  reasonHint: 'Steht danach in der Übersicht und im Audit-Protokoll.',

  activate: 'In Einsatz nehmen…',
  activateTitle: (model) => `${model} in Einsatz nehmen`,
  activateText:
    'Es wird nach dem Änderungsplan gegen das aktive Modell geprüft, was Minuten dauern kann; die Befundung geht weiter. Besteht es, liest es alle neuen Fälle.',
  activateNow: 'Prüfen und in Einsatz nehmen',
  propose: 'Vorschlagen…',
  proposeTitle: (model) => `${model} vorschlagen`,
  proposeText: 'Eine andere Person der Administration lässt es dann prüfen und nimmt es in Einsatz.',
  proposeNow: 'Vorschlagen',
  proposed: (model, by, at) => `${by} hat am ${moment(at)} vorgeschlagen, ${model} in Einsatz zu nehmen.`,
  because: (reason) => `Grund: ${reason}`,
  confirm: 'Prüfen und in Einsatz nehmen',
  withdraw: 'Zurückziehen',
  notYours: 'Eine andere Person der Administration muss das bestätigen.',
  judge: 'Auf Probe prüfen',
  judgeHint: 'Geprüft wie zum Einsatz; nichts ändert sich. Es steht im Audit-Protokoll.',
  withoutReference: 'Warum ohne Referenzdatensatz',
  withoutReferenceHint:
    'Es ist kein Referenzdatensatz festgelegt: Nur Prüfbilder und Klassen können geprüft werden. Dies wird festgehalten.',

  working: (status) => {
    const what = work[status.kind](status.models, status.set)
    const { done, total } = status
    return { what, text: total === 0 ? '' : `${number(done)} von ${ausBildern(total)}` }
  },
  askedBy: (by) => `veranlasst von ${by}`,
  cancel: 'Abbrechen',
  outcome: {
    refused: (model) => `${model} hat die Prüfung nicht bestanden. Das aktive Modell bleibt in Einsatz.`,
    tried: (model, passed) =>
      passed ? `${model} würde die Prüfung bestehen.` : `${model} würde die Prüfung nicht bestehen.`,
    activated: (model) => `${model} ist jetzt in Einsatz.`,
    lock: (set) => `${set} ist jetzt der Referenzdatensatz.`,
    lockWaits: (set) =>
      `${set} wurde gelesen. Es wird Referenzdatensatz, wenn eine andere Person der Administration bestätigt.`,
    compare: ([first, second], set) => `${first} und ${second} wurden auf ${set} verglichen.`,
    evaluate: ([model], set) => `${model} wurde auf ${set} gemessen.`,
    failed: 'Das blieb ohne Ergebnis:',
  },
  findings: 'Was die Prüfung ergab',
  findingColumns: { criterion: 'Kriterium', wanted: 'Verlangt', found: 'Gefunden', passed: 'Bestanden' },
  criterion: ({ criterion, label }) =>
    label === null ? criteria[criterion] : `${criteria[criterion]}: ${labels[label]}`,
  wanted: (finding) => {
    const value = inWords(finding, finding.wanted)
    return finding.comparison === 'same' ? value : `${comparisons[finding.comparison]} ${value}`
  },
  found: (finding) => inWords(finding, finding.found),
  dismiss: 'Ausblenden',
  yes: 'ja',
  no: 'nein',
  showReport: 'Bericht speichern',
  showResults: 'Ergebnisse zeigen',
  showComparison: 'Zeigen',

  back: 'Alle Modelle',
  card: 'Modellkarte',
  judgements: 'Bei der Prüfung',
  judgementsNone: 'Es wurde noch nicht geprüft.',
  became: { activated: 'in Einsatz genommen', refused: 'abgelehnt', judged: 'nur auf Probe' },
  measure: 'Auf einem Datensatz messen',
  measureText:
    'Jedes Bild wird gelesen; die Ergebnisse bleiben und sind hier anzusehen. Es gibt auch einen eigenständigen Bericht mit Bildern der schlimmsten Fehler: Speichern Sie ihn dort, wo Bilder liegen dürfen.',
  measureNow: 'Messen',
  unknown: 'Ein solches Modell gibt es hier nicht.',

  compareText: 'Karten nebeneinander; auf einem Datensatz auch, was jedes zu jedem Bild sagt.',
  beside: (first, second) => `${first} neben ${second}`,
  compareOn: 'Auf einem Datensatz vergleichen',
  swap: 'Beide sind dasselbe Modell: Wählen Sie zwei.',
  figure: 'Kennzahl',
  figures: {
    made: 'Gemacht',
    data: 'Trainiert mit',
    size: 'Größe',
    measured: 'Laut Karte gemessen an',
    macroRecall: 'Makro-Recall',
    accuracy: 'Genauigkeit',
    ece: 'Kalibrierungsfehler (ECE)',
    tumourCalledNone: 'Tumoren als „kein Tumor“',
    recall: (label) => `Recall: ${labels[label]}`,
  },
  onSet: (set, n, at, by) => `Auf ${set}: ${bilder(n)}, ${moment(at)}, veranlasst von ${by}`,
  changedCount: (n, corrected, spoilt, still) =>
    `${plural(n, 'Bild ändert sich', 'Bilder ändern sich')}: ${number(corrected)} berichtigt, ${number(spoilt)} verdorben, ${number(still)} vorher und nachher falsch`,
  changes: { corrected: 'Berichtigt', spoilt: 'Verdorben', stillWrong: 'Vorher und nachher falsch' },
  changedColumns: {
    picture: 'Bild',
    image: 'Datei',
    truth: 'Ist',
    first: 'Erstes sagt',
    second: 'Zweites sagt',
    change: 'Änderung',
  },
  noneChanged: 'Beide nennen jedes Bild gleich.',
  notOthers: 'Welche Bilder sich ändern, sehen Administration und Audit.',
  more: (n) => `und ${number(n)} weitere`,
  unreadable: (n) => `${plural(n, 'Bild war', 'Bilder waren')} nicht lesbar.`,
}

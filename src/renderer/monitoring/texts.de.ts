import { fixed, type Translated } from '../../shared/language.ts'
import { ALARM_DAYS } from '../../shared/monitoring.ts'
import { drift, driftOf, figures, heads, interplay, limits, stances } from '../../shared/use-words.de.ts'
import { notSaid } from '../../shared/words.de.ts'
import { number, plural } from '../format.ts'
import { found, todo } from './alarm-texts.de.ts'
import type { monitoringTexts } from './texts.ts'
import { index, percent } from './units.ts'

const faelle = (n: number) => plural(n, 'Fall', 'Fälle')
const antworten = (n: number) => plural(n, 'Antwort', 'Antworten')

export const german: Translated<typeof monitoringTexts> = {
  title: 'Überwachung',
  markWord: (n) => plural(n, 'Alarm', 'Alarme'),
  mark: (n) => `${plural(n, 'Alarm', 'Alarme')} zur KI im Betrieb`,
  alarms: {
    title: 'Alarme',
    found,
    todo,
    none: 'Kein Alarm.',
    from: (model, answers, signed, at) =>
      `Aus ${antworten(answers)} von ${model} in den letzten ${ALARM_DAYS} Tagen, davon ${number(signed)} signiert; geprüft ${at}.`,
    tell: 'Sagen Sie es der Administration: Verwaltung › Überwachung zeigt, für welche Klasse, Quelle und welches Modell.',
    open: 'Überwachung öffnen',
    failed: 'Ob es Alarme gibt, ließ sich nicht feststellen.',
  },
  filters: {
    title: 'Was gezeigt wird',
    span: 'Zeit',
    spans: {
      '12 month': '12 Monate',
      '24 month': '24 Monate',
      '12 week': '12 Wochen',
      '26 week': '26 Wochen',
    },
    model: heads.model,
    source: heads.source,
    scanner: heads.scanner,
    sequence: heads.sequence,
    reader: heads.reader,
    any: 'alle',
    notSaid,
    clear: 'Filter löschen',
  },
  counting: (progress) =>
    progress === null ? 'Zählt…' : `Zählt… ${number(progress.done)} von ${number(progress.total)}`,
  step: { month: heads.month, week: 'Woche ab (UTC)' },
  none: 'In dieser Zeit wurde keine Aufnahme ausgewertet, die zählt.',
  noneText:
    'Öffnen Sie Aufnahmen in der Arbeitsliste. Ihre Antworten zählen hier sofort; Übereinstimmung, Recall und Kalibrierung brauchen signierte Beurteilungen. Die Beispiele zählen nicht: Aus ihnen hat das Modell gelernt.',
  noHits: 'Kein Fall passt in dieser Zeit zu den Filtern.',
  unsigned: (n) =>
    `Noch ist nichts gemessen: Keine von ${antworten(n)} hat eine signierte Beurteilung mit Befund. Bis dahin gibt es nur die Schätzung.`,
  few: (periods, minimum) =>
    `Weniger als ${number(minimum)} signierte Fälle in ${periods.join(', ')}: Lesen Sie dort die Intervalle, nicht die Punkte.`,
  share: (of, n, low, high) => `${number(of)} von ${number(n)}, 95 %: ${Math.round(100 * low)}–${percent(high)}`,
  shareInShort: (of, n, low, high) =>
    `${percent(of / n)} (${number(of)} von ${number(n)}, ${Math.round(100 * low)}–${percent(high)})`,
  percent,
  precise: (share) => fixed(share, 2),
  millisecondsOnly: (ms) => fixed(ms, ms < 10 && !Number.isInteger(ms) ? 1 : 0),
  gigabytesOnly: (bytes) => fixed(bytes / 1e9, bytes < 1e10 && bytes % 1e9 !== 0 ? 1 : 0),
  megabytesOnly: (bytes) => number(Math.round(bytes / 1e6)),
  number,
  index,
  of: faelle,
  chance: (chance, n) => `${faelle(n)}; Zufall allein gibt bis ${index(chance)}`,
  limit: heads.limit,
  charts: {
    inUse: 'Gegen signierte Beurteilungen',
    agreement: figures.agreement,
    measured: heads.measured,
    estimated: heads.estimated,
    recall: figures.recall,
    specificity: figures.specificity,
    missed: figures.missed,
    unjudged: figures.unjudged,
    ece: figures.ece,
    cautions: 'Zweifel',
    underCaution: 'Antworten unter Vorbehalt (Eingangsprüfung, keiner Klasse sicher, oder keine Tumorart führt)',
    cannotTell: figures.cannotTell,
    cases: heads.cases,
    answers: heads.answers,
    signed: heads.signed,
    interplay: interplay.title,
    stances: 'Signierte Beurteilungen',
    stance: stances,
    changed: 'Nach der Antwort gewechselt',
    drift: drift.first,
    trained: drift.trained,
    distances: figures.distance,
    far: figures.far,
    farFrom: 'Fern ab',
    psi: 'Populationsstabilitätsindex (PSI)',
    driftOf,
    machine: heads.machine,
    inference: figures.inferenceMs,
    p50: figures.median,
    p95: figures.faster,
    percentile95: '95 % sind näher',
    restarts: figures.restarts,
    memory: `${figures.memory}, MB`,
    disk: `${figures.disk}, GB`,
    value: heads.value,
  },
  about: {
    estimate:
      'Geschätzt: die mittlere Konfidenz aller Antworten, signiert oder nicht (Kivimäki et al. 2025). Das gilt nur, solange Konfidenzen bei den eingehenden Fällen bedeuten, was sie sagen, und kann nicht sehen, dass sie es nicht mehr tun. Es ist keine Messung.',
    truth:
      'Gemessen: Signierte Beurteilungen gelten als wahr. Befunder sahen vor der Signatur die Antwort, die Übereinstimmung ist also eher zu hoch. Fälle, die auf einen weiteren Befund warten, bleiben außen vor.',
    baseline: (model, n, from, until) =>
      `Gemessen gegenüber den ersten ${number(n)} Antworten von ${model} hier (${from} bis ${until}). Bilder werden gemessen, wie das Netz sie sieht: der Kasten um den Kopf. Übliche Lesart: bis 0,1 keine Änderung, ab 0,25 eine deutliche.`,
    noBaseline: (model, n) =>
      `Drift wird gegenüber den ersten ${number(n)} Antworten von ${model} hier gemessen, und so viele gibt es noch nicht.`,
    part: 'Drift gegenüber den ersten Antworten gilt für alle Fälle eines Modells: Löschen Sie die Filter bis auf das Modell, um sie zu sehen.',
    trained: (model, { data, n, date, confidence, distance }) => [
      `Gemessen gegenüber den ${number(n)} Trainingsbildern von ${model} (${data}), festgehalten ${date}; zur Mischung der Antworten, die fürs Training gewählt wurde, gibt es keinen Index. Was an einem Ort hereinkommt, ist ein Teil dessen, was ein solcher Datensatz von vielen hat: Indizes bis 1,5 sind üblich. Die Größe löst keinen Alarm aus: Das Netz sieht alle Bilder in seiner eigenen, und was das mit ihnen macht, sagen Schärfe und Rauschen.`,
      ...(confidence
        ? [
            `Konfidenz: aus ${number(confidence.n)} Bildern, aus denen das Modell nicht gelernt hat (${confidence.data}).`,
          ]
        : []),
      distance
        ? `Abstand: nach Mahalanobis, der Merkmale des Netzes (Lee et al. 2018); 1 ist das quadratische Mittel der Trainingsbilder. Fern ist, was ferner ist als 95 % von ${number(distance.n)} Bildern, aus denen das Modell nicht gelernt hat (${distance.data}; Median ${fixed(distance.p50, 2)}, 95 % bis ${fixed(distance.p95, 2)}), sodass 5 % fern sind, wo nichts anders ist.`
        : 'Abstand: nach Mahalanobis, der Merkmale des Netzes (Lee et al. 2018); 1 ist das quadratische Mittel der Trainingsbilder. Das Modell hatte keine anderen Bilder, um zu sagen, wie fern fern ist.',
    ],
    notTrained: (model) =>
      `Nicht bekannt: ${model} sagt nicht, wie seine Trainingsbilder waren. Bis ein Modell das tut, gibt es nur die Drift gegenüber den ersten Antworten hier.`,
    noneTrained: (model) => `${model} gab in dieser Zeit keine Antwort, die sich damit vergleichen ließe.`,
    trainedFailed: 'Nicht bekannt:',
    interplay:
      'Zugestimmt und dagegen entschieden: die gültigen Beurteilungen, nach dem Zeitpunkt der Antwort. Gewechselt: Befundungen, die mit einem Ersteindruck vor der Antwort begannen, nach dem Zeitpunkt der Signatur. Richtig ist nur bekannt, wo zwei Befunder abwichen und ein Drittbefund entschied: schwere Fälle, entschieden von jemandem, der die Antwort ebenfalls sah.',
    interplayOpen: 'Nach Befunder: Wie die KI Befunde verändert hat',
    source: (at, models, answers, signed) =>
      `Gezählt ${at} aus dem Bestand dieser Installation: ${antworten(answers)} von ${models}, davon ${number(signed)} signiert. Ein Fall zählt zum Zeitpunkt seiner Antwort; Beispiele, aus denen das Modell gelernt hat, nur, wo sie als Quelle gewählt sind. Intervalle: Wilson-Score, 95 %. ECE: 15 Klassen.`,
    allModels: 'allen Modellen',
  },
  provenance: {
    cases: (filters) =>
      `Daten: Antworten im Bestand dieser Installation${filters.length > 0 ? ` (${filters.join(', ')})` : ''} und die dazu signierten Beurteilungen`,
    model: (name) => `Modell: ${name}`,
    counted: (at) => `Gezählt ${at}`,
    baseline: (n, from, until) => `Gegenüber seinen ersten ${number(n)} Antworten hier, ${from} bis ${until}`,
    training: ({ data, n, date }) => `Gegenüber seinen ${number(n)} Trainingsbildern (${data}), gemessen ${date}`,
    machine: 'Daten: dieser Rechner, beobachtet, während Gyrus läuft, gleich welches Modell liest',
  },
  interplay: {
    caption: 'Was Befunder aus den Antworten machten, über die ganze Zeit',
    of: heads.cases,
    share: 'Anteil',
    right: interplay.right,
    signed: interplay.signed,
    readings: (n) => interplay.readings(number(n), n === 1),
    noReadings: interplay.none,
  },
  tables: {
    models: 'Nach Modell',
    sources: 'Nach Quelle',
    scanners: 'Nach Gerät',
    sequences: 'Nach Sequenz',
    readers: 'Nach Befunder',
    few: 'wenig',
    fewMeans: (minimum) =>
      `wenig: weniger als ${number(minimum)} signierte Beurteilungen mit Befund. Lesen Sie dort die Intervalle, nicht die Anteile.`,
    more: (n) => `Und ${number(n)} weitere mit je weniger Antworten. Jede ist oben wählbar.`,
    columns: {
      name: '',
      answers: heads.answers,
      signed: heads.signed,
      agreement: heads.agreement,
      missed: figures.missed,
      unjudged: heads.unjudged,
      specificity: heads.specificity,
      estimate: heads.estimated,
    },
  },
  monthly: {
    title: 'Ein Monat als PDF',
    text: 'Zahlen mit ihren Intervallen und Fallzahlen, Diagramme über zwölf Monate, Alarme, die bestanden; für alle Modelle, Quellen, Geräte, Sequenzen und Befunder. Wer ihn erstellt hat, steht im Protokoll.',
    month: heads.month,
    soFar: (month) => `${month}, bisher`,
    department: heads.department,
    departmentHint: 'wie sie im Bericht stehen soll',
    save: 'Als PDF speichern',
    making: 'Wird erstellt…',
  },
  limits: {
    title: 'Grenzen der Alarme',
    text: `Betrachtet über die letzten ${ALARM_DAYS} Tage des aktiven Modells. Ein Alarm erscheint bei allen in der Titelleiste. Änderungen stehen im Protokoll.`,
    ...limits,
    minimum: 'Kein Alarm bei weniger Fällen als',
    why: {
      agreement: 'Setzen Sie sie etwas unter das, was die Modellkarte verspricht.',
      missed: 'Der Fehler, der am meisten schadet.',
      unjudged: 'Von zurückgehaltenen Bildern darf ein Modell 2 % ablehnen; fünfmal so viele sind kein Zufall.',
      psi: 'Ab 0,25 hat sich eine Population nach üblicher Lesart geändert; 0,1 ist streng. Was Zufall allein ergeben kann, löst keinen Alarm aus.',
      trainedPsi:
        'Indizes bis 1,5 sind hier üblich: Ein Ort hat einen Teil dessen, was ein Trainingsdatensatz hat. Invertierte oder unscharfe Bilder hatten mehr als 2.',
      far: '5 % sind fern, wo nichts anders ist; dreimal so viele sind kein Zufall.',
      inferenceMs: 'Mehr als eine Sekunde spürt man.',
      diskBytes: 'Eine Aufnahme braucht deutlich unter einem Megabyte, ein Training einige Gigabyte.',
      minimum: 'Anteile weniger Fälle springen: 30 ist das Wenigste, was etwas sagt.',
    },
    units: { percent: '%', ms: 'ms', gigabytes: 'GB', cases: 'Fälle' },
    save: 'Grenzen speichern',
    saved: 'Grenzen gespeichert.',
  },
}

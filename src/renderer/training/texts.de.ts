import { fixed, type Translated } from '../../shared/language.ts'
import { moment } from '../../shared/moment.ts'
import type { TRAINING_STAGES, TrainingNotice } from '../../shared/training.ts'
import type { Advice } from '../../shared/training-advice.ts'
import { labels } from '../../shared/words.de.ts'
import { duration, number, plural } from '../format.ts'
import type { trainingTexts } from './texts.ts'

const stages: Record<(typeof TRAINING_STAGES)[number], string> = {
  reading: 'Datensatz wird gelesen',
  copying: 'Kopieren',
  comparing: 'Kopien werden gesucht',
  preparing: 'Bilder werden vorbereitet',
  training: 'Lernt',
  validating: 'Validierung',
  predicting: 'Fertiges Netz wird gemessen',
}

const percent = (share: number | null | undefined) =>
  share === null || share === undefined ? '–' : `${fixed(100 * share, 1)} %`
const loss = (value: number) => fixed(value, 3)
const bilder = (n: number) => plural(n, 'Bild', 'Bilder')
const ausBildern = (n: number) => plural(n, 'Bild', 'Bildern')
const versuche = (n: number) => plural(n, 'Versuch', 'Versuche')
const listed = (names: string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} und ${number(names.length - 5)} weitere` : names.join(', ')

function notice(told: TrainingNotice): string {
  switch (told.kind) {
    case 'device':
      return `Trainiert auf der ${told.device.toUpperCase()} (${told.engine}).${told.gpuUnused ? ' Das Trainingssystem könnte eine GPU nutzen und fand keine passende.' : ''}`
    case 'split-by-group':
      return 'Kein Patient ist bekannt: Training und Validierung werden nach Gruppen von Fast-Kopien getrennt. Schichten eines Patienten können auf beiden Seiten liegen.'
    case 'split-at-random':
      return 'Zufällig geteilt: Patienten und Kopien liegen auf beiden Seiten. Die Zahlen sind besser, als sie bei neuen Patienten sein werden.'
    case 'patients-in-two-classes':
      return `${plural(told.patients.length, 'Patient hat', 'Patienten haben')} Bilder zweier Klassen; das kann sein, ist aber einen Blick wert: ${listed(told.patients)}.`
    case 'unreadable':
      return `${plural(told.files.length, 'Bild war', 'Bilder waren')} nicht lesbar und blieben weg: ${listed(told.files)}.`
    case 'no-brain':
      return `In ${plural(told.files.length, 'Bild', 'Bildern')} wurde kein Gehirn gefunden; sie gehen ganz ein: ${listed(told.files)}.`
  }
}

function advice(one: Advice): string {
  switch (one.kind) {
    case 'diverged':
      return `Das Training lief nach ${plural(one.epochs, 'Epoche', 'Epochen')} auseinander: Sein Loss war keine Zahl mehr. Trainieren Sie erneut mit kleinerer Lernrate.`
    case 'stopped-early':
      return `Es endete nach ${one.epochs} von ${one.planned} Epochen, weil die Validierung seit Epoche ${one.best} nicht besser wurde; diese Epoche wurde behalten. So soll es sein.`
    case 'overfitting':
      return `Es begann, die Bilder auswendig zu lernen: Von Epoche ${one.best} bis ${one.last} stieg der Validierungs-Loss von ${loss(one.lossBest)} auf ${loss(one.lossLast)}, während der des Trainings auf ${loss(one.trainingLast)} fiel. Epoche ${one.best} wurde behalten. Weniger Epochen, mehr Variation der Bilder oder mehr Dropout helfen; am meisten helfen mehr Patienten.`
    case 'still-learning':
      return `Es lernte am Ende noch: In Epoche ${one.last} fiel der Validierungs-Loss von ${loss(one.lossBefore)} auf ${loss(one.lossLast)}. Mehr Epochen könnten es besser machen.`
    case 'class-suffers':
      return `${labels[one.label]} leidet: Es fand ${percent(one.recall)} davon, gegenüber ${percent(one.mean)} im Mittel über die Klassen. Gelernt hat es aus ${ausBildern(one.images)} davon.`
    case 'few-images':
      return `Zu lernen gab es nur aus: ${listed(one.classes.map((few) => `${labels[few.label]}: ${bilder(few.images)}`))}; weniger als ${one.least} einer Klasse lehren wenig über neue Patienten.`
    case 'few-validation':
      return `Validiert wurde nur mit ${ausBildern(one.images)}; unter ${one.least} verschiebt ein Bild mehr oder weniger die Zahlen um ${fixed(100 / Math.max(1, one.images), 1)} Prozentpunkte und mehr.`
    case 'no-validation':
      return 'Für die Validierung blieben 0 Bilder: Nichts sagt, wie gut es ist. Messen Sie es vor dem Einsatz auf einem Referenzdatensatz.'
    case 'random-split':
      return `Seine ${percent(one.recall)} Makro-Recall gelten für eine zufällige Teilung, mit Patienten und Kopien auf beiden Seiten: Erwarten Sie bei neuen Patienten weniger.`
    case 'not-better':
      return `Es ist nicht besser als das aktive Modell ${one.model}: ${percent(one.recall)} Makro-Recall gegenüber ${percent(one.its)}, auf denselben Validierungsbildern.`
    case 'better':
      return `Auf denselben Validierungsbildern hat es ${percent(one.recall)} Makro-Recall; das aktive Modell ${one.model} hat ${percent(one.its)}. Ob das gilt, fragt die Prüfung.`
    case 'not-comparable':
      return `Mit dem aktiven Modell ${one.model} ist es hier nicht vergleichbar, da dieses auf anderen Bildern validiert wurde. Die Prüfung vergleicht beide auf dem Referenzdatensatz.`
    case 'fine':
      return `Nichts fällt auf: ${percent(one.recall)} Makro-Recall auf ${ausBildern(one.images)}, aus denen es nicht gelernt hat.`
  }
}

export const german: Translated<typeof trainingTexts> = {
  title: 'Trainingsläufe',
  start: 'Neues Training',
  none: 'Hier wurde noch kein Netz trainiert.',
  noneText:
    'Ein Training nimmt einen eingefrorenen Datensatz und ein Rezept und ergibt ein Netz mit seinen Zahlen. Zum Lesen wird es erst benutzt, wenn es die Prüfung bestanden hat.',
  noSets:
    'Noch gibt es keinen eingefrorenen Datensatz. Machen Sie erst einen: Ein Training muss genau sagen, woraus es gelernt hat.',
  toSets: 'Zu den Datensätzen',
  table: 'Trainingsläufe, neueste zuerst',
  columns: {
    id: 'Lauf',
    state: 'Status',
    recipe: 'Rezept',
    set: 'Daten',
    by: 'Von',
    created: 'Verlangt',
    took: 'Dauer',
    recall: 'Makro-Recall',
    accuracy: 'Genauigkeit',
    loss: 'Loss',
  },
  told: (data, recipe, run, at) =>
    [
      `Daten: ${data}, die zur Validierung behaltenen Bilder`,
      `Modell: ${recipe ?? 'nicht bekannt'}, wie Lauf ${run} es hinterließ`,
      at ? `Gemessen ${moment(at)}` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
  ofValidation: 'Validierung',
  states: {
    queued: 'Eingereiht',
    running: 'Läuft',
    interrupted: 'Unterbrochen',
    finished: 'Fertig',
    failed: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
  },
  stages,
  ends: {
    completed: 'Bis zum Ende trainiert.',
    'stopped-early': 'Vorzeitig beendet, da die Validierung nicht besser wurde.',
    diverged: 'Sein Loss war keine Zahl mehr; die letzte gute Epoche wurde behalten.',
  },
  changes: {
    epochs: {
      name: 'Epochen',
      explains: 'Wie oft es alle Bilder durchgeht. Mehr dauert länger und lernt die Bilder am Ende auswendig.',
    },
    batch: {
      name: 'Batch',
      explains:
        'Bilder, aus denen es auf einmal lernt. Weniger brauchen weniger Speicher; mehr machen jeden Schritt ruhiger.',
    },
    rate: {
      name: 'Lernrate',
      explains:
        'Wie weit jeder Schritt geht. Zu groß, und das Training läuft auseinander; zu klein, und es kommt nirgendwohin.',
    },
    labelSmoothing: {
      name: 'Label Smoothing',
      explains: 'Wie viel Zweifel an jeder Klasse bleibt, damit sich das Netz nicht zu sicher wird.',
    },
    dropout: {
      name: 'Dropout',
      explains: 'Anteil der letzten Merkmale, der in jedem Schritt zufällig wegbleibt, gegen Auswendiglernen.',
    },
    size: {
      name: 'Bildgröße, px',
      explains:
        'Seitenlänge des Bildes, das das Netz sieht. Die doppelte zeigt feinere Einzelheiten und dauert viermal so lange.',
    },
    augmentation: {
      name: 'Variation der Bilder',
      explains: '0 zeigt jedes Bild, wie es ist, 1 variiert es wie im Rezept, darüber stärker.',
    },
    brainMargin: {
      name: 'Auf das Gehirn zugeschnitten, Rand',
      explains: 'Was auf jeder Seite um das Gehirn bleibt, als Anteil seiner längeren Seite.',
    },
    l2: {
      name: 'Dämpfung (L2)',
      explains:
        'Hält die Gewichte der letzten Schicht klein. Größer ist vorsichtiger; kleiner folgt den Bildern enger.',
    },
  },
  splits: {
    patient: {
      name: 'Patienten getrennt',
      explains:
        'Kein Patient und keine Kopie eines Bildes ist zugleich im Training und in der Validierung. Die Zahlen sagen, was bei neuen Patienten zu erwarten ist.',
    },
    group: {
      name: 'Kopien getrennt',
      explains:
        'Fast gleiche Bilder bleiben auf einer Seite. Andere Schichten eines Patienten können auf beiden liegen, wo Patienten unbekannt sind.',
    },
    date: {
      name: 'Neueste zur Validierung',
      explains: 'Lernt aus älteren Bildern und wird an neueren validiert. Der Datensatz muss Daten nennen.',
    },
    random: { name: 'Zufällig', explains: 'Bilder werden einzeln gezogen, von wem sie auch sind.' },
  },
  percent,
  loss,
  notice,
  advice,
  place: (n) => (n === 1 ? 'Als Nächstes an der Reihe' : `An Stelle ${n} der Reihe`),
  otherSet: 'nach Pfad gewählt',
  back: 'Alle Läufe',
  cancel: 'Training abbrechen',
  cancelTitle: 'Dieses Training abbrechen?',
  cancelSure:
    'Es endet nach dem laufenden Schritt. Was es bis zu seiner letzten Epoche gelernt hat, falls es welche hat, bleibt, und es lässt sich fortsetzen.',
  cancelQueued: 'Es hat noch nicht begonnen. Es lässt sich später fortsetzen.',
  cancelYes: 'Training beenden',
  cancelNo: 'Weitermachen lassen',
  resume: 'Fortsetzen',
  interrupted:
    'Gyrus endete mitten in diesem Lauf. Bis zur letzten Epoche ging nichts verloren: Setzen Sie ihn fort, und er geht von dort weiter.',
  interruptedNew:
    'Gyrus endete mitten in diesem Lauf. Es gab noch nichts zu behalten: Fortgesetzt beginnt er von vorn.',
  cancelled: 'Er wurde abgebrochen. Fortgesetzt geht er von der letzten Epoche weiter.',
  cancelledNew: 'Er wurde abgebrochen. Es gab noch nichts zu behalten: Fortgesetzt beginnt er von vorn.',
  failed: 'Er schlug fehl.',
  unreadable: 'Diesen Lauf hat eine andere Gyrus-Version geschrieben; was verlangt war, lässt sich nicht zeigen.',
  waiting: 'Er wartet auf das Ende des Laufs vor ihm.',
  waitingShared:
    'Er wartet auf einen Arbeitsplatz, der Zeit dafür hat. Rechenleistung sagt, welche trainieren, und was.',
  progress: 'Fortschritt dieses Trainings',
  stage: (stage, done, total) => (total > 0 ? `${stages[stage]}: ${number(done)} von ${number(total)}` : stages[stage]),
  epochOf: (epoch, epochs) => `Epoche ${epoch} von ${epochs}`,
  left: (seconds) => `noch etwa ${duration(seconds)}`,
  asked: 'Was verlangt war',
  result: 'Ergebnis auf den Validierungsbildern',
  curves: 'Lernkurven',
  noCurves: 'Dieses Rezept lernt in einem Zug und hat keine Epochen, also keine Kurven.',
  curvesLater: 'Der erste Punkt kommt mit dem Ende der ersten Epoche.',
  lossChart: 'Loss',
  accuracyChart: 'Genauigkeit',
  recallChart: 'Makro-Recall',
  perClass: 'Recall jeder Klasse, Validierung',
  training: 'Training',
  validation: 'Validierung',
  epoch: 'Epoche',
  epochTable: 'Jede Epoche als Tabelle',
  seconds: 'Zeit',
  memory: 'Speicher',
  megabytes: (n) => `${number(n)} MB`,
  notices: 'Was es fand',
  adviceTitle: 'Was davon zu halten ist',
  machine: 'Dieser Rechner',
  cpu: 'Prozessor',
  cpuOf: (name, cores) => `${name}, ${plural(cores, 'Kern', 'Kerne')}`,
  cores: (n) => plural(n, 'Kern', 'Kerne'),
  busy: (share) => (share === null ? 'wird gemessen' : `zu ${Math.round(100 * share)} % ausgelastet`),
  ram: 'Speicher',
  ramOf: (free, total) => `${fixed(free / 2 ** 30, 1)} von ${fixed(total / 2 ** 30, 1)} GB frei`,
  celsius: 'Temperatur',
  degrees: (value) => (value === null ? 'kein Fühler lesbar' : `${Math.round(value)} °C`),
  gpu: 'GPU',
  gpuNone: 'keine gefunden',
  engine: 'Trainingssystem',
  station: 'Arbeitsplatz',
  anyStation: (onGpu: boolean) => (onGpu ? 'Der nächste mit einer GPU' : 'Der nächste, der Zeit hat'),
  engineFull: 'Ganze Netze und letzte Schichten',
  engineHead: 'Nur letzte Schichten',
  classColumn: 'Klasse',
  recallColumn: 'Recall',
  trainedColumn: 'Trainiert mit',
  kept: (parts) =>
    `${bilder(parts.training)} zum Lernen, ${number(parts.validation)} zur Validierung, ${number(parts.testing)} der Testseite`,
  bestEpoch: (epoch) => `Epoche ${epoch} wurde behalten, mit dem kleinsten Validierungs-Loss.`,
  seed: 'Startwert',
  split: 'Teilung',
  recipeSplit: 'Wie im Rezept',
  fold: (fold) => `Teil ${fold} zurückgehalten`,
  share: (share) => `${Math.round(100 * share)} % zur Validierung`,
  weights: 'Gewichte (SHA-256)',
  changed: 'Änderungen am Rezept',
  noChanges: 'keine',
  duration,
  form: {
    title: 'Neues Training',
    set: 'Datensatz',
    setOption: (name, version, n) => `${name}, Version ${version} (${bilder(n)})`,
    perClass: (counts) => counts.join(', '),
    recipe: 'Rezept',
    onGpu: 'Nur an einem Arbeitsplatz mit GPU',
    onGpuHint: 'Es wartet, bis einer offen ist, der eine GPU hat und trainiert.',
    needsEngine: 'Braucht das Trainingssystem, das auf diesem Rechner nicht installiert ist.',
    toCompute: 'Unter Rechenleistung installieren',
    split: 'Wie Training und Validierung geteilt werden',
    noPatients: 'In diesem Datensatz ist kein Patient bekannt.',
    given: 'Dieser Datensatz hat eine eigene Validierungsseite, die gilt, was hier auch gewählt wird.',
    hides:
      'Zufällig geteilt liegen Kopien und andere Schichten desselben Patienten auf beiden Seiten. Die Validierungszahlen sind dann zu gut und sagen wenig über neue Patienten: Im öffentlichen Datensatz haben 76 % der Testbilder eine Fast-Kopie unter denen zum Lernen.',
    changes: 'Änderungen am Rezept',
    changesText: 'Leer bleibt das Rezept, wie es ist. Die genannten Grenzen sind die, die selten schiefgehen.',
    range: (low, high, own) => `${low} bis ${high}${own === undefined ? '' : `; das Rezept hat ${own}`}`,
    outside: (name, low, high) => `${name}: eine Zahl von ${low} bis ${high}.`,
    notWhole: (name) => `${name}: eine ganze Zahl.`,
    seed: 'Startwert',
    seedHint: 'Derselbe Startwert ergibt dieselbe Teilung und dasselbe Training.',
    submit: 'Training starten',
    crop: 'Bilder auf das Gehirn zuschneiden',
    cropText:
      'Das Netz sieht das Gehirn ohne Schädel und Kopfschwarte, größer als im ganzen Bild. Wo kein Gehirn gefunden wird, geht das Bild ganz ein, und der Lauf sagt, bei wie vielen. Ein so trainiertes Modell schneidet auch zu, was es liest.',
    margin: 'Rand',
    marginRange: (low, high) =>
      `${number(low)} bis ${fixed(high, 1)}; ${fixed(0.1, 1)} lässt auf jeder Seite ein Zehntel der längeren Seite.`,
    noMargin: 'Geben Sie den Rand um das Gehirn an, oder schneiden Sie nicht zu.',
    incomplete: 'Wählen Sie Datensatz, Rezept und Startwert.',
    cancel: 'Abbrechen',
    time: 'Wie lange es dauert',
    timeUnknown: 'Von diesem Rezept ist noch kein Lauf bekannt. Ein kurzer Versuch auf diesem Rechner sagt es.',
    timeByRun: (seconds, run, at) => `Etwa ${duration(seconds)}, nach dem hier bekannten Lauf ${run} vom ${at}.`,
    timeByProbe: (seconds, n) =>
      `Etwa ${duration(seconds)}, nach einem Versuch auf diesem Rechner eben mit ${ausBildern(n)} dieses Datensatzes.`,
    measure: 'Hier messen',
    measuring: 'Einige Bilder und Schritte werden versucht…',
    preview: 'Zeigen, wie Bilder variiert werden',
    previewing: 'Bogen wird gezeichnet…',
    previewTitle: 'Wie dieses Rezept Bilder variiert',
    previewText:
      'In jeder Zeile das Bild, wie das Netz es bekommt, dann sieben Varianten der Art, aus der es lernen wird.',
    previewNone: 'Dieses Rezept lernt aus jedem Bild, wie es ist, sodass alle acht einer Zeile gleich sind.',
    previewAlt: 'Zeilen von Hirnschichten: links, wie sie sind, dann variiert',
    previewRow: (n, label, file) => `Zeile ${n}: ${label}, ${file}`,
    stop: 'Abbrechen',
    problems: 'Mit diesem Datensatz lässt sich nicht trainieren:',
  },
  search: {
    told: (data, recipe, search, at) =>
      `Daten: ${data}, die zur Validierung behaltenen Bilder\nModell: ${recipe}, ein Lauf je Versuch von ${search}\nBegonnen ${moment(at)}`,
    title: 'Neue Suche',
    list: 'Suchen',
    none: 'Eine Suche trainiert ein Rezept viele Male mit anderen Einstellungen und zeigt, welche bei der Validierung am besten waren.',
    text: 'Jeder Versuch ist ein eigener Lauf. Verglichen wird der Validierungs-Loss des fertigen Netzes; Testbilder werden nie angesehen.',
    ranges: 'Was variiert wird, und von wo bis wo',
    from: (name) => `${name}, von`,
    until: (name) => `${name}, bis`,
    to: 'bis',
    nothing: 'Wählen Sie mindestens eine Einstellung, die variiert wird.',
    badEnds: (name, low, high) => `${name}: zwei Zahlen von ${low} bis ${high}, die kleinere zuerst.`,
    mode: 'Welche Kombinationen',
    modes: {
      random: 'Zufällig: gleichmäßig aus den Bereichen gezogen. Am besten, wo mehr als zwei Einstellungen variieren.',
      grid: 'Jede: drei Punkte je Bereich, in allen Kombinationen.',
    },
    trials: 'Versuche höchstens',
    minutes: 'Zeitbudget, Minuten',
    budgetHint: 'Kein Versuch beginnt, wenn die vorigen so lange dauerten; der laufende wird beendet.',
    submit: 'Suche starten',
    cancel: 'Suche abbrechen',
    cancelYes: 'Suche beenden',
    cancelSure:
      'Auch der laufende Versuch wird abgebrochen. Fertige Versuche bleiben, und die Suche lässt sich fortsetzen.',
    states: {
      running: 'Läuft',
      finished: 'Fertig',
      cancelled: 'Abgebrochen',
      failed: 'Fehlgeschlagen',
      interrupted: 'Unterbrochen: Gyrus endete, während sie lief',
    },
    doneOf: (done, planned) => `${number(done)} von ${number(planned)}`,
    progress: (done, planned, spent, budget) =>
      `${number(done)} von ${plural(planned, 'Versuch', 'Versuchen')} fertig, ${spent > 0 ? duration(spent) : '0 s'} von erlaubten ${duration(budget)}.`,
    progressLabel: 'Fertige Versuche',
    best: (n, lowest, recall) => `Bisher am besten: Versuch ${n}, Validierungs-Loss ${lowest}, Makro-Recall ${recall}.`,
    bestMark: 'bester',
    notBegun: 'Nicht begonnen',
    table: 'Versuche',
    toRun: (n) => `Versuch ${n}`,
    coordinates: 'Jeder Versuch als Linie durch seine Einstellungen',
    coordinatesOf: (n) =>
      `${versuche(n)} als Linien durch ihre Einstellungen und den Validierungs-Loss; der beste ist kräftig gezeichnet. Die Tabelle oben hat dieselben Zahlen.`,
    columns: {
      search: 'Suche',
      trials: 'Versuche',
      best: 'Bester Lauf',
      number: 'Versuch',
      loss: 'Validierungs-Loss',
      recall: 'Makro-Recall',
      seconds: 'Dauer',
    },
  },
  register: {
    open: 'Modell daraus machen…',
    title: 'Aus diesem Lauf ein Modell machen',
    text: 'Es wird noch einmal gemessen, bekommt seine Karte und kommt ins Verzeichnis. Zum Lesen wird es damit nicht benutzt: Geprüft wird es, wenn jemand es aktiviert.',
    id: 'Name',
    idHint: 'Kleinbuchstaben, Ziffern, „-“, „_“ und „.“; nicht änderbar.',
    version: 'Version',
    submit: 'Modell machen',
    working: 'Netz wird gemessen und seine Karte geschrieben…',
    done: (id) => `${id} ist im Verzeichnis.`,
    see: 'Modell ansehen',
  },
}

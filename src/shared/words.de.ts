import type { BREAK_SENTENCES } from './audit.ts'
import type { CARD_ITEM_NAMES } from './card-items.ts'
import type { SOURCE_NAMES, STATE_NAMES, VERDICT_NAMES } from './cases.ts'
import type { CAUTIONS } from './cautions.ts'
import type { FIGURE_WORDS } from './figure-format.ts'
import type { CRITERION_NAMES } from './gate.ts'
import type { FAITHFUL_WORDS, METHOD_NAMES, NOTES } from './heat-words.ts'
import type { GATE_REASONS, SET_WORDS } from './input-gate.ts'
import { type CALLED_NAMES, formatConfidence, type LABEL_NAMES, type VERDICT_LABEL_NAMES } from './labels.ts'
import { LOCALES, type Translated } from './language.ts'
import type { PASSED_OVER_WORDS } from './passed-over-words.ts'
import type { SECOND_STATE_NAMES } from './reading.ts'
import type { REGION_WORDS } from './region-words.ts'
import type { RETRIED_WORDS } from './retried.ts'
import type { SEEN_WORDS } from './seen.ts'
import type { RULE_TEXTS, SCOPE_NAMES, SERIES_CAUTIONS } from './series.ts'
import type { AGREEMENT_WORDS, NEARNESS_NAMES } from './similar.ts'
import type { RULE_WORDS } from './source-rule-text.ts'
import type { URGENCY_PARTS_WORDS, URGENCY_WORDS } from './urgency.ts'
import type { VIEW_WORDS } from './view.ts'

/** Words that core and page share, as pages and PDF reports say them. On record their codes stand. */

export const banner = 'Nur Entscheidungshilfe — keine Diagnose'

export const labels: Translated<typeof LABEL_NAMES> = {
  glioma: 'Gliom',
  meningioma: 'Meningeom',
  notumor: 'Kein Tumor',
  pituitary: 'Hypophysentumor',
}

export const called: Translated<typeof CALLED_NAMES> = {
  ...labels,
  unjudged: 'Nicht beurteilt',
}

export const verdictLabels: Translated<typeof VERDICT_LABEL_NAMES> = { ...labels, other: 'Etwas anderes' }

export const states: Translated<typeof STATE_NAMES> = {
  listed: 'Gelistet',
  received: 'Wartet',
  analysed: 'Offen',
  reviewed: 'Gelesen',
  signed: 'Signiert',
  failed: 'Fehler',
}

export const sources: Translated<typeof SOURCE_NAMES> = {
  file: 'Datei',
  sample: 'Beispiel',
  'command-line': 'Terminal',
  dicom: 'DICOM-Netz',
  folder: 'Überwachter Ordner',
  edited: 'Bearbeitet – Experiment',
}

export const verdicts: Translated<typeof VERDICT_NAMES> = {
  agree: 'Zustimmung',
  disagree: 'Widerspruch',
  own: 'Eigener Befund',
  'cannot-tell': 'Unklar',
}

export const secondStates: Translated<typeof SECOND_STATE_NAMES> = {
  marked: 'Erst- und Zweitbefund vorgesehen',
  open: 'Wartet auf Zweitbefund',
  disputed: 'Wartet auf Drittbefund',
  agreed: 'Beide Befunde gleich',
  adjudicated: 'Durch Drittbefund entschieden',
}

export const cautions: Translated<typeof CAUTIONS> = {
  madeFor:
    'Gemacht für einzelne kontrastverstärkte T1-Schichten; in anderen kennt das Modell die Art eines Tumors nicht.',
  notHealthy: '„Kein Tumor“ heißt nicht „gesund“: Das Modell kennt nur vier Klassen.',
  inColour: 'Dieses Bild ist farbig: Die Antwort besagt dafür nichts.',
  isEmpty: 'Dieses Bild ist leer: Die Antwort besagt dafür nichts.',
  otherModality: (modality) => `Laut Datei ist das ${modality}, kein MR: Die Antwort besagt dafür nichts.`,
  contrast:
    'Die Datei nennt kein Kontrastmittel. Das Modell wurde für kontrastverstärkte T1 gemacht: Seine Antwort kann in beide Richtungen falsch sein, ein Tumor genannt, wo keiner ist, oder einer übersehen.',
  spread: (tumour) =>
    `Ein Tumor irgendeiner Art hat ${formatConfidence(tumour, 'de')}, mehr als „kein Tumor“, obwohl keine einzelne Art so viel hat.`,
  blindSpot: (share, n) =>
    `Auf Aufnahmen anderer Geräte und Sequenzen nannte es ${Math.round(100 * share)} % von ${n} Tumoren „kein Tumor“.`,
}

export const gateReasons: Translated<typeof GATE_REASONS> = {
  empty: 'Das Bild ist leer',
  small: 'Das Bild ist zu klein',
  colour: 'Das Bild ist farbig',
  modality: 'Laut Datei ist das kein MR',
  sequence: 'Laut Datei ist das eine andere Sequenz als T1',
  plane: 'Laut Datei liegt diese Ebene schräg',
  blurred: 'Das Bild ist unscharf',
  clipped: 'Ein großer Teil des Bildes ist reines Schwarz oder Weiß: Es ist abgeschnitten',
  noisy: 'Das Bild ist verrauscht',
  cut: 'Der Kopf ist angeschnitten',
  text: 'In das Bild sind Text oder Zeichen eingebrannt',
  screen: 'Über dem Bild liegt ein regelmäßiges Muster: Es kann ein abfotografierter Bildschirm sein',
  shape: 'Das Bild hat nicht den Umriss einer Schicht durch einen Kopf',
  unlike: 'Das Bild ist anders als die, aus denen das Modell gelernt hat',
  unjudged: 'Dieses Modell sagt nicht, woraus es gelernt hat: Ob es solche Bilder kennt, ist unbekannt',
  few: 'Weniger als die Hälfte der Schichten liegt in dem, was das Modell kennt',
  apart: 'Die Schichten, die das Modell kennt, liegen nicht nebeneinander',
}

export const notJudged = 'Das Modell beurteilt dieses Bild nicht.'
export const seriesNotJudged = 'Das Modell beurteilt diese Serie nicht.'

export const setWords: Translated<typeof SET_WORDS> = {
  none: (rate) => `Das Modell ist sich keiner Klasse sicher: Jede erkennt es sonst deutlicher (${rate})`,
  rate: (percent) => `${percent} % Fehler`,
  // Nouns stay as they are; the adjective of “Kein Tumor” does not.
  inside: (name) => name.replace(/^Kein /, 'kein '),
  open: (names, rate) => `Nicht auszuschließen (${rate}): ${names}`,
  why: 'Bei einer Klasse, die das Modell oft übersieht, zählt schon eine kleine Wahrscheinlichkeit; daher folgt dies nicht der Reihenfolge der Zahlen',
}

export const agreement: Translated<typeof AGREEMENT_WORDS> = {
  all: (n) => `Die ${n} nächsten stimmen überein`,
  agree: (some, n) => `${some} der ${n} nächsten stimmen überein`,
  disagree: (some, n) => `${some} der ${n} nächsten widersprechen`,
  unknown: (some) => `, ${some}: Tumor unbekannter Art`,
  allUnknown: (n) => `${n} nächste: Tumor unbekannter Art`,
}

export const heatNotes: Translated<typeof NOTES> = {
  note: 'Was das Modell benutzt hat, nicht wo der Tumor endet',
  unfaithful: 'Was die Heatmap markiert, ist nicht, woran die Antwort hängt',
}

export const methods: Translated<typeof METHOD_NAMES> = {
  localise: 'Lokalisationskopf',
  cam: 'Klassenaktivierung',
  'layer-cam': 'LayerCAM',
  occlusion: 'Verdeckung',
}

export const faithful: Translated<typeof FAITHFUL_WORDS> = {
  why: {
    'nothing-changes': 'Die Antwort ändert sich ohne das Markierte kaum',
    'rest-as-much': 'Die Antwort hängt ebenso am übrigen Kopf',
  },
  faithful: 'Aussagekräftig: Die Antwort hängt an dem, was markiert ist.',
  notFaithful: (reason) => `Nicht aussagekräftig, deshalb schraffiert: ${reason}.`,
  rises: 'Ohne das Markierte steigt die Wahrscheinlichkeit der Antwort',
  figures: (whole, withoutMarked, withoutRandom) =>
    `Wahrscheinlichkeit ${whole}; ohne das markierte Zehntel ${withoutMarked}, ohne ein zufälliges Zehntel ${withoutRandom}.`,
}

export const region: Translated<typeof REGION_WORDS> = {
  reasons: {
    sagittal: 'Die Schicht ist laut Datei sagittal: Links und rechts liegen in ihr hintereinander.',
    oblique: 'Die Schicht ist laut Datei schräg: Sie schneidet nicht quer zur Mittellinie.',
    'no-symmetry':
      'Es wurde keine Mittellinie gefunden: Die Schicht ist wohl sagittal oder zu weit gedreht. Seiten werden nur in axialen und koronaren Schichten verglichen.',
    plain: 'Im Bild ist zu wenig vom Gehirn, oder es ist zu dunkel, um die Seiten zu vergleichen.',
    impression: 'Die Asymmetrie zeigt auf Stellen: Halten Sie erst Ihren Ersteindruck fest.',
  },
  none: 'In diesem Bild hebt sich kein Gehirn von seiner Umgebung ab.',
  note: 'Wo links und rechts verschieden sind – nicht, was krank ist, und nicht, welche Seite',
  greys:
    'Grauwerte sind die des 8-Bit-Bildes, das das Modell bekommt, 0–255: MR-Intensitäten haben keine Einheit und lassen sich nur innerhalb eines Bildes vergleichen.',
  area: 'Fläche',
  mean: 'Grauwert, Mittel ± SD',
  percentiles: 'Grauwert, Perzentile 5, 25, 50, 75, 95',
  index: 'Asymmetrieindex',
  usual: (images, low, high) => `die Hälfte von ${images} Bildern ohne Tumor: ${low}–${high}`,
  noDetector: 'Der Asymmetrieindex ist kein Detektor für Tumoren',
  noIndex: 'keiner',
  areaOf: (percent, cm2) =>
    cm2 === null ? `${percent} % des Bildes; Pixelgröße nicht bekannt` : `${percent} % des Bildes, ${cm2} cm²`,
}

export const view: Translated<typeof VIEW_WORDS> = {
  flippedH: 'links–rechts gespiegelt',
  flippedV: 'oben–unten gespiegelt',
  rotated: (degrees) => `um ${degrees}° gedreht`,
  inverted: 'invertiert',
  noSides: 'Seitenangaben: nicht in dieser Datei',
  sides: ({ left, right, top, bottom }) =>
    `Seitenangaben: links ${left}, rechts ${right}, oben ${top}, unten ${bottom}`,
}

export const figureWords: Translated<typeof FIGURE_WORDS> = {
  none: 'keine',
  points: (value) => `${value} Prozentpunkte`,
  range: (low, high) => `${low} bis ${high}`,
}

export const urgency: Translated<typeof URGENCY_WORDS> = {
  tumour: (points) => `${points} × Tumorwahrscheinlichkeit`,
  uncertainty: (points) => `${points} × (1 − Konfidenz)`,
  waiting: (points) => `${points} je Wartetag`,
  unjudged: (points) => `${points} ohne Antwort des Modells`,
  unreadable: (points) => `${points} wenn die Datei nicht lesbar ist`,
}

export const urgencyParts: Translated<typeof URGENCY_PARTS_WORDS> = {
  tumour: (points, of) => `${points} für eine Tumorwahrscheinlichkeit von ${of}`,
  uncertainty: (points, of) => `${points} für Zweifel von ${of}`,
  waiting: (points, days) => `${points} für ${days} Tage Wartezeit`,
  unjudged: (points) => `${points}, weil das Modell nicht antwortet`,
  unreadable: (points) => `${points}, weil die Datei nicht lesbar ist`,
}

export const passedOver: Translated<typeof PASSED_OVER_WORDS> = {
  report: ['strukturierter Bericht', 'strukturierte Berichte'],
  'key-objects': ['Auswahl von Schlüsselbildern', 'Auswahlen von Schlüsselbildern'],
  'presentation-state': ['Darstellungszustand', 'Darstellungszustände'],
  document: ['eingebettetes Dokument, etwa ein PDF', 'eingebettete Dokumente, etwa PDFs'],
  segmentation: ['Segmentierung', 'Segmentierungen'],
  registration: ['Registrierung oder Rohdaten', 'Registrierungen oder Rohdaten'],
  radiotherapy: ['Objekt der Strahlentherapie', 'Objekte der Strahlentherapie'],
  waveform: ['Kurve (Waveform)', 'Kurven (Waveform)'],
  spectroscopy: ['Spektroskopie', 'Spektroskopien'],
  definition: ['Definition für andere Objekte', 'Definitionen für andere Objekte'],
  directory: ['DICOMDIR', 'DICOMDIRs'],
  'damaged-directory': ['DICOMDIR, das nicht lesbar ist', 'DICOMDIRs, die nicht lesbar sind'],
  hidden: ['versteckte Datei oder versteckter Ordner', 'versteckte Dateien und Ordner'],
  unwanted: ['nicht gewünscht: Namensfilter oder Unterordner', 'nicht gewünscht: Namensfilter oder Unterordner'],
  other: ['andere Datei, kein Bild', 'andere Dateien, keine Bilder'],
}

export const seen: Translated<typeof SEEN_WORDS> = {
  all: 'alle diese Bilder',
  some: 'einige dieser Bilder',
  none: 'keines dieser Bilder',
  'not-known': 'nicht bekannt',
}

/** How a picture was taken, where its file does not say. */
export const notSaid = 'in der Datei nicht angegeben'

export const scopes: Translated<typeof SCOPE_NAMES> = {
  counted: 'Gezählt',
  modality: 'Laut Datei kein MR',
  sequence: 'Laut Datei eine andere Sequenz als T1',
  plane: 'Schräg (mehr als 30° neben axial, koronal und sagittal) oder quer zu den anderen Schichten',
  copy: 'Dieselbe Instanz noch einmal oder eine andere an derselben Stelle',
  edge: 'Wenig Kopf im Bild: oberes oder unteres Ende des Schichtstapels',
  outside: 'Das Modell beurteilt dieses Bild nicht',
  unlike: 'Anders als die Bilder, aus denen das Modell gelernt hat',
  unread: 'Das Bild konnte nicht gelesen werden',
  waiting: 'Vom Modell noch nicht gelesen',
  model: 'Von einem anderen Modell beantwortet als die neueste Schicht',
}

export const ruleTexts: Translated<typeof RULE_TEXTS> = {
  'neighbours-2':
    'Die benachbarten Schichten (drei, oder 10 mm, wo das mehr ist), die zusammen am meisten nach einem Tumor aussehen, entscheiden; ihre Wahrscheinlichkeiten werden gemittelt. Schichten außerhalb dessen, was das Modell kennt, zählen nicht und trennen Nachbarn. Wo weniger als die Hälfte zählt, oder keine Nachbarn zählen, gibt es keine Antwort.',
  'neighbours-1':
    'Es entscheiden die benachbarten Schichten (drei, oder 10 mm, wo das mehr ist), die zusammen am meisten nach einem Tumor aussehen; ihre Wahrscheinlichkeiten werden gemittelt. Schichten außerhalb dessen, was das Modell kennt, zählen nicht.',
  unknown: 'Eine Regel einer anderen Gyrus-Version, die diese nicht kennt.',
}

export const seriesCautions: Translated<typeof SERIES_CAUTIONS> = {
  untested:
    'Das Modell wurde für einzelne Schichten gemacht. Wie gut diese Zusammenfassung einer Serie ist, wurde nicht gemessen.',
  split: 'Die Schichten, die entschieden, werden verschieden genannt.',
  doubtful: 'Die meisten Schichten zählen nicht, oder nur mit einem Vorbehalt.',
  contrast:
    'Die Dateien nennen kein Kontrastmittel. Das Modell wurde für kontrastverstärkte T1 gemacht: Seine Antwort kann in beide Richtungen falsch sein, ein Tumor genannt, wo keiner ist, oder einer übersehen.',
  frameOrder:
    'Die Datei sagt nicht, wo ihre Bilder liegen: Sie stehen, und gelten als Nachbarn, in der Reihenfolge der Datei.',
  numberOrder:
    'Die Dateien sagen nicht, wo ihre Schichten liegen: Sie stehen, und gelten als Nachbarn, nach ihren Nummern.',
}

export const nearness: Translated<typeof NEARNESS_NAMES> = { near: 'nah', usual: 'nah wie üblich', far: 'fern' }

export const criteria: Translated<typeof CRITERION_NAMES> = {
  'golden-images': 'Prüfbilder, größte Abweichung',
  labels: 'Klassen',
  'reference-images': 'Gelesene Referenzbilder',
  'macro-recall': 'Makro-Recall, gegenüber dem aktiven Modell',
  recall: 'Recall',
  ece: 'Kalibrierungsfehler (ECE)',
  'tumour-called-none': 'Tumoren als „kein Tumor“',
  shadow: 'Übereinstimmung mit den letzten signierten Fällen, gegenüber dem aktiven Modell',
}

export const cardItems: Translated<typeof CARD_ITEM_NAMES> = {
  maker: 'Hersteller',
  contact: 'Kontakt',
  users: 'Für wen',
  workflow: 'Platz im Arbeitsablauf',
  inputGate: 'Welche Bilder es nicht beurteilt',
  subgroups: 'Untergruppen und bekannte Verzerrungen',
  monitoring: 'Überwachung im Betrieb',
  updates: 'Wie es sich ändert',
  code: 'Quelltext',
}

export const breaks: Translated<typeof BREAK_SENTENCES> = {
  hash: 'Der Eintrag ist nicht, was geschrieben wurde: Sein Hash passt nicht.',
  gap: 'Hier fehlen Einträge.',
  malformed: 'Der Eintrag ist nicht lesbar.',
  'row-altered': 'Wovon der Eintrag berichtet, wurde nachträglich geändert.',
  'row-missing': 'Wovon der Eintrag berichtet, fehlt.',
  'row-extra': 'Im Bestand liegt etwas, von dem kein Eintrag berichtet.',
  'copy-differs': 'Was ein Stapel von einer Datei zeigt, ist nicht, was ihr Fall sagt.',
  'index-differs': 'Ein Index der Datenbank, über den Listen gelesen werden, sagt etwas anderes als seine Zeilen.',
  'search-differs': 'Die Suche kennt einen Fall nicht so, wie er im Bestand liegt.',
  'count-differs': 'Eine für Listen mitgeführte Zahl ist nicht die Zahl dessen, was im Bestand liegt.',
  'database-damaged': 'Die Datenbankdatei ist beschädigt.',
  'file-altered': 'Die gespeicherte Kopie der Aufnahme wurde geändert.',
  'file-missing': 'Die gespeicherte Kopie der Aufnahme fehlt.',
  'head-truncated': 'Das Protokoll ist kürzer als bei der Signatur dieses Kopfes: An seinem Ende fehlen Einträge.',
  'head-replaced':
    'Das Protokoll ist nicht das, für das dieser Kopf signiert wurde: Es wurde ersetzt oder neu geschrieben.',
  'head-forged': 'Die Signatur dieses Kopfes passt nicht.',
  'head-foreign': 'Dieser Kopf wurde von einer anderen Installation signiert.',
}

export const sourceRule: Translated<typeof RULE_WORDS> = {
  takes: (what) => `Nimmt ${what}`,
  anyModality: 'jede Modalität',
  anyBodyPart: 'jede Körperregion',
  nameNone: 'Dateien, die keine nennen',
  and: (codes, others) => `${codes} und ${others}`,
  describedBy: (words) => `beschrieben mit ${words}`,
  notDescribedBy: (words) => `nicht beschrieben mit ${words}`,
  pictures: 'auch Bilddateien',
  noPictures: 'keine Bilddateien',
  listed: 'Nur gelistet.',
  classified: 'Sofort klassifiziert.',
  quoted: (word) => `„${word}“`,
  or: ' oder ',
}

const count = (n: number) => n.toLocaleString(LOCALES.de)

export const retried: Translated<typeof RETRIED_WORDS> = {
  nothing:
    'Nichts konnte noch einmal versucht werden: Von dem, was fehlschlug, wurde keine Kopie behalten. Bitte die Dateien erneut öffnen.',
  again: (tried, failed) =>
    `${count(tried)} noch einmal versucht, ${failed === 0 ? 'keine' : count(failed)} erneut fehlgeschlagen.`,
}

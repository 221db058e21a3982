import type { Translated } from '../../../../shared/language.ts'
import { numbersIn } from '../numbers.ts'
import type { caseTexts } from './texts.ts'

const { count, fixed, percent } = numbersIn('de')

const sliceOrFrame = (frame: boolean) => (frame ? 'Einzelbild' : 'Schicht')
const numbered = (instance: number | null) => (instance === null ? '' : ` (Instanz ${instance})`)
const atMm = (mm: number | null) => (mm === null ? '' : ` bei ${fixed(mm, 1)} mm`)

export const german: Translated<typeof caseTexts> = {
  edited: 'Bearbeitetes Bild – kein Ergebnis eines Patienten',
  title: (series) => `Gyrus: zweite Meinung zu einer MRT-${series ? 'Serie' : 'Schicht'}`,
  documentTitle: (title, code) => `${title}, Fall ${code}`,
  page: (code, n, all) => `Fall ${code}, Seite ${n} von ${all}`,
  facts: {
    patient: 'Patient',
    patientId: 'Patienten-ID',
    studyDate: 'Studiendatum',
    description: 'Beschreibung',
    file: 'Datei',
    series: 'Serie',
    imageShown: 'Gezeigtes Bild',
    image: 'Bild',
    received: 'Eingegangen',
    status: 'Status',
    accession: 'Accession-Nummer',
    studyUid: 'Studien-UID',
    seriesUid: 'Serien-UID',
    instanceUid: 'Instanz-UID',
    missing: 'nicht in der Datei',
    search: 'in die Suche von Gyrus eingeben',
    ofSeries: (place, of, code) => ` (Schicht ${place + 1} von ${of} der Serie ${code})`,
    editedFrom: (code) => ` – bearbeitetes Bild des Falls ${code}, Experiment`,
    stack: (n, counted, frames) => {
      const [one, many] = frames ? ['Einzelbild', 'Einzelbilder'] : ['Schicht', 'Schichten']
      return `${n} ${n === 1 ? one : many}, ${counted} gezählt`
    },
    coming: 'es kommen weitere Schichten',
    noCopy: 'keine Kopie behalten',
    notKnown: 'nicht bekannt',
    colour: 'Farbe',
    grey: 'Graustufen',
    bits: (n) => `${n} Bit`,
  },
  image: {
    changed: (changes) => `ANSICHT VERÄNDERT: ${changes}`,
    asInFile: 'Ausrichtung wie in der Datei',
    mirrored: 'GESPIEGELT: Links und rechts sind gegenüber der Datei vertauscht.',
    turned: 'Gedreht, nicht gespiegelt: Die Seiten liegen anders als in der Datei.',
    sidesAsInFile: 'Seiten wie in der Datei.',
    window: (width, level) => `W ${width}  L ${level}, das ganze Bild`,
    noPrint: 'Ein Ausdruck eignet sich nicht zur Befundung.',
    alt: 'Das Bild',
    none: 'Das Bild kann nicht gezeigt werden.',
  },
  opinion: {
    title: 'Zweite Meinung des Modells',
    caution: (cautions) => `Vorsicht: ${cautions}.`,
    nothing: 'Dazu gibt es keine zweite Meinung. Das sagt nichts über den Patienten aus.',
    waiting: 'Die Aufnahme ist noch nicht ausgewertet.',
    none: 'Zu diesem Fall gibt es keine zweite Meinung.',
    seriesFailed: 'Diese Serie wird nicht beurteilt.',
    failed: 'Diese Aufnahme konnte nicht gelesen werden.',
    code: (code) => `Code: ${code}`,
    modelOf: (name, id, version, date) => `${name} (${id}), Version ${version} vom ${date}`,
    model: (name, weights, at) => `Modell: ${name}; Gewichte SHA-256 ${weights}…; ausgewertet ${at}.`,
    noCard: 'Seine Modellkarte ist nicht mehr auf diesem Rechner.',
    sensitivity: (name, share, n, date) => `${name}: ${percent(share, 1)} von ${count(n)} (${date}).`,
    result: (name, data, n, date) => `${name} (${data}; ${count(n)} Bilder; ${date})`,
    accuracy: (share, range) => `Genauigkeit ${percent(share, 1)}${range}`,
    macroRecall: (share) => `Makro-Recall ${percent(share, 1)}`,
    missed: (n, of) => `Tumoren als „kein Tumor“: ${n} von ${count(of)}`,
  },
  region: (measured) =>
    `Hirnregion im Bild, nach einer Regel gefunden, kein Teil der Antwort. ${measured} Grauwerte sind 0–255 des 8-Bit-Bildes; die der MR haben keine Einheit.`,
  series: {
    chart: 'Tumorwahrscheinlichkeit entlang der Schichten',
    slices: 'Die Schichten',
    slice: (place, instance, frame) => `${sliceOrFrame(frame)} ${place + 1}${numbered(instance)}`,
    shown: (place, of, instance, mm, frame) =>
      `${sliceOrFrame(frame)} ${place + 1} von ${of}${numbered(instance)}${atMm(mm)}`,
    noStrip:
      'Das Modell hat für das Ganze keine Antwort. Was das Netz zu einzelnen Schichten sagt, besagt allein nichts und ist nicht gedruckt.',
    rule: (id, text) => `Regel ${id}: ${text}`,
    imageAbove: (slice, mm) => `Das Bild oben ist ${slice}${atMm(mm)}`,
    noneDecided: (image) => `Keine Schicht entschied. ${image}, aus der Mitte.`,
    decided: (slices, image, frame) =>
      `Entscheidend: ${slices}. ${image}, ${frame ? 'das' : 'die'} verdächtigste davon.`,
    allCounted: 'Alle Schichten zählen.',
    notCounted: (reasons, hatched) => `Nicht gezählt${hatched ? ' (schraffiert)' : ''}. ${reasons}.`,
    legend: {
      counted: 'irgendein Tumor (1 minus „kein Tumor“), gezählt',
      notCounted: 'schraffiert, Balken leer: nicht gezählt',
      decided: 'entschied',
      image: 'das Bild oben',
      sign: 'Zeichen der Legende',
    },
    inWords: (slices) => `Tumorwahrscheinlichkeit: ${slices}`,
    sliceInWords: (place, probability, counted) =>
      `Schicht ${place + 1} ${probability === null ? 'nicht bekannt' : fixed(probability, 2)}${counted ? '' : ' (nicht gezählt)'}`,
  },
  verdict: {
    title: 'Beurteilung des Befunders',
    continuedTitle: 'Beurteilung des Befunders, Fortsetzung',
    continued: 'Weiter auf Seite 2.',
    none: 'Es liegt keine Beurteilung vor.',
    adjudicated: (says) => `${says} (durch Drittbefund entschieden)`,
    earlier: 'Frühere Beurteilungen, ersetzt:',
    kept: 'Was der Erstbefund sagt, bleibt Ihnen bis zum Zweitbefund verborgen.',
    marked: 'Für einen Zweitbefund vorgesehen, der noch aussteht.',
    second: (says) => `Zweitbefund: ${says}`,
    unknowing: (reader, at) => `${reader}, ${at}, ohne Kenntnis des ersten`,
    adjudicatedBy: (reader, at) => `Drittbefund von ${reader}, ${at}`,
    draft: 'Entwurf, nicht signiert',
    signed: (signer, at) => `signiert von ${signer}, ${at}`,
    because: (reason) => `, berichtigt: ${reason}`,
  },
  foot: {
    signedBy: (signer) => `Signiert von ${signer}`,
    signedAt: (at) => `Signiert ${at}`,
    signature: 'Unterschrift (Name)',
    placeAndDate: 'Ort und Datum',
    case: (id, scan) => `Fall ${id}; ${scan}`,
    scan: (sha256) => `Aufnahme SHA-256 ${sha256}`,
    noScan: 'keine Kopie der Aufnahme',
    audit: (sequence, act, at, hash) =>
      `Audit-Protokoll: letzter Eintrag zu diesem Fall ${sequence} (${act}, ${at}), Hash ${hash}`,
  },
  map: {
    title: 'Heatmap der Antwort',
    alt: (x, y) => `Das Bild unter seiner Heatmap; das Maximum bei ${x} der Breite und ${y} der Höhe`,
    how: (label, probability, method) =>
      `${label}, Wahrscheinlichkeit ${probability}; Verfahren der Heatmap: ${method}. Viridis: Gelb ist am meisten, das Kreuz ist das Maximum. Das Bild ist so gezeigt, wie die Ansicht es öffnet, in der Ausrichtung der Datei.`,
    noOutline: 'Kein Umriss eines Tumors und kein Maß seiner Größe.',
  },
}

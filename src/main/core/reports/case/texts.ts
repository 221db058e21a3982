import { numbersIn } from '../numbers.ts'

const { count, fixed, percent } = numbersIn('en')

const sliceOrFrame = (frames: boolean) => (frames ? 'frame' : 'slice')
const numbered = (instance: number | null) => (instance === null ? '' : ` (instance ${instance})`)
const atMm = (mm: number | null) => (mm === null ? '' : ` at ${fixed(mm, 1)} mm`)

/** What the report of a case says. */
export const caseTexts = {
  /** Heads every page of an experiment's picture. */
  edited: 'Edited image – not a result of a patient',
  title: (series: boolean) => `Gyrus: second opinion on an MRI ${series ? 'series' : 'slice'}`,
  documentTitle: (title: string, code: string) => `${title}, case ${code}`,
  page: (code: string, n: number, all: number) => `Case ${code}, page ${n} of ${all}`,
  facts: {
    patient: 'Patient',
    patientId: 'Patient ID',
    studyDate: 'Study date',
    description: 'Description',
    file: 'File',
    series: 'Series',
    imageShown: 'Image shown',
    image: 'Image',
    received: 'Received',
    status: 'Status',
    accession: 'Accession number',
    studyUid: 'Study UID',
    seriesUid: 'Series UID',
    instanceUid: 'Instance UID',
    missing: 'not in the file',
    search: 'type it into the search of Gyrus',
    /** Behind the name of the file. */
    ofSeries: (place: number, of: number, code: string) => ` (slice ${place + 1} of ${of} of the series ${code})`,
    editedFrom: (code: string) => ` – edited picture of the case ${code}, an experiment`,
    stack: (n: number, counted: number, frames: boolean) => `${n} ${frames ? 'frames' : 'slices'}, ${counted} counted`,
    /** Behind the description of a series. */
    coming: 'slices coming in',
    noCopy: 'no copy was kept',
    notKnown: 'not known',
    colour: 'colour',
    grey: 'grey',
    bits: (n: number) => `${n} bit`,
  },
  image: {
    changed: (changes: string) => `CHANGED VIEW: ${changes}`,
    asInFile: 'Orientation as in the file',
    mirrored: 'MIRRORED: left and right are exchanged against the file.',
    turned: 'Turned, not mirrored: sides lie elsewhere than in the file.',
    sidesAsInFile: 'Sides as in the file.',
    window: (width: number, level: number) => `W ${width}  L ${level}, the whole image`,
    noPrint: 'A print is no image to make a diagnosis from.',
    alt: 'The image',
    none: 'The image cannot be shown.',
  },
  opinion: {
    title: 'Second opinion of the model',
    caution: (cautions: string) => `Caution: ${cautions}.`,
    nothing: 'It has no second opinion. That says nothing about the patient.',
    waiting: 'The scan has not been analysed yet.',
    none: 'There is no second opinion for this case.',
    seriesFailed: 'This series is not judged.',
    failed: 'This scan could not be read.',
    code: (code: string) => `Code: ${code}`,
    modelOf: (name: string, id: string, version: string, date: string) =>
      `${name} (${id}), version ${version} of ${date}`,
    model: (name: string, weights: string, at: string) =>
      `Model: ${name}; weights SHA-256 ${weights}…; analysed ${at}.`,
    noCard: 'Its model card is not on this machine any more.',
    sensitivity: (name: string, share: number, n: number, date: string) =>
      `${name}: ${percent(share, 1)} of ${count(n)} (${date}).`,
    result: (name: string, data: string, n: number, date: string) => `${name} (${data}; ${count(n)} images; ${date})`,
    accuracy: (share: number, range: string) => `accuracy ${percent(share, 1)}${range}`,
    macroRecall: (share: number) => `macro recall ${percent(share, 1)}`,
    missed: (n: number, of: number) => `tumours called “no tumour”: ${n} of ${count(of)}`,
  },
  region: (measured: string) =>
    `Brain region in the image, found by a rule, no part of the answer. ${measured} Greys are 0–255 of the 8-bit picture; those of MR have no unit.`,
  series: {
    chart: 'Probability of a tumour along the slices',
    slices: 'The slices',
    slice: (place: number, instance: number | null, frame: boolean) =>
      `${sliceOrFrame(frame)} ${place + 1}${numbered(instance)}`,
    shown: (place: number, of: number, instance: number | null, mm: number | null, frame: boolean) =>
      `${frame ? 'Frame' : 'Slice'} ${place + 1} of ${of}${numbered(instance)}${atMm(mm)}`,
    noStrip:
      'The model has no answer for the whole. What the network says of single slices means nothing by itself, and is not printed.',
    rule: (id: string, text: string) => `Rule ${id}: ${text}`,
    imageAbove: (slice: string, mm: number | null) => `The image above is ${slice}${atMm(mm)}`,
    noneDecided: (image: string) => `No slice decided. ${image}, from the middle.`,
    decided: (slices: string, image: string, _frame: boolean) =>
      `Decided by ${slices}. ${image}, the most suspicious of them.`,
    allCounted: 'All slices are counted.',
    notCounted: (reasons: string, hatched: boolean) => `Not counted${hatched ? ' (hatched)' : ''}. ${reasons}.`,
    legend: {
      counted: 'any tumour (1 less “no tumour”), counted',
      notCounted: 'hatched, bar empty: not counted',
      decided: 'decided',
      image: 'the image above',
      sign: 'Sign of the strip',
    },
    inWords: (slices: string) => `Probability of a tumour: ${slices}`,
    sliceInWords: (place: number, probability: number | null, counted: boolean) =>
      `slice ${place + 1} ${probability === null ? 'not known' : fixed(probability, 2)}${counted ? '' : ' (not counted)'}`,
  },
  verdict: {
    title: 'Verdict of the reader',
    continuedTitle: 'Verdict of the reader, continued',
    continued: 'Continued on page 2.',
    none: 'No verdict is on record.',
    adjudicated: (says: string) => `${says} (adjudicated)`,
    earlier: 'Earlier verdicts, superseded:',
    kept: 'What the first reader says is kept from you until the second reading.',
    marked: 'Marked for a second reader, who has not read it yet.',
    second: (says: string) => `Second reading: ${says}`,
    unknowing: (reader: string, at: string) => `${reader}, ${at}, without knowing the first`,
    adjudicatedBy: (reader: string, at: string) => `Adjudicated by ${reader}, ${at}`,
    draft: 'a draft, not signed',
    signed: (signer: string, at: string) => `signed by ${signer}, ${at}`,
    because: (reason: string) => `, amended because: ${reason}`,
  },
  foot: {
    signedBy: (signer: string) => `Signed by ${signer}`,
    signedAt: (at: string) => `Signed at ${at}`,
    signature: 'Signature (name)',
    placeAndDate: 'Place and date',
    case: (id: string, scan: string) => `Case ${id}; ${scan}`,
    scan: (sha256: string) => `scan SHA-256 ${sha256}`,
    noScan: 'no copy of the scan',
    audit: (sequence: number, act: string, at: string, hash: string) =>
      `Audit record: last entry about this case ${sequence} (${act}, ${at}), hash ${hash}`,
  },
  map: {
    title: 'Heat map of the answer',
    alt: (x: string, y: string) => `The image under its heat map; the peak at ${x} of the width and ${y} of the height`,
    how: (label: string, probability: string, method: string) =>
      `${label}, probability ${probability}; the map is made by ${method}. Viridis: yellow is the most, the cross is the peak. The image is shown as the viewer opens it, with its orientation as in the file.`,
    noOutline: 'No outline of a tumour, and no measure of its size.',
  },
}

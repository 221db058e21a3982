import type { DicomFacts } from './dicom.ts'

/** How a picture was taken, as cases are grouped by it; '' where the file does not say. */
export interface Acquisition {
  scanner: string
  sequence: string
}

/** The name of those whose file does not say: pictures, and DICOM files without it. */
export const NOT_SAID = 'not said by the file'

/** Longer names are cut. */
const MOST = 120
/** What a maker's name ends with: other software of the same scanner has other endings, or none. */
const COMPANY =
  /(?:[ ,.]+(?:MEDICAL SYSTEMS|MEDICAL|HEALTHCARE|HEALTHINEERS|CORPORATION|CORP|INC|LTD|LLC|AG|GMBH|CO|NV|BV))+[.,]*$/
/** What is above it cannot be tesla, in which the field is to be told: some scanners write gauss. */
const TESLA = 100
const GAUSS_IN_TESLA = 10_000
/** What a magnet is sold as and what it has differ by this much at most (2.89 T in a scanner of 3 T). */
const OFF = 0.15

/** Maker, model and field in one spelling, e.g. `SIEMENS PRISMA FIT, 3 T`: as much of it as the file says. */
export function scannerOf(facts: Pick<DicomFacts, 'manufacturer' | 'manufacturerModel' | 'fieldStrength'>): string {
  const maker = oneSpelling(facts.manufacturer).replace(COMPANY, '')
  const model = oneSpelling(facts.manufacturerModel)
  const machine = `${model} `.startsWith(`${maker} `) ? model : `${maker} ${model}`.trim()
  return [machine, fieldIn(facts.fieldStrength)].filter(Boolean).join(', ')
}

/** What the series is called, in one spelling; where it has no name, that of its pulse sequence. */
export function sequenceOf({
  seriesDescription,
  sequenceName,
}: Pick<DicomFacts, 'seriesDescription' | 'sequenceName'>): string {
  const spelt = (text: string) => oneSpelling(text.replaceAll('-', ' ').replace(/^[\s*]+/, ''))
  return spelt(seriesDescription) || spelt(sequenceName)
}

/** Capitals, and one space for spaces and underscores. */
const oneSpelling = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s_]+/g, ' ')
    .trim()
    .toUpperCase()
    .slice(0, MOST)
    .trim()

/** As magnets are sold: half teslas where it is near one, and below 1 T hundredths. */
function fieldIn(fieldStrength: number | null): string {
  if (fieldStrength === null) return ''
  const tesla = fieldStrength > TESLA ? fieldStrength / GAUSS_IN_TESLA : fieldStrength
  const half = Math.round(tesla * 2) / 2
  const inTenths = Math.abs(tesla - half) <= OFF ? half : Math.round(tesla * 10) / 10
  const nominal = tesla < 1 ? Math.round(tesla * 100) / 100 : inTenths
  return nominal > 0 ? `${nominal} T` : ''
}

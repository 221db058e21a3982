import { join } from 'node:path'
import { openStore } from '../../../src/main/store/index.ts'
import type { Store } from '../../../src/main/store/types.ts'
import { batchQuerySchema } from '../../../src/shared/batches.ts'
import { type CaseQueryInput, caseQuerySchema } from '../../../src/shared/cases.ts'
import { type Aim, type Findings, type Row, single } from './contract.ts'
import { insertRows } from './fill-audit.ts'
import { dicomOfNumber, fillDicom } from './fill-dicom.ts'
import { fillHistory, SAMPLE } from './fill-history.ts'
import { inFolder } from './folders.ts'
import { quantile, spread, timed, timesOf } from './times.ts'

const ROUNDS = 40
const LIMIT = 100
/** Of the first page and of any filter by a single field, ms at the 95th percentile. */
const QUICK: Aim = { most: 50 }
/** No filter by a single field. */
const WITHOUT_AIM = /^(label and|study and|search)/

/** A day in the middle of what there is. */
const day = (cases: number, n: number) => new Date(Date.UTC(2023, 0, 1) + cases * 50_000 + n * 86_400_000).toISOString()
/** What a reader types of the ID of a case: the beginning of its time. */
const codeOf = (n: number) =>
  (Date.UTC(2023, 0, 1) + Math.floor(n) * 100_000).toString(16).padStart(12, '0').slice(0, 8)

const queriesOf = (cases: number): Record<string, CaseQueryInput> => ({
  'first page': {},
  'patient’s name': { patientName: 'García^José11' },
  'patient’s ID': { patientId: 'P0000042' },
  'patient, as the screen asks': { patient: 'garcia josé11' },
  'patient, a name of many': { patient: 'garcia' },
  'dates, a week': { from: day(cases, 0), until: day(cases, 7) },
  'dates, from the middle': { from: day(cases, 0) },
  label: { labels: ['meningioma'] },
  reader: { readers: ['Dr Costa'] },
  agreement: { verdicts: ['disagree'] },
  'agreement, two of them': { verdicts: ['disagree', 'cannot-tell'] },
  model: { models: ['efl0-1'] },
  batch: { batch: SAMPLE.batch },
  'file’s hash': { sha256: '9e3779b1' },
  'state: unread': { states: ['analysed'] },
  'state: failed': { states: ['failed'] },
  source: { sources: ['command-line'] },
  'confidence: at most 0.95': { confidenceUpTo: 0.95 },
  'confidence: at most 0.41': { confidenceUpTo: 0.41 },
  'confidence: at most 0.402': { confidenceUpTo: 0.402 },
  'study date, a week': { studiedFrom: day(cases, 0).slice(0, 10), studiedUntil: day(cases, 6).slice(0, 10) },
  'study date, from the middle': { studiedFrom: day(cases, 0).slice(0, 10) },
  'label and confidence': { labels: ['glioma'], confidenceUpTo: 0.45 },
  'by confidence': { sort: { column: 'confidence', direction: 'asc' } },
  'by urgency': { sort: { column: 'urgency', direction: 'desc' } },
  'by urgency, unread': { states: ['analysed'], sort: { column: 'urgency', direction: 'desc' } },
  'by patient': { sort: { column: 'patientName', direction: 'asc' } },
  'label and reader': { labels: ['glioma'], readers: ['Dr Adler'] },
  'search: a name': { search: 'muller' },
  'search: one letter': { search: 'm' },
  'search: two words': { search: 'nowak maria' },
  'search: a file': { search: `slice-${String(Math.floor(cases / 8)).padStart(7, '0')}` },
  'search: a code': { search: codeOf(cases / 2) },
  'search: an accession number': { search: dicomOfNumber(cases / 2).accession },
  'accession number': { accession: dicomOfNumber(cases / 2).accession },
  'UID of a study': { uid: dicomOfNumber(cases / 2).study },
  'UID of a series': { uid: dicomOfNumber(cases / 2).series },
  'UID of an image': { uid: dicomOfNumber(Math.floor(cases / 2) + 1).instance },
  'UID that is not there': { uid: '1.2.3.4' },
  'study and label': { uid: dicomOfNumber(cases / 2).study, labels: ['glioma'] },
})

/** Pages of the work list, and places in it, in a record of so many cases. */
export const measureCases = (cases: number): Promise<Findings> =>
  inFolder(async (folder) => {
    const file = join(folder, 'gyrus.sqlite')
    const [filling, dicom] = await timed(() => fillRecord(file, cases))
    const store = await openStore(file)
    try {
      const rows = [
        ...(await measureStore(store, cases)),
        single('cases of the record', cases, ''),
        single('… of DICOM files', dicom, ''),
        single('filling it, with indexes and texts', filling / 1000, 's'),
      ]
      return { rows, remarks: [ABOUT_PAGES] }
    } finally {
      await store.close()
    }
  })

export const ABOUT_PAGES =
  'A page has 100 rows and the counts. “Place” is where a case of the page stands among the hits, its neighbours and the next unread, as it is asked for when it is opened.'

/** A new record with so many cases. @returns how many of them are DICOM files */
export async function fillRecord(file: string, cases: number): Promise<number> {
  await fillHistory(file, cases, { more: insertRows })
  return fillDicom(file)
}

/** Lists, a case and the order of urgency, of a record that was filled so. */
export async function measureStore(store: Store, cases: number): Promise<Row[]> {
  const lists: Row[] = []
  for (const [name, input] of Object.entries(queriesOf(cases))) lists.push(await measureList(store, name, input))
  return [...lists, ...(await measureOpening(store, cases)), ...(await measureUrgency(store))]
}

async function measureList(store: Store, name: string, input: CaseQueryInput): Promise<Row> {
  const query = caseQuerySchema.parse(input)
  const { rows, total, more } = await store.listCases(query, 0, LIMIT)
  const list = await timesOf(ROUNDS, () => store.listCases(query, 0, LIMIT))
  const middle = rows[Math.floor(rows.length / 2)]
  const place = middle ? await timesOf(ROUNDS, () => store.placeOfCase(middle.id, query)) : []
  return {
    what: more ? `${name} (more than are counted)` : name,
    figures: [
      { of: 'found', value: total, unit: '' },
      ...spread(list, WITHOUT_AIM.test(name) ? {} : { p95: QUICK }),
      { of: 'place, p95', value: middle ? quantile(place, 0.95) : null, unit: 'ms' },
    ],
  }
}

/** With what is on record of the image in other bytes, which is looked for by its UID. */
async function measureOpening(store: Store, cases: number): Promise<Row[]> {
  const { rows } = await store.listCases(caseQuerySchema.parse({ uid: dicomOfNumber(cases / 2).study }), 0, LIMIT)
  const ids = rows.map(({ id }) => id)
  let next = 0
  const opened = await timesOf(ROUNDS, () => store.getCase(ids[next++ % ids.length] as string))
  const query = batchQuerySchema.parse({})
  const place = { after: null, skip: 0, limit: LIMIT }
  const window = await timesOf(ROUNDS, () => store.batchFiles(SAMPLE.batch, query, place, 'Dr Adler'))
  return [
    { what: 'a case, opened', figures: spread(opened) },
    { what: 'a window of a batch’s page', figures: spread(window) },
  ]
}

/** The order of a reader whose impression comes first, and another rule, after which all that waits is put in order anew. */
async function measureUrgency(store: Store): Promise<Row[]> {
  const query = caseQuerySchema.parse({ sort: { column: 'urgency', direction: 'desc' } })
  const blind = await timesOf(ROUNDS, () => store.listCases(query, 0, LIMIT, 'Dr Adler'))
  const other = { tumour: 2, uncertainty: 1, waiting: 0.2, unjudged: 1, unreadable: 0.5 }
  const [rule] = await timed(() => store.setUrgencyRule(other, 'Dr Adler'))
  return [
    { what: 'by waiting, for a reader whose impression comes first', figures: spread(blind) },
    single('another rule of urgency, after which all that waits is put in order', rule, 'ms'),
  ]
}

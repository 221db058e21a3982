import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { batchQuerySchema } from '../../src/shared/batches.ts'
import { type CaseQueryInput, caseQuerySchema } from '../../src/shared/cases.ts'
import { insertRows } from './fill-audit.ts'
import { dicomOfNumber, fillDicom } from './fill-dicom.ts'
import { fillHistory, SAMPLE } from './fill-history.ts'

/**
 * Pages of the work list, and places in it, in a record of a million cases (or as many as the first argument says).
 * It fills a database of some GB in the folder for temporary files, and takes it away again.
 */
const cases = Number(process.argv[2] ?? 1_000_000)
const ROUNDS = 40
const LIMIT = 100

/** A day in the middle of what there is. */
const day = (n: number) => new Date(Date.UTC(2023, 0, 1) + cases * 50_000 + n * 86_400_000).toISOString()
const QUERIES: Record<string, CaseQueryInput> = {
  'first page': {},
  'patient’s name': { patientName: 'García^José11' },
  'patient’s ID': { patientId: 'P0000042' },
  'patient, as the screen asks': { patient: 'garcia josé11' },
  'patient, a name of many': { patient: 'garcia' },
  'dates, a week': { from: day(0), until: day(7) },
  'dates, from the middle': { from: day(0) },
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
  'study date, a week': { studiedFrom: day(0).slice(0, 10), studiedUntil: day(6).slice(0, 10) },
  'study date, from the middle': { studiedFrom: day(0).slice(0, 10) },
  'label and confidence': { labels: ['glioma'], confidenceUpTo: 0.45 },
  'by confidence': { sort: { column: 'confidence', direction: 'asc' } },
  'by urgency': { sort: { column: 'urgency', direction: 'desc' } },
  'by urgency, unread': { states: ['analysed'], sort: { column: 'urgency', direction: 'desc' } },
  'by patient': { sort: { column: 'patientName', direction: 'asc' } },
  'label and reader': { labels: ['glioma'], readers: ['Dr Adler'] },
  'search: a name': { search: 'muller' },
  'search: one letter': { search: 'm' },
  'search: two words': { search: 'nowak maria' },
  'search: a file': { search: 'slice-0123456' },
  'search: a code': { search: '01890000' },
  'search: an accession number': { search: dicomOfNumber(cases / 2).accession },
  'accession number': { accession: dicomOfNumber(cases / 2).accession },
  'UID of a study': { uid: dicomOfNumber(cases / 2).study },
  'UID of a series': { uid: dicomOfNumber(cases / 2).series },
  'UID of an image': { uid: dicomOfNumber(Math.floor(cases / 2) + 1).instance },
  'UID that is not there': { uid: '1.2.3.4' },
  'study and label': { uid: dicomOfNumber(cases / 2).study, labels: ['glioma'] },
}

const show = (ms: number) => ms.toFixed(1).padStart(8)

const folder = await mkdtemp(join(tmpdir(), 'gyrus-bench-history-'))
try {
  const file = join(folder, 'gyrus.sqlite')
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  const before = performance.now()
  const migration = await fillHistory(file, cases, { more: insertRows })
  const dicom = fillDicom(file)
  const filled = (performance.now() - before) / 1000
  console.log(
    `${cases} cases, ${dicom} of DICOM files, filled in ${filled.toFixed(0)} s, of which indexes and texts ${migration.toFixed(0)} s`,
  )
  await measure(file)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measure(file: string): Promise<void> {
  const store = await openStore(file)
  console.log('                          found     p50     p95   place p95   (ms)')
  for (const [name, input] of Object.entries(QUERIES)) {
    const query = caseQuerySchema.parse(input)
    const { rows, total, more } = await store.listCases(query, 0, LIMIT)
    const list = await times(() => store.listCases(query, 0, LIMIT))
    const middle = rows[Math.floor(rows.length / 2)]
    const place = middle ? (await times(() => store.placeOfCase(middle.id, query))).p95 : 0
    const found = `${total}${more ? '+' : ''}`
    console.log(`${name.padEnd(23)}${found.padStart(8)}${show(list.p50)}${show(list.p95)}    ${show(place)}`)
  }
  await measureCases(store)
  await measureUrgency(store)
  await store.close()
}

/** With what is on record of the image in other bytes, which is looked for by its UID. */
async function measureCases(store: Store): Promise<void> {
  const { rows } = await store.listCases(caseQuerySchema.parse({ uid: dicomOfNumber(cases / 2).study }), 0, LIMIT)
  const ids = rows.map(({ id }) => id)
  let next = 0
  const { p50, p95 } = await times(() => store.getCase(ids[next++ % ids.length] as string))
  console.log(`${'a case, opened'.padEnd(31)}${show(p50)}${show(p95)}`)
  const query = batchQuerySchema.parse({})
  const window = await times(() =>
    store.batchFiles(SAMPLE.batch, query, { after: null, skip: 0, limit: LIMIT }, 'Dr Adler'),
  )
  console.log(`${'a window of a batch’s page'.padEnd(31)}${show(window.p50)}${show(window.p95)}`)
}

/** The order of a reader whose impression comes first, and another rule, after which all that waits is put in order anew. */
async function measureUrgency(store: Store): Promise<void> {
  const query = caseQuerySchema.parse({ sort: { column: 'urgency', direction: 'desc' } })
  const { p50, p95 } = await times(() => store.listCases(query, 0, LIMIT, 'Dr Adler'))
  console.log(`${'by waiting, for a blind reader'.padEnd(31)}${show(p50)}${show(p95)}`)
  const start = performance.now()
  await store.setUrgencyRule({ tumour: 2, uncertainty: 1, waiting: 0.2, unjudged: 1, unreadable: 0.5 }, 'Dr Adler')
  console.log(`${'another rule of urgency'.padEnd(31)}${show(performance.now() - start)}`)
}

async function times(work: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import type { BatchReport, Rows } from '../../src/main/core/reports/batch/data.ts'
import { caseCode } from '../../src/shared/case-code.ts'
import { describe as failureOf } from '../../src/shared/errors.ts'
import { CALLED } from '../../src/shared/labels.ts'
import { PASSED_OVER } from '../../src/shared/passed-over.ts'
import { PAPERS, type Paper, type ReportOptions } from '../../src/shared/report.ts'
import { READER } from '../support/accounts.ts'
import { at, autumn, MODEL, RAISED } from '../support/autumn.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writeNoise, writePicture } from '../support/images.ts'
import { needsShared } from '../support/needs-shared.ts'
import { textOf } from '../support/pdf.ts'
import { saying } from '../support/second.ts'
import { openRealSeries, REAL, REAL_SLICE } from '../support/series.ts'
import { type Used, used } from '../support/use.ts'
import { faultsOf } from './german-paper.ts'

const SAMPLES = join(import.meta.dirname, '../../resources/samples')
const COMMENT = 'Eine Raumforderung am Kleinhirnbrückenwinkel, am ehesten ein Vestibularisschwannom.'

/** Nothing more can be done to a view. */
const TURNED = {
  window: { low: 10, high: 110 },
  inverted: true,
  flippedH: true,
  flippedV: true,
  rotation: 90,
} as const

/** A core whose department reads German. */
async function openGerman(): Promise<Core> {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  await ask(core, 'language.set-department', { language: 'de' })
  return core
}

async function openOne(core: Core, path: string): Promise<string> {
  const [outcome] = await openPaths(core, path)
  return outcome?.caseId ?? ''
}

/** As series are named on record. */
const SERIES = ['Series 401']

/** The report on both papers, what is wrong with it, and its text on A4. */
async function look(core: Core, id: string, name: string, options: Partial<ReportOptions> = {}) {
  const faults: string[] = []
  const pages: Partial<Record<Paper, number>> = {}
  let text = ''
  for (const paper of PAPERS) {
    const report = await ask(core, 'cases.report', { id, paper, ...options })
    const pdf = Buffer.from(report.pdf, 'base64')
    faults.push(...(await faultsOf(pdf, `report-${name}-${paper}`, SERIES)))
    pages[paper] = report.pages
    if (paper === 'a4') text = (await textOf(pdf)).join(' ')
  }
  return { faults, pages, text }
}

const one = { a4: 1, letter: 1 }

describe('the German report of a case', () => {
  it('of a reading that was signed and amended is one page, in German and whole', async () => {
    const core = await openGerman()
    const id = await openOne(core, join(SAMPLES, 'sample-01.jpg'))
    const { result } = await ask(core, 'cases.get', { id })
    await ask(core, 'cases.review', { id, verdict: 'disagree', label: 'other', comment: COMMENT })
    const draft = await look(core, id, 'draft')
    expect(draft).toMatchObject({ faults: [], pages: one })
    for (const part of [
      ...['Nur Entscheidungshilfe — keine Diagnose', 'Zweite Meinung des Modells', 'Gemacht für einzelne'],
      ...['Beurteilung des Befunders', `Widerspruch: Etwas anderes`, COMMENT, 'Entwurf, nicht signiert'],
      ...['Unterschrift (Name)', 'Ort und Datum', 'Genauigkeit', 'Makro-Recall', 'Seite 1 von 1'],
      ...Object.values(result?.confidences ?? {})
        .map((value) => value.toFixed(2).replace('.', ','))
        .filter((value) => !/^[01],00$/.test(value)),
    ])
      expect(draft.text).toContain(part)
    const [verdict] = (await ask(core, 'cases.get', { id })).verdicts
    await ask(core, 'cases.sign', { id, verdict: verdict?.id ?? 0 })
    const amended = {
      verdict: 'cannot-tell',
      label: null,
      comment: '',
      reason: 'Die Vorbilder lagen nicht vor.',
    } as const
    const [signed] = (await ask(core, 'cases.get', { id })).verdicts
    await ask(core, 'cases.amend', { id, amends: signed?.id ?? 0, ...amended })
    const after = await look(core, id, 'amended')
    expect(after).toMatchObject({ faults: [], pages: one })
    for (const part of [
      'Unklar',
      `signiert von Test Reader (${READER})`,
      'berichtigt: Die Vorbilder',
      'Frühere Beurteilungen',
    ])
      expect(after.text).toContain(part)
  }, 120_000)

  it('has the heat map on a page of its own, or says why there is none', async () => {
    const core = await openGerman()
    const tumour = await openOne(core, join(SAMPLES, 'sample-01.jpg'))
    const map = await look(core, tumour, 'heat', { heat: true })
    expect(map).toMatchObject({ faults: [], pages: { a4: 2, letter: 2 } })
    expect(map.text).toContain('Was das Modell benutzt hat, nicht wo der Tumor endet.')
    expect(map.text).toMatch(/Aussagekräftig: Die Antwort|Nicht aussagekräftig, deshalb schraffiert/)
    const none = await look(core, await openOne(core, join(SAMPLES, 'sample-02.png')), 'no-heat', { heat: true })
    expect(none).toMatchObject({ faults: [], pages: { a4: 2, letter: 2 } })
    expect(none.text).toContain('Zu „kein Tumor“ gibt es keine Heatmap')
  }, 120_000)

  it('tells what was done to the view, of what is not judged, and of what cannot be read', async () => {
    const core = await openGerman()
    const folder = temporaryFolder()
    const changed = await look(core, await openOne(core, await writePicture(folder, 'schicht.png')), 'changed', {
      view: TURNED,
    })
    expect(changed).toMatchObject({ faults: [], pages: one })
    expect(changed.text).toContain('ANSICHT VERÄNDERT: links–rechts gespiegelt, oben–unten gespiegelt, um 90° gedreht')
    const unjudged = await look(core, await openOne(core, await writeNoise(folder, 'rauschen.png')), 'unjudged')
    expect(unjudged).toMatchObject({ faults: [], pages: one })
    expect(unjudged.text).toContain('Das Modell beurteilt dieses Bild nicht.')
    expect(unjudged.text).not.toMatch(/Gliom|Kein Tumor|Hypophysentumor/)
    writeFileSync(join(folder, 'text.jpg'), 'kein Bild')
    const failed = await look(core, await openOne(core, join(folder, 'text.jpg')), 'failed')
    expect(failed).toMatchObject({ faults: [], pages: one })
    for (const part of ['Diese Aufnahme konnte nicht gelesen werden.', 'Das ist kein Bild, das Gyrus lesen kann.'])
      expect(failed.text).toContain(part)
  }, 120_000)

  it('tells a second reading and who decided between the two, and goes on where comments are long', async () => {
    const core = await openGerman()
    const { store } = core
    const id = await openOne(core, join(SAMPLES, 'sample-03.png'))
    await store.review({ ...saying(id, 'Dr A', 'other', COMMENT), verdict: 'disagree', label: 'other' })
    const first = (await store.getCase(id)).verdicts[0]?.id ?? 0
    await store.sign({ caseId: id, verdictId: first, reader: 'Dr A' })
    await store.markForSecond(id, 'Dr A')
    expect((await look(core, id, 'second-waits')).faults).toEqual([])
    await store.readSecond({ ...saying(id, 'Dr B', 'cannot-tell', COMMENT) })
    await store.adjudicate({ ...saying(id, 'Dr C', 'cannot-tell', `${COMMENT} `.repeat(46)), verdictId: first })
    const decided = await look(core, id, 'adjudicated')
    expect(decided).toMatchObject({ faults: [], pages: { a4: 2, letter: 2 } })
    for (const part of [
      'durch Drittbefund entschieden',
      'Zweitbefund: Unklar',
      'ohne Kenntnis des ersten',
      'Weiter auf Seite 2.',
    ])
      expect(decided.text).toContain(part)
  }, 120_000)

  it('heads each page of an edited image with what it is', async () => {
    const core = await openGerman()
    const id = await openOne(core, join(SAMPLES, 'sample-01.jpg'))
    const steps = [{ op: 'rotate', degrees: 7 }] as const
    const { id: experiment } = await ask(core, 'whatIf.keep', { id, steps: [...steps] })
    const { caseId } = await ask(core, 'whatIf.saveScan', { id, experiment })
    await expect.poll(async () => (await ask(core, 'cases.get', { id: caseId })).state).toBe('analysed')
    const edited = await look(core, caseId, 'edited')
    expect(edited).toMatchObject({ faults: [], pages: one })
    expect(edited.text).toMatch(/^Bearbeitetes Bild – kein Ergebnis eines Patienten/)
    expect(edited.text).toContain(`bearbeitetes Bild des Falls ${caseCode(id)}, Experiment`)
  }, 120_000)

  needsShared(REAL_SLICE)
  it.skipIf(REAL_SLICE === null).each([
    ['suspicious', 'Entscheidend: Schicht 1 (Instanz 144)'],
    ['unlike', 'Das Modell beurteilt diese Serie nicht.'],
  ] as const)(
    'of a series (%s) is one page',
    async (name, part) => {
      const core = await openGerman()
      const id = await openRealSeries(core, [...REAL[name]])
      const series = await look(core, id, `series-${name}`)
      expect(series).toMatchObject({ faults: [], pages: one })
      expect(series.text).toContain(part)
      expect((await look(core, id, `turned-${name}`, { view: TURNED })).faults).toEqual([])
      await core.store.review({ ...saying(id, READER, 'cannot-tell', COMMENT) })
      const { pdf, pages } = await ask(core, 'cases.report', { id, paper: 'a4' })
      expect([pages, await faultsOf(Buffer.from(pdf, 'base64'), `read-${name}`, SERIES)]).toEqual([1, []])
      const slice = (await core.store.seriesOf(id))?.slices[1]?.caseId ?? ''
      const alone = await look(core, slice, `slice-${name}`)
      expect(alone).toMatchObject({ faults: [], pages: one })
      expect(alone.text).toContain('Seitenangaben: links R, rechts L, oben A, unten P')
    },
    120_000,
  )
})

describe('the language of a report', () => {
  it('is the reader’s own, else the department’s, and the trail says which', async () => {
    const core = await openGerman()
    const id = await openOne(core, await writePicture(temporaryFolder(), 'scan.png'))
    const begin = async () => {
      const { pdf } = await ask(core, 'cases.report', { id })
      const entry = JSON.parse((await core.store.auditHead())?.detail ?? '{}') as { language?: string }
      return [(await textOf(Buffer.from(pdf, 'base64')))[0]?.slice(0, 20), entry.language]
    }
    expect(await begin()).toEqual(['Gyrus: zweite Meinun', 'de'])
    const { keys, mouse } = await ask(core, 'preferences.get', {})
    await ask(core, 'preferences.set', { keys, mouse, language: 'en' })
    expect(await begin()).toEqual(['Gyrus: second opinio', 'en'])
    await ask(core, 'language.set-department', { language: null })
    await ask(core, 'preferences.set', { keys, mouse })
    expect(await begin()).toEqual(['Gyrus: second opinio', 'en'])
  })
})

const ID = '01a20d7d-7e31-7023-925e-f0f26c143cec'
const rowsOf = <T>(rows: T[]): Rows<T> => ({
  count: rows.length,
  async *read() {
    yield* rows
  },
})

const CODES = ['image-truncated', 'file-unreadable', 'image-too-small', 'engine-timeout'] as const
/** Files are named by them. */
const FAILED = CODES.map((code) => `${code}.jpg`)

function batch(change: Partial<BatchReport> = {}): BatchReport {
  const details = { reason: 'EACCES', width: 20, height: 20, minimum: 32, seconds: 60 }
  const eyes = Array.from({ length: 60 }, (_, i) => ({
    caseId: ID,
    fileName: `schicht-${i}.png`,
    label: CALLED[i % 5] ?? 'glioma',
    confidence: i % 5 === 4 ? null : 1 - i / 61,
    verdict:
      i % 3 === 0
        ? { verdict: i % 2 ? ('own' as const) : ('disagree' as const), label: 'other' as const, reader: 'Dr Ä' }
        : null,
  }))
  return {
    id: ID,
    name: 'Freitag',
    origin: 'folder',
    startedBy: 'Dr Ä',
    startedAt: '2026-11-24T08:00:00.000Z',
    finishedAt: '2026-11-24T08:05:00.000Z',
    series: { count: 2, files: 64 },
    totals: { files: 12_085, analysed: 12_060, kept: 3, failed: 4, waiting: 21, read: 20 },
    perLabel: { glioma: 6_000, meningioma: 3_000, notumor: 2_000, pituitary: 1_000, unjudged: 57 },
    model: { id: 'efl0-2', name: 'EfficientNet-Lite0', version: '2.0.2', weightsSha256: 'a'.repeat(64) },
    eyesFirst: rowsOf(eyes),
    failed: rowsOf(CODES.map((code) => ({ fileName: `${code}.jpg`, failure: failureOf(code, details) }))),
    passedOver: rowsOf([
      ...PASSED_OVER.map((kind) => ({ kind, files: 1, fileName: `${kind}.dat` })),
      { kind: 'report', files: 1_200, fileName: null },
    ]),
    madeFor: 'Dr Ä',
    ...change,
  }
}

describe('the German summary of a batch', () => {
  it.each(PAPERS)('is in German and whole (%s)', async (paper) => {
    const core = await openGerman()
    const path = join(temporaryFolder(), 'batch.pdf')
    const { pages } = await core.reports.ofBatch(batch(), path, { paper, actor: READER, language: null })
    const pdf = readFileSync(path)
    const names = [...PASSED_OVER.map((kind) => `${kind}.dat`), ...FAILED]
    expect(await faultsOf(pdf, `batch-${paper}`, names)).toEqual([])
    expect(pages).toBe(5)
    const text = (await textOf(pdf)).join(' ')
    for (const part of [
      ...['Stapel „Freitag“', '12.085: 12.060 ausgewertet, 4 fehlgeschlagen, 21 noch wartend', '6.000 (49,8 %)'],
      ...['Hypophysentumor', 'Nicht beurteilt', 'Widerspruch: Etwas anderes (Dr Ä)', 'ungelesen', '0,98'],
      ...['Das Bild ist abgeschnitten: Ein Teil seiner Daten fehlt.', 'Die Datei ist nicht lesbar (EACCES).'],
      ...['1.200 weitere, nicht aufgeführt', 'strukturierte Berichte', 'Seite 5 von 5'],
    ])
      expect(text).toContain(part)
  })

  it('of an empty one that is not done is a page', async () => {
    const core = await openGerman()
    const path = join(temporaryFolder(), 'batch.pdf')
    const totals = { files: 5, analysed: 0, kept: 0, failed: 0, waiting: 5, read: 0 }
    const none = { eyesFirst: rowsOf([]), failed: rowsOf([]), passedOver: rowsOf([]), model: null, finishedAt: null }
    const data = batch({
      ...none,
      totals,
      perLabel: { glioma: 0, meningioma: 0, notumor: 0, pituitary: 0, unjudged: 0 },
    })
    const { pages } = await core.reports.ofBatch(data, path, { paper: 'a4', actor: READER, language: 'de' })
    expect([pages, await faultsOf(readFileSync(path), 'batch-empty')]).toEqual([1, []])
  })
})

describe('the German report of a month', () => {
  const monthly = async (core: Core, month: string, paper: Paper, name: string) => {
    const { pdf, pages } = await ask(core, 'monitoring.monthly', { month, paper, department: 'Neuroradiologie' })
    const bytes = Buffer.from(pdf, 'base64')
    return { pages, text: (await textOf(bytes)).join(' '), faults: await faultsOf(bytes, `${name}-${paper}`) }
  }

  it.each(PAPERS)(
    'has figures, alarms and charts in German and whole, and no more pages than in English (%s)',
    async (paper) => {
      const core = await autumn()
      const inEnglish = await ask(core, 'monitoring.monthly', {
        month: '2026-09',
        paper,
        department: 'Neuroradiologie',
      })
      await ask(core, 'language.set-department', { language: 'de' })
      const { pages, text, faults } = await monthly(core, '2026-09', paper, 'month')
      expect(faults).toEqual([])
      expect(pages).toBeLessThanOrEqual(inEnglish.pages + 1)
      for (const part of [
        ...['Gyrus: die KI im Monat 2026-09', 'Abteilung Neuroradiologie', '2026-09-01 bis 2026-09-30 (UTC)'],
        ...['10 beantwortet, davon 10 signiert', 'Übereinstimmung mit signierten Beurteilungen 67 % 6 von 9 35–88 %'],
        ...['Recall: Hypophysentumor', 'Kalibrierungsfehler (ECE) 0,27 9', 'Konfidenz 1,83 10 1,70'],
        ...[`Übereinstimmung zu gering ${MODEL} 67 % 90 %`, 'Der KI zugestimmt 60 % (6 von 10; 31–83)'],
        ...[
          '2026-09 nach Modell, Quelle, Gerät, Sequenz und Befunder',
          'Monat (UTC) Antworten Signiert Geschätzt Übereinstimmung',
          'Version 2.',
          'in der Datei nicht angegeben',
          'Wie gezählt wurde',
        ],
      ])
        expect(text).toContain(part)
    },
    60_000,
  )

  it('of a month that is not over, and of one with drift from the first answers', async () => {
    const core = await autumn()
    await ask(core, 'language.set-department', { language: 'de' })
    const many = Array.from({ length: 260 }, (_, i) => ({
      ...{
        label: 'glioma',
        says: i % 2 ? 'glioma' : 'other',
        model: MODEL,
        brightness: 60 + (i % 40),
        distance: 1 + i / 100,
      },
    })) satisfies Used[]
    await at(core, RAISED, () => used(core.store, RAISED, many))
    const drifted = await monthly(core, '2026-09', 'a4', 'month-drift')
    expect(drifted.faults).toEqual([])
    for (const part of ['Drift gegenüber den ersten Antworten hier: Stabilitätsindex', 'Ferner als 95 % der Bilder'])
      expect(drifted.text).toContain(part)
    const running = await monthly(core, new Date().toISOString().slice(0, 7), 'a4', 'month-running')
    expect(running.faults).toEqual([])
    expect(running.text).toContain('bisher: Er ist noch nicht zu Ende')
  }, 120_000)
})

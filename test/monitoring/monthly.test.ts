import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatMonth } from '../../src/main/cli/monitoring-format.ts'
import type { Core } from '../../src/main/core/index.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { moment } from '../../src/shared/moment.ts'
import { monthOf } from '../../src/shared/monthly.ts'
import { READER, signInRole } from '../support/accounts.ts'
import { at, autumn, ENDED, MODEL, RAISED } from '../support/autumn.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { greyAt, renderPage } from '../support/paper.ts'
import { metaOf, placesOf, textOf } from '../support/pdf.ts'
import { times, type Used, used } from '../support/use.ts'

async function monthly(core: Core, month: string, paper: 'a4' | 'letter' = 'a4') {
  const { pdf, ...rest } = await ask(core, 'monitoring.monthly', { month, paper, department: 'Neuroradiology' })
  const bytes = Buffer.from(pdf, 'base64')
  const text = await textOf(bytes)
  return { ...rest, pdf: bytes, text: text.join(' '), all: text }
}

describe('a month as a PDF', () => {
  it('has the figures that were worked out by hand, with cases and intervals, and the alarms that stood', async () => {
    const core = await autumn()
    const { text, all, pages, fileName, pdf } = await monthly(core, '2026-09')
    expect([fileName, all.length]).toEqual(['gyrus-month-2026-09.pdf', pages])
    for (const [i, page] of all.entries()) {
      expect(page).toContain(BANNER)
      expect(page).toContain(`Page ${i + 1} of ${pages}`)
    }
    const { installation } = await core.store.auditSettings()
    for (const part of [
      ...['Department Neuroradiology', `Installation ${installation}`, '2026-09-01 to 2026-09-30 (UTC)'],
      ...[
        `${MODEL} (`,
        'as it came with Gyrus',
        '10 answered, 10 of them signed',
        'Made by Gyrus',
        'for Test Reader (Dr Test)',
      ],
      // Right: 4 gliomas and 2 without a tumour, of the 9 that a reader could tell. Wilson at z = 1.96:
      // (6/9 + 3.8415/18 ± 1.96 √(0.2222/9 + 3.8415/324)) / (1 + 3.8415/9) = 0.6168 ± 0.2626
      'Agreement with signed verdicts 67 % 6 of 9 35–88 %',
      // (7 · 0.9 + 3 · 0.6) / 10 = 0.81 ± 1.96 √(7 · 0.09 + 3 · 0.24) / 10 = 0.2277
      'estimated from confidences (no measurement) 81 % 10 58–100 %',
      // (0.8 + 0.38415 ± 1.96 √(0.032 + 0.038415)) / 1.7683 = 0.6697 ± 0.2941
      'Recall: Glioma 80 % 4 of 5 38–96 %',
      'Recall: Meningioma – 0 of 0 –',
      // (2/3 + 0.64025 ± 1.96 √(0.07407 + 0.10671)) / 2.2805 = 0.5731 ± 0.3654
      'Specificity: “no tumour” 67 % 2 of 3 21–94 %',
      'Missed: tumours called “no tumour” 20 % 1 of 5 4–62 %',
      // (0.1 + 0.192075 ± 1.96 √(0.009 + 0.009604)) / 1.38415 = 0.2110 ± 0.1931
      'Reader could not tell 10 % 1 of 10 2–40 %',
      // 6/9 · |1 − 0.9| + 3/9 · |0 − 0.6|
      'Calibration error (ECE) 0.27 9',
      // Between the 5th and 6th; and at place 0.95 · 9 = 8.55: 180 + 0.55 · 20
      'Inference time, median 110 ms 10',
      'Inference time, 95 % are faster 191 ms 10',
      `${MODEL} has not the 200 answers`,
      // All 10 are less sure than nine in ten of the 4,710, and none is in the other nine bins: e = 471.5/4715 each;
      // a = 10.5/15, 0.5/15: (0.7 − 0.1) ln 7 + 9 (0.03333 − 0.1) ln 0.33333 = 1.16755 + 0.65917; 16.919 (1/4710 + 1/10)
      'Confidence in the answer 1.83 10 1.70',
      'Measured from the 5,391 training images of efl0-2 (brain-tumor-mri/Training and other-sequences)',
      `Agreement too low efl0-2 67 % 90 % 9 ${moment(RAISED)} ${moment(ENDED)}`,
      `Missed tumours efl0-2 20 % 5 % 5 ${moment(RAISED)} ${moment(ENDED)}`,
      'agreement below 90 %; tumours called “no tumour” above 5 %',
      'room on the disk below off; none from fewer than 5 cases',
      // Of 10 signed: 6 say the same, 3 something else. Wilson at z = 1.96: 0.5722 ± 0.2596, 0.3555 ± 0.2477
      ...['Agreed with the AI 60 % (6 of 10; 31–83)', 'Overruled the AI 30 % (3 of 10; 11–60)'],
      'No reading that began with an impression',
      // By month, and by parts.
      '2026-08 3 3 90 % 100 % (3 of 3; 44–100)',
      '2026-09 10 10 81 % 67 % (6 of 9; 35–88)',
      'File 9 9',
      '10 answered, 10 of them signed; samples are left out',
      'Watched folder 1 1',
      '2026-09 by model, source, scanner, sequence and reader',
      // 4 of 4: from 4 / (4 + 3.8415) = 0.5101 on. The others: 2 of 5 that the reader could tell, 0.4436 ± 0.3259.
      'SIEMENS PRISMA FIT, 3 T 4 4 * 100 % (4 of 4; 51–100)',
      'not said by the file 6 6 40 % (2 of 5; 12–77)',
      'T1 SE 4 4 * 100 % (4 of 4; 51–100)',
      '* fewer than 5 signed cases with a finding',
      'Dr A 9 9',
      'Dr B 1 1',
    ])
      expect(text).toContain(part)
    const { info, roles } = await metaOf(pdf)
    expect(info).toMatchObject({ Title: 'Gyrus: how the AI did in 2026-09', Language: 'en-GB' })
    expect(roles).toEqual(expect.arrayContaining(['H1', 'H2', 'P']))
  })

  it('of many scanners has the most used ones, as text all of them', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const fleet = Array.from({ length: 22 }, (_, i): Used[] => {
      const dicom = {
        manufacturer: 'Siemens Healthineers',
        manufacturerModel: `MAGNETOM Avanto-fit ${i + 10}`,
        fieldStrength: 1.494,
      }
      return times(i < 2 ? 2 : 1, { label: 'glioma', says: 'glioma', model: MODEL, dicom })
    })
    await at(core, RAISED, () => used(core.store, RAISED, fleet.flat()))
    const { text } = await monthly(core, '2026-09')
    const name = (n: number) => `SIEMENS MAGNETOM AVANTO-FIT ${n}, 1.5 T`
    // 2 of 2: from 2 / (2 + 3.8415) = 0.3424 on.
    expect(text).toContain(`${name(10)} 2 2 * 100 % (2 of 2; 34–100)`)
    expect(text).toContain(`${name(29)} 1 1 *`)
    expect(text).not.toContain(name(30))
    expect(text).toContain('And 2 scanners more, with fewer answers each.')
    const lines = formatMonth(await core.monitoring.month('2026-09'))
    const scanners = lines.slice(lines.indexOf('By scanner:') + 1, lines.indexOf('By sequence:'))
    expect(scanners).toHaveLength(22)
    expect(scanners[0]).toBe(
      `  ${name(10)}: 2 answered, 2 signed; agreement 100 % (2 of 2; 34–100); estimated 90 %; tumours called “no tumour” 0 % (0 of 2; 0–66); specificity –; not judged 0 % (0 of 2; 0–66); fewer than 30 signed cases`,
    )
  })

  it('of a month whose alarms began before it tells them; of one that is over before them, none', async () => {
    const core = await autumn()
    expect((await monthly(core, '2026-10')).text).toContain('Agreement too low')
    const august = (await monthly(core, '2026-08', 'letter')).text
    expect(august).toContain('None is on record.')
    expect(august).toContain('3 answered, 3 of them signed')
  })

  it('of the running month says that it is not over, and one to come is refused', async () => {
    const core = await autumn()
    const { text } = await monthly(core, monthOf(new Date()))
    expect(text).toContain('so far: it is not over')
    expect(text).toContain('No scan that counts was analysed in this month.')
    await expect(monthly(core, '2999-01')).rejects.toThrow('month-to-come')
  })

  it('is on record before it is given, and kept from who may not', async () => {
    const core = await autumn()
    const { pdf, pages } = await monthly(core, '2026-09', 'letter')
    const entry = await core.store.auditHead()
    expect(entry).toMatchObject({ actor: READER, act: 'monitoring.reported', subject: 'monitoring' })
    expect(JSON.parse(entry?.detail ?? '')).toEqual({
      ...{ what: 'report', month: '2026-09', paper: 'letter', language: 'en', pages, bytes: pdf.length },
      sha256: createHash('sha256').update(pdf).digest('hex'),
      to: `${READER}, as a download`,
    })
    const radiologist = await signInRole(core, 'radiologist')
    const reply = await core.request('monitoring.monthly', { month: '2026-09' }, radiologist)
    expect(reply).toMatchObject({ failure: { code: 'not-allowed' } })
  })

  it('draws nothing over its charts', async () => {
    const { pdf, all } = await monthly(await autumn(), '2026-09')
    const page = all.findIndex((text) => text.includes('By month')) + 1
    const places = await placesOf(pdf, page)
    const table = places.findIndex(({ text }) => text === 'By month')
    const before = await placesOf(pdf, page - 1)
    const ends = [...before, ...places.slice(0, table)].filter(({ text }) => text === '0 %' || text === '0')
    expect(ends).toHaveLength(9)
    const lowest = Math.min(
      ...places
        .slice(0, table)
        .filter(({ text }) => text === '2026')
        .map(({ y }) => y),
    )
    expect(places[table]?.y).toBeLessThan(lowest - 8)
  })

  it('has no colour', async ({ skip }) => {
    const core = await autumn()
    const { pdf, pages } = await monthly(core, '2026-09')
    for (let n = 1; n <= pages; n += 1) {
      const page = await renderPage(pdf, n)
      if (typeof page === 'string') return skip(page)
      for (let y = 0; y < 840; y += 1) for (let x = 0; x < 595; x += 1) greyAt(page, x, y)
    }
  })
})

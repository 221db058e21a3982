import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import qrcode from 'qrcode-generator'
import { describe, expect, it } from 'vitest'
import { findCase } from '../../src/main/core/find-case.ts'
import type { Core } from '../../src/main/core/index.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { caseCode } from '../../src/shared/case-code.ts'
import { ERRORS } from '../../src/shared/errors.ts'
import { HEAT_NOTE, UNFAITHFUL_NOTE } from '../../src/shared/heat.ts'
import { BANNER, LABEL_NAMES } from '../../src/shared/labels.ts'
import type { ReportOptions } from '../../src/shared/report.ts'
import type { View } from '../../src/shared/view.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writeNoise, writePicture } from '../support/images.ts'
import { greyAt, renderPage } from '../support/paper.ts'
import { metaOf, textOf } from '../support/pdf.ts'

const FLIPPED: View = {
  window: { low: 10, high: 110 },
  inverted: true,
  flippedH: true,
  flippedV: false,
  rotation: 90,
}

async function openCase(name = 'scan.png') {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const [outcome] = await openPaths(core, await writePicture(folder, name))
  return { core, id: outcome?.caseId ?? '', folder }
}

async function report(core: Core, id: string, options: Partial<ReportOptions> = {}) {
  const { pdf, ...rest } = await ask(core, 'cases.report', { id, ...options })
  const bytes = Buffer.from(pdf, 'base64')
  const text = await textOf(bytes)
  expect(text).toHaveLength(rest.pages)
  return { ...rest, pdf: bytes, text }
}

/** What a DICOM file will say of itself. */
function name(core: Core, id: string, patient: Record<string, string>): void {
  const sqlite = new SQLite(core.folder.database)
  for (const [column, value] of Object.entries(patient))
    sqlite.prepare(`update cases set ${column} = ? where id = ?`).run(value, id)
  sqlite.close()
}

describe('the heat map in a case’s report', () => {
  it('has a page of its own where it is asked for, which says what it is not, and whether it is to be believed', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const [outcome] = await openPaths(core, join(import.meta.dirname, '../../resources/samples/sample-01.jpg'))
    const id = outcome?.caseId ?? ''
    const { label, confidences } = (await ask(core, 'cases.get', { id })).result ?? {}
    const { pages, text, pdf } = await report(core, id, { heat: true })
    expect(pages).toBe(2)
    const [first = '', second = ''] = text
    expect(first).toContain('page 1 of 2')
    for (const part of [
      ...[BANNER, 'page 2 of 2', 'No outline of a tumour', 'localisation head'],
      `${LABEL_NAMES[label ?? 'notumor']}, probability ${confidences?.[label ?? 'notumor'].toFixed(2)}`,
      'without the marked tenth',
    ])
      expect(second).toContain(part)
    const unfaithful = second.includes('Not faithful, so it is hatched')
    expect(second.includes('Faithful: the answer')).toBe(!unfaithful)
    expect([second.includes(HEAT_NOTE), second.includes(UNFAITHFUL_NOTE)]).toEqual([!unfaithful, unfaithful])
    // In colour, as the map is.
    expect((await metaOf(pdf)).roles).toContain('Figure')
    expect((await report(core, id)).pages).toBe(1)
  }, 60_000)

  it('says why there is none', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const [outcome] = await openPaths(core, join(import.meta.dirname, '../../resources/samples/sample-02.png'))
    const id = outcome?.caseId ?? ''
    expect((await ask(core, 'cases.get', { id })).result?.label).toBe('notumor')
    const { text } = await report(core, id, { heat: true })
    expect(text[1]).toContain('There is no map of “no tumour”')
  }, 60_000)
})

describe('a case’s report', () => {
  it('is one page with banner, patient, answer, model, verdicts and its place in the audit record', async () => {
    const { core, id } = await openCase()
    name(core, id, { patient_name: 'Ελένη Müller-Жук', patient_id: '4711', study_date: '2026-11-20' })
    await ask(core, 'cases.review', { id, verdict: 'agree' })
    await ask(core, 'cases.review', { id, verdict: 'disagree', label: 'other', comment: 'An abscess?\nAsk again.' })
    const { result } = await ask(core, 'cases.get', { id })
    const { entries } = await core.store.listAudit(auditQuerySchema.parse({ subject: id }), null, 1)
    const [last] = entries
    const { text, pages, fileName, pdf } = await report(core, id)
    expect([pages, fileName]).toEqual([1, `gyrus-report-${caseCode(id)}.pdf`])
    const [page = ''] = text
    const numbers = Object.values(result?.confidences ?? {}).map((one) => one.toFixed(2))
    for (const part of [
      BANNER,
      ...['Ελένη Müller-Жук', '4711', '2026-11-20', 'scan.png', 'Dr Test'],
      ...numbers.filter((one) => !/^[01]\.00$/.test(one)),
      ...['efl0-2', result?.weightsSha256.slice(0, 12) ?? '?', '“No tumour” is not “healthy”', 'accuracy'],
      ...['Disagree: Something else', 'An abscess? Ask again.', 'Earlier verdicts, superseded: ', 'Agree'],
      ...[id, caseCode(id), `last entry about this case ${last?.sequence} (${last?.act},`, last?.hash ?? '?'],
      ...['Orientation as in the file', 'Side markers: not in this file', 'Signature (name)', 'page 1 of 1'],
    ])
      expect(page).toContain(part)
    expect(page).not.toContain('CHANGED VIEW')
    const { info, marked, roles } = await metaOf(pdf)
    expect(info).toMatchObject({
      Title: `Gyrus: second opinion on an MRI slice, case ${caseCode(id)}`,
      Language: 'en-GB',
    })
    expect(marked).toMatchObject({ Marked: true })
    expect(roles).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'Figure']))
  })

  it('has no label, no numbers and no bar of an image that the model does not judge, but says why', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const [outcome] = await openPaths(core, await writeNoise(folder, 'noise.png'))
    const id = outcome?.caseId ?? ''
    await ask(core, 'cases.review', { id, verdict: 'own', label: 'meningioma' })
    const page = (await report(core, id)).text.join(' ')
    for (const part of ['The model does not judge this image.', 'unlike the images', 'Own finding: Meningioma'])
      expect(page).toContain(part)
    expect(page).not.toMatch(/Glioma|No tumour|Pituitary/)
    const { result } = await ask(core, 'cases.get', { id })
    for (const one of Object.values(result?.confidences ?? {})) expect(page).not.toContain(one.toFixed(2))
  })

  it('says who signed and when, and why what was signed was amended; a draft is called one', async () => {
    const { core, id } = await openCase()
    const page = async () => (await report(core, id)).text.join(' ')
    await ask(core, 'cases.review', { id, verdict: 'agree' })
    expect(await page()).toMatch(/a draft, not signed.*Signature \(name\)/)

    const [draft] = (await ask(core, 'cases.get', { id })).verdicts
    await ask(core, 'cases.sign', { id, verdict: draft?.id ?? 0 })
    const signed = await page()
    expect(signed).toMatch(/; signed by Test Reader \(Dr Test\), .*Signed by Test Reader \(Dr Test\) Signed at \d/)
    const { label } = await ask(core, 'cases.get', { id })
    expect(signed).toContain(`Agree: ${LABEL_NAMES[label as 'glioma']}`)
    expect(signed).not.toContain('Signature (name)')

    const amendment = { amends: draft?.id ?? 0, verdict: 'disagree', label: 'glioma', reason: 'Biopsy' } as const
    await ask(core, 'cases.amend', { id, ...amendment })
    expect(await page()).toMatch(
      /Disagree: Glioma .*amended because: Biopsy.*Agree: [\w ]+ \(signed by Test Reader \(Dr Test\), .*Signed by/,
    )
  })

  it('is found again by its code, however that is typed, and by what the QR code says', async () => {
    const { core, id } = await openCase()
    await openPaths(core, await writePicture(temporaryFolder(), 'other.png', 2))
    const code = caseCode(id)
    for (const search of [code, code.toLowerCase(), code.replace('-', ''), id.toUpperCase()]) {
      const { rows } = await ask(core, 'cases.list', { query: { search } })
      expect(rows.map((row) => row.id)).toEqual([id])
    }
    expect(await findCase(core.store, code.toLowerCase())).toBe(id)
    await expect(findCase(core.store, '0000-0000')).rejects.toMatchObject({ code: 'case-unknown' })
    await expect(findCase(core.store, 'scan')).rejects.toMatchObject({ code: 'case-unknown' })
  })

  it('marks a view that was flipped, turned or inverted', async () => {
    const { core, id } = await openCase()
    const [page = ''] = (await report(core, id, { view: FLIPPED })).text
    expect(page).toContain('CHANGED VIEW: flipped left–right, rotated 90°, inverted')
    expect(page).toContain('MIRRORED: left and right are exchanged')
    expect(page).toMatch(/W 100 +L 60/)
    const most = { ...FLIPPED, flippedV: true, rotation: 270 } as const
    for (const paper of ['a4', 'letter'] as const) {
      const [whole] = (await report(core, id, { paper, view: most })).text
      expect(whole).toContain('flipped left–right, flipped top–bottom, rotated 270°, inverted')
    }
    const turned = await report(core, id, { view: { ...FLIPPED, flippedV: true, inverted: false } })
    expect(turned.text[0]).toContain('Turned, not mirrored')
  })

  it('is logged with what was given to whom, before it is given', async () => {
    const { core, id } = await openCase()
    const { pdf } = await report(core, id, { paper: 'letter' })
    const sqlite = new SQLite(core.folder.database)
    const entry = sqlite.prepare('select actor, act, subject, detail from audit order by seq desc limit 1').get() as {
      detail: string
    }
    sqlite.close()
    expect(entry).toMatchObject({ actor: READER, act: 'case.exported', subject: id })
    expect(JSON.parse(entry.detail)).toEqual({
      what: 'report',
      paper: 'letter',
      language: 'en',
      pages: 1,
      bytes: pdf.length,
      sha256: createHash('sha256').update(pdf).digest('hex'),
      to: 'Dr Test, as a download',
    })
  })

  it.each(['a4', 'letter'] as const)(
    'goes on to a second page with a comment of 4,000 characters (%s)',
    async (paper) => {
      const { core, id } = await openCase()
      const comment = Array.from({ length: 500 }, (_, i) => `word${String(i).padStart(3, '0')}`).join(' ')
      await ask(core, 'cases.review', { id, verdict: 'cannot-tell', comment: comment.slice(0, 4000) })
      const { text, pages } = await report(core, id, { paper })
      expect(pages).toBe(2)
      expect(text[0]).toContain('Continued on page 2.')
      expect(text[1]).toContain(BANNER)
      const words = text.join(' ').match(/word\d{3}/g)
      expect(words).toHaveLength(500)
      expect(new Set(words).size).toBe(500)
    },
  )

  it('of a comment of 1,000 lines has all pages numbered', async () => {
    const { core, id } = await openCase()
    await ask(core, 'cases.review', { id, verdict: 'cannot-tell', comment: `a${'\n'.repeat(998)}z` })
    const { text, pages } = await report(core, id)
    expect(text.at(-1)).toContain(`page ${pages} of ${pages}`)
  })

  it('replaces visibly what its font does not have, and names it', async () => {
    const { core, id } = await openCase('山 \u202egnp.scan.png')
    name(core, id, { patient_name: 'שרה 田' })
    const [page = ''] = (await report(core, id)).text
    expect(page).toContain('\ufffd stands for characters that this report cannot print')
    for (const codePoint of ['U+5C71', 'U+202E', 'U+05E9', 'U+7530']) expect(page).toContain(codePoint)
  })

  it('of a very long name stays on one page', async () => {
    const { core, id } = await openCase(`${'long'.repeat(60)}.png`)
    name(core, id, { patient_name: 'Nnnn '.repeat(200), description: 'w'.repeat(900) })
    expect((await report(core, id)).pages).toBe(1)
  })

  it('of a failed case says that and why, and decodes nothing', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    writeFileSync(join(folder, 'text.jpg'), 'no image at all')
    const [outcome] = await openPaths(core, join(folder, 'text.jpg'))
    const { text, pages } = await report(core, outcome?.caseId ?? '')
    expect(pages).toBe(1)
    for (const part of [
      'This scan could not be read.',
      ERRORS['image-unsupported'].message,
      'image-unsupported',
      BANNER,
    ])
      expect(text[0]).toContain(part)
    expect(text[0]).not.toContain('Model:')
  })

  it('of an unknown case is refused', async () => {
    const { core } = await openCase()
    const id = '01a20d7d-7e31-7023-925e-f0f26c143cec'
    await expect(ask(core, 'cases.report', { id })).rejects.toThrow('case-unknown')
  })
})

describe('on paper', () => {
  it('there is no colour, the image is where it should be, and the QR code is that of the id', async ({ skip }) => {
    const { core, id } = await openCase()
    const { pdf } = await report(core, id)
    const page = await renderPage(pdf)
    if (typeof page === 'string') return skip(page)
    for (let y = 0; y < page.height / 2; y += 1) for (let x = 0; x < 595; x += 1) greyAt(page, x, y)
    // The picture is noise between black and white.
    const greys = Array.from({ length: 400 }, (_, i) => greyAt(page, 50 + 12 * (i % 20), 245 + 12 * Math.floor(i / 20)))
    const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length
    expect(mean).toBeGreaterThan(80)
    expect(mean).toBeLessThan(180)

    const code = qrcode(0, 'M')
    code.addData(id.toUpperCase(), 'Alphanumeric')
    code.make()
    const count = code.getModuleCount()
    const [left, top, side] = [595.28 - 36 - 96, 74, 96]
    const step = side / (count + 8)
    for (let row = -4; row < count + 4; row++) {
      for (let column = -4; column < count + 4; column++) {
        const dark = row >= 0 && column >= 0 && row < count && column < count && code.isDark(row, column)
        const grey = greyAt(page, left + (column + 4.5) * step, top + (row + 4.5) * step)
        expect(grey < 128, `module ${row}, ${column}`).toBe(dark)
      }
    }
  })

  it('the confidences can be read from the bars alone', async ({ skip }) => {
    const { core, id } = await openCase()
    const { result } = await ask(core, 'cases.get', { id })
    const page = await renderPage((await report(core, id)).pdf)
    if (typeof page === 'string') return skip(page)
    const sorted = Object.values(result?.confidences ?? {}).sort((a, b) => b - a)
    const [left, width] = [36 + 266 + 16, 523.28 - 266 - 16 - 34]
    for (const [i, confidence] of sorted.entries()) {
      const y = 203 + 15 + 25 + 22 * i + 15.5
      const inside = Array.from({ length: 100 }, (_, step) => greyAt(page, left + 1 + ((width - 2) * step) / 100, y))
      expect(inside.filter((grey) => grey < 128).length / 100).toBeCloseTo(confidence, 1)
    }
  })
})

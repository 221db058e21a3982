import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { DEFAULT_LIMITS } from '../../src/shared/monitoring.ts'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'
import { times, type Used, used } from '../support/use.ts'
import { READER, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

const DAY_MS = 86_400_000
const MODEL = 'efl0-2'

/** Days ago, so that the core counts them as it does in use. */
async function inUse(core: Core, weeks: [daysAgo: number, cases: Used[]][]): Promise<void> {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    for (const [daysAgo, cases] of weeks)
      await used(
        core.store,
        new Date(now - daysAgo * DAY_MS).toISOString(),
        cases.map((one) => ({ ...one, model: MODEL })),
      )
  } finally {
    vi.useRealTimers()
  }
}

const good = (n: number): Used[] => times(n, { label: 'glioma', says: 'glioma', reader: READER })

test('monitoring says what is needed while there is nothing to count', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('link', { name: 'Monitoring' }).click()
  await page.getByText('No alarm.', { exact: true }).waitFor()
  await page.getByText('No scan that counts was analysed in this time.').waitFor()
  await page.getByText('Open scans on the work list.').waitFor()
  await page.getByRole('heading', { name: 'This machine' }).waitFor()
  await expectGood(page)
})

/** 6 of 10 are right; of 10 tumours 4 are called none. */
const BAD: Used[] = [...good(6), ...times(4, { label: 'notumor', says: 'glioma', reader: READER })]

test('figures by month have their interval, and drift what it is measured from', async ({ page }) => {
  const app = await startApp()
  await inUse(app.core, [
    [70, [...times(100, { label: 'glioma', confidence: 0.9 }), ...times(100, { label: 'notumor', confidence: 0.8 })]],
    [3, BAD],
  ])
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  const agreement = page.getByRole('figure', { name: 'Agreement' })
  await agreement.getByRole('listitem').filter({ hasText: 'Measured 60 %' }).waitFor()
  await agreement.getByText('As a table').click()
  // 6 of 10, Wilson: (0.6 + 0.19207) / 1.38415 ± 1.96 √(0.024 + 0.0096037) / 1.38415 = 0.57225 ± 0.25957
  await agreement.getByRole('cell', { name: '60 % (6 of 10, 95 %: 31–83 %)' }).waitFor()
  // Each number says from which data, which model and when.
  const titles = await agreement.locator('circle > title').allTextContents()
  expect(titles.length).toBeGreaterThan(0)
  for (const title of titles)
    expect(title).toMatch(/Data: answers in this installation’s record[\s\S]*Model: all models\nCounted \d{4}-/)
  await page.getByText('Fewer than 30 signed cases in').waitFor()
  const interplay = page.getByRole('table', { name: 'What readers made of the answers' })
  await interplay.getByRole('row', { name: 'Overruled the AI 4 40 % (4 of 10, 17–69 %) –' }).waitFor()
  await interplay.getByText('No reading with an impression before the answer').waitFor()
  await page.getByText('Measured from the first 200 answers of efl0-2').waitFor()
  // The answers were made up, and none has a picture that was measured: confidence is all that can be held against training.
  await page.getByText('Measured from the 5,391 training images of efl0-2 (brain-tumor-mri/Training and').waitFor()
  await page.getByText('Confidence: from 4,710 images that the model did not learn from').waitFor()
  await expectGood(page)
})

test('what the model did not judge is a share of its own, in its chart and by scanner', async ({ page }) => {
  const app = await startApp()
  const photo: Used = { label: 'glioma', confidence: 0.99, unjudged: true }
  await inUse(app.core, [[3, [...good(6), photo, { ...photo, dicom: { manufacturer: 'SIEMENS' } }]]])
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  const share = page.getByRole('figure', { name: 'Cases that the model did not judge' })
  await share.getByRole('listitem').filter({ hasText: 'Measured 25 %' }).waitFor()
  await share.getByText('As a table').click()
  // 2 of 8, Wilson: 0.33110 ± 0.25963
  await share.getByRole('cell', { name: '25 % (2 of 8, 95 %: 7–59 %)' }).waitFor()
  await page
    .getByRole('table', { name: 'By scanner' })
    .getByRole('row', { name: /SIEMENS.*100 % \(1 of 1/ })
    .waitFor()
  await expectGood(page)
})

test('pictures unlike the training set are told, with what they are held against', async ({ page }) => {
  const app = await startApp()
  const { core } = app
  await ask(core, 'monitoring.set-limits', { ...DEFAULT_LIMITS, minimum: 10, agreement: null })
  // Brighter than nearly all that it learned from, and far from them.
  const unlike = { label: 'glioma', confidence: 0.975, brightness: 180, distance: 3 } as const
  await inUse(core, [[3, [...times(30, unlike), ...times(10, { ...unlike, distance: 0.9 })]]])
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  const alarmsOnPage = page.getByRole('region', { name: 'Alarms' })
  await alarmsOnPage.getByText('The brightness of the pictures is not that of the training set: index').waitFor()
  await alarmsOnPage.getByText('75 % of 40 pictures are farther from the training images').waitFor()
  const trained = page.getByRole('region', { name: 'Drift from the training set' })
  const far = trained.getByRole('figure', { name: 'Pictures far from the training images' })
  await far.getByText('As a table').click()
  // 30 of 40, Wilson: (0.75 + 0.04802) / 1.09604 ± 1.96 √(0.0046875 + 0.00060024) / 1.09604 = 0.7281 ± 0.1300
  await far.getByRole('cell', { name: '75 % (30 of 40, 95 %: 60–86 %)' }).waitFor()
  const distance = trained.getByRole('figure', { name: 'Distance from the training images', exact: true })
  await distance.getByText('As a table').click()
  await distance.getByRole('cell', { name: '3.00 (40 cases)' }).first().waitFor()
  await page.getByRole('spinbutton', { name: 'Pictures far from the training images above' }).fill('80')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await alarmsOnPage.getByText('75 % of 40 pictures').waitFor({ state: 'detached' })
  await expectGood(page)
})

test('figures by scanner and sequence stand in tables, and the charts narrow to one', async ({ page }) => {
  const app = await startApp()
  const maker = (manufacturer: string, seriesDescription: string) => ({
    dicom: { manufacturer, manufacturerModel: '', fieldStrength: 3, seriesDescription },
  })
  await inUse(app.core, [
    [
      3,
      [
        ...good(30).map((one) => ({ ...one, ...maker('SIEMENS', 't1_se') })),
        ...BAD.map((one) => ({ ...one, ...maker('Philips Medical Systems', 'flair') })),
        ...good(2),
      ],
    ],
  ])
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  const scanners = page.getByRole('table', { name: 'By scanner' })
  // Wilson: 30 of 30 from 30 / (30 + 3.8415) = 0.8865 on; 6 of 10 as above.
  await scanners.getByRole('row', { name: 'SIEMENS, 3 T 30 30 90 % 100 % (30 of 30, 89–100 %)' }).waitFor()
  await page.getByText('few: fewer than 30 signed verdicts with a finding.').waitFor()
  await scanners.getByRole('row', { name: 'PHILIPS, 3 T few 10 10 90 % 60 % (6 of 10, 31–83 %)' }).waitFor()
  await scanners.getByRole('row', { name: 'not said by the file few 2 2' }).waitFor()
  const sequences = page.getByRole('table', { name: 'By sequence' })
  await sequences.getByRole('row', { name: 'T1 SE 30 30' }).waitFor()

  await page.getByRole('combobox', { name: 'Sequence' }).selectOption('FLAIR')
  const agreement = page.getByRole('figure', { name: 'Agreement' })
  await agreement.getByRole('listitem').filter({ hasText: 'Measured 60 %' }).waitFor()
  await page.getByText('clear the filters but for the model').waitFor()
  expect(await scanners.getByRole('row').count()).toBe(2)
  // Those that it narrowed to another one from are still there to choose.
  await page.getByRole('combobox', { name: 'Sequence' }).selectOption('not said by the file')
  await scanners.getByRole('row', { name: 'not said by the file few 2 2' }).waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await scanners.getByRole('row', { name: 'SIEMENS, 3 T' }).waitFor()
})

test('a count that takes long tells how far it is', async ({ page }) => {
  const app = await startApp()
  await inUse(app.core, [[3, BAD]])
  await visit(page, app)
  // A record that is counted for so long would take this test as long: its answer is held back.
  const counted = Promise.withResolvers<void>()
  await page.route('**/api/monitoring.report', async (route) => {
    await counted.promise
    await route.continue()
  })
  await page.route('**/api/monitoring.counting', (route) => route.fulfill({ json: { ok: { done: 3, total: 12 } } }))
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  await page.getByRole('status').getByText('Counting… 3 of 12').waitFor()
  counted.resolve()
  await page.getByRole('figure', { name: 'Agreement' }).waitFor()
  await expect.poll(() => page.getByText('Counting…').count()).toBe(0)
})

test('a month is saved as a PDF, with the name of the department, which is kept', async ({ page }) => {
  const app = await startApp()
  await inUse(app.core, [[3, BAD]])
  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  const form = page.getByRole('form', { name: 'A month as a PDF' })
  const month = new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 7)
  await form.getByLabel('Month').selectOption(month)
  await form.getByLabel('Department').fill('Neuroradiology')
  const download = page.waitForEvent('download')
  await form.getByRole('button', { name: 'Save as PDF' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe(`gyrus-month-${month}.pdf`)
  const text = (await textOf(readFileSync(await saved.path()))).join(' ')
  for (const part of ['Department Neuroradiology', 'Agreement with signed verdicts 60 % 6 of 10 31–83 %', READER])
    expect(text).toContain(part)
  expect((await app.core.store.auditHead())?.act).toBe('monitoring.reported')
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    form.getByRole('button', { name: 'Print' }).click(),
  ])
  await expect.poll(() => tab.evaluate(() => document.contentType)).toBe('application/pdf')
  await tab.close()
  await expectGood(page)
  await page.reload()
  await expect.poll(() => form.getByLabel('Department').inputValue()).toBe('Neuroradiology')
})

test('an alarm is told to everybody until its limit is changed', async ({ page }) => {
  const app = await startApp()
  const { core } = app
  await inUse(core, [[3, BAD]])
  await signInRole(core, 'radiologist')
  // Fewer than 30: none yet.
  expect(await ask(core, 'monitoring.status', {})).toMatchObject({ model: MODEL, answers: 10, signed: 10, alarms: [] })

  await visit(page, app)
  await page.goto(`${new URL(page.url()).origin}/#/admin/monitoring`)
  // What is answered meanwhile is in the line as soon as it was.
  await page.getByText(`From 10 answers of ${MODEL} in the last 30 days, 10 of them signed`).waitFor()
  await openPaths(core, await writePicture(temporaryFolder(), 'scan.png'))
  await page
    .getByText(`From 11 answers of ${MODEL} in the last 30 days, 10 of them signed`)
    .waitFor({ timeout: 15_000 })
  await page.getByLabel('No alarm from fewer cases than').fill('10')
  await page.getByRole('button', { name: 'Save limits' }).click()
  const found = 'The AI agrees with 60 % of 10 signed verdicts; the limit is 90 %.'
  await page.getByRole('region', { name: 'Alarms' }).getByText(found).waitFor()
  // What was found is on record, too.
  const { entries } = await core.store.listAudit(auditQuerySchema.parse({ subject: 'monitoring' }), null, 10)
  const acts = ['monitoring.alarm-raised', 'monitoring.alarm-raised', 'monitoring.limits-set']
  expect(entries.map(({ act }) => act)).toEqual(acts)

  // A radiologist, on the work list.
  await visit(page, app, 'the radiologist')
  await page.getByRole('button', { name: '2 alarms about the AI in use' }).click()
  const dialog = page.getByRole('dialog', { name: 'Alarms' })
  await dialog.getByText(found).waitFor()
  await dialog.getByText('Do not take “no tumour” for an answer').waitFor()
  await dialog.getByText('Tell who administers Gyrus').waitFor()
  await expectGood(page)
  await page.keyboard.press('Escape')

  // It goes for everybody as soon as nobody asks for it any more.
  await ask(core, 'monitoring.set-limits', { ...DEFAULT_LIMITS, minimum: 10, agreement: null, missed: null })
  await page.getByRole('button', { name: /alarms? about the AI/ }).waitFor({ state: 'detached' })
})

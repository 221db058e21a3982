import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { DEFAULT_MOUSE } from '../../src/shared/keys.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { type App, PASSWORD, READER, startApp, visit } from './app.ts'
import { inGermanWords, PAIRS } from './german.ts'
import { accessFaults } from './good.ts'
import { layoutFaults } from './layout/index.ts'
import { tourIn } from './tour.ts'
import { furnish } from './tour-data.ts'

/** Where pictures of the screens in German are to be left. */
const { GYRUS_SCREENS: PICTURES } = process.env

/** What models and their results say of themselves, which is English and stays so, and what the test itself typed. */
const FOREIGN = [
  ...globSync(join(import.meta.dirname, '../../resources/**/*.json')).flatMap((path) => textsIn(readJson(path))),
  ...[
    'what it is for',
    'the radiologist',
    'Extra-axial, at the convexity, with a dural tail; no oedema.',
    'All images',
    'all images',
  ],
  'Thresholds and conformal limits of the model come from images that its cross-validation held out',
  'Whether the model learned from images of this set is not known: its card has the hash of what it learned from, and that is neither the hash of this set nor of its sides for training. If it did, its figures here are of what it remembers.',
  'No patients are known: intervals draw near-duplicate groups, and slices of one patient count as several.',
  'none: the set has no test side; whether this model learned from these images is not known',
  'images that the 5 trainings of its cross-validation held out',
].sort((one, other) => other.length - one.length)

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 3 ? [value.replace(/\s+/g, ' ')] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Without what is not ours, to its end where a sentence of it goes on with figures. */
const ours = (text: string) => FOREIGN.reduce((left, foreign) => left.replaceAll(foreign, ''), text)

/** Signed in, in a page that is not English. */
async function visitGerman(page: Page, app: App): Promise<void> {
  const address = app.server.newAddress()
  const { request } = page.context()
  await request.get(address)
  const base = new URL('/', address).href
  await request.post(`${base}api/session.sign-in`, { data: { name: READER, password: PASSWORD } })
  await page.goto(base)
  await page.getByRole('button', { name: 'Tasten' }).waitFor()
}

const documentLanguage = (page: Page) => page.evaluate(() => document.documentElement.lang)

test('a reader chooses their language, which is there again on the next visit', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('button', { name: /^Account: / }).click()
  await page.getByRole('menuitem', { name: 'Deutsch' }).click()
  await page.getByText('Nur Entscheidungshilfe — keine Diagnose').first().waitFor()
  await page.getByRole('heading', { name: 'Eine zweite Meinung zur MRT des Gehirns' }).waitFor()
  expect(await documentLanguage(page)).toBe('de-DE')
  expect((await ask(app.core, 'preferences.get', {})).language).toBe('de')
  await page.reload()
  await page.getByRole('button', { name: /^Konto: / }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.getByText('Decision aid only — not a diagnosis').first().waitFor()
  expect(await documentLanguage(page)).toBe('en-GB')
})

test('who has chosen nothing gets the language of the browser, and after signing in their own', async ({ page }) => {
  const app = await startApp()
  await ask(app.core, 'preferences.set', { keys: {}, mouse: DEFAULT_MOUSE, language: 'en' })
  const context = await page.context().browser()?.newContext({ locale: 'de-AT' })
  onTestFinished(() => context?.close())
  const german = await context?.newPage()
  if (!german) throw new Error('no other window could be opened')
  await german.goto(app.server.newAddress())
  await german.getByRole('heading', { name: 'Anmelden' }).waitFor()
  expect(await documentLanguage(german)).toBe('de-DE')
  await german.getByLabel('Name').fill(READER)
  await german.getByLabel('Passwort').fill(PASSWORD)
  await german.getByRole('button', { name: 'Anmelden' }).click()
  await german.getByRole('heading', { name: 'A second opinion on brain MRI' }).waitFor()
  expect(await documentLanguage(german)).toBe('en-GB')
})

/** What a screen shows or names for assistive programs, without what is marked as of another language. */
const said = (page: Page) =>
  page.evaluate(() => {
    const found = new Set<string>()
    const shown = (element: Element) =>
      element.checkVisibility() && !element.closest('[lang]:not(html), bdi, pre, code')
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.replace(/\s+/g, ' ').trim()
      if (text && node.parentElement && shown(node.parentElement)) found.add(text)
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (shown(element)) found.add(element.getAttribute(name) ?? '')
    return [...found]
  })

/** Words that German has not. */
const ENGLISH_WORDS = /\b(?:the|of|and|is|are|were|with|from|not|this|that|which|have|been|to|by)\b/i

test('every screen is in German, whole at 1366 × 768, and fit for assistive programs', { timeout: 600_000 }, async ({
  page,
}) => {
  page.setDefaultTimeout(30_000)
  const app = await startApp()
  await ask(app.core, 'language.set-department', { language: 'de' })
  const size = { name: '1366', width: 1366, height: 768, scale: 1, smallestText: 13 }
  await page.setViewportSize(size)
  await visitGerman(page, app)
  const english = new Set(PAIRS.filter((one) => one.english !== one.german).map((one) => one.english))
  const german = new Set(PAIRS.map((one) => one.german))
  const faults: string[] = []
  const look = async (name: string) => {
    for (const text of await said(page)) {
      if (english.has(text) && !german.has(text)) faults.push(`${name}: English text: ${text}`)
      else if (ENGLISH_WORDS.test(ours(text))) faults.push(`${name}: English words: ${text}`)
    }
    for (const fault of [...(await layoutFaults(page, size)), ...(await accessFaults(page))])
      faults.push(`${name}: ${fault}`)
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true })
      await page.screenshot({ path: join(PICTURES, `${name}-de.png`) })
    }
  }
  await look('first-launch')
  const data = await furnish(app)
  for (const stop of tourIn(inGermanWords)) {
    const opened = await stop.open(page, data).then(
      () => true,
      (error: unknown) => faults.push(`${stop.name} could not be opened: ${error}`) < 0,
    )
    if (!opened) continue
    await page.waitForTimeout(300)
    await look(stop.name)
    if (await page.getByRole('dialog').count()) {
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  }
  expect([...new Set(faults)]).toEqual([])
})

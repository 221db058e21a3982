import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { DEFAULT_MOUSE } from '../../src/shared/keys.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { openSection, PASSWORD, READER, row, startApp, startNewApp, visit, visitUnsigned, waitForImage } from './app.ts'
import { expectGood } from './good.ts'

/** Where pictures of the guide are to be left. */
const { GYRUS_SCREENS: PICTURES } = process.env

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

const guideOf = (page: Page, name = 'User guide') => page.getByRole('dialog', { name })

/** What has the keys. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

/** F1 leads to this part: its heading has the keys and stands at the top of the text. */
async function opensAt(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1')
  const heading = guideOf(page).getByRole('heading', { name: title, exact: true })
  await heading.waitFor()
  await expect.poll(() => focused(page)).toBe(title)
  const box = await heading.boundingBox()
  const text = await guideOf(page).getByRole('region').boundingBox()
  expect((box?.y ?? 0) - (text?.y ?? 0)).toBeGreaterThanOrEqual(0)
  expect((box?.y ?? 999) - (text?.y ?? 0)).toBeLessThan(48)
  const current = guideOf(page).getByRole('navigation', { name: 'Contents' }).locator('[aria-current]')
  await expect.poll(() => current.innerText()).toBe(title)
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await guideOf(page).waitFor({ state: 'detached' })
}

test('F1 opens the guide at what tells of the screen, and Escape leads back to the work', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'scan.png'))
  await visit(page, app)
  await row(page, 'scan.png').waitFor()
  await opensAt(page, 'Work list')
  await expectGood(page)
  await picture(page, 'guide-work-list')
  await close(page)

  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('a')
  await page.keyboard.press('c')
  await page.keyboard.type('half a sent')
  await opensAt(page, 'Review')
  await expectGood(page)
  await picture(page, 'guide-review')
  // Keys are the guide's while it is open.
  await page.keyboard.press('d')
  await close(page)
  expect(page.url()).toContain('#/case/')
  await page.keyboard.type('ence')
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('half a sentence')
  expect(await page.getByRole('radio', { name: 'Agree', exact: true }).isChecked()).toBe(true)

  // From the image, whose viewer takes keys for itself.
  await page.locator('[data-page-keys]').first().click()
  await opensAt(page, 'Review')
  await close(page)

  await page.getByRole('button', { name: 'Keys' }).click()
  await page.getByRole('dialog', { name: 'Keys and mouse' }).waitFor()
  await opensAt(page, 'Keys and mouse')
  await close(page)
  await page.getByRole('dialog', { name: 'Keys and mouse' }).waitFor()
})

test('each section of the admin panel has its part, and so have batches and audit', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('link', { name: 'Batches' }).click()
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await opensAt(page, 'Batches')
  await close(page)
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('heading', { name: 'Audit' }).waitFor()
  await opensAt(page, 'Audit')
  await close(page)
  for (const section of ['Training', 'Data care', 'Settings']) {
    await openSection(page, section)
    await page.getByRole('region', { name: section, exact: true }).waitFor()
    await opensAt(page, section)
    await close(page)
  }
})

test('the contents lead to every part, the search finds words, Enter goes from place to place', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await page.getByRole('button', { name: 'Guide' }).click()
  const guide = guideOf(page)
  await guide.getByRole('navigation', { name: 'Contents' }).getByRole('button', { name: 'Heat map' }).click()
  await expect.poll(() => focused(page)).toBe('Heat map')
  await guide.getByRole('heading', { name: 'Monitoring' }).scrollIntoViewIfNeeded()

  await guide.getByRole('searchbox').fill('asymmetry')
  await guide.getByRole('status').getByText('1 part').waitFor()
  const titles = guide.getByRole('navigation').getByRole('button')
  expect(await titles.allInnerTexts()).toEqual(['Brain and sides'])
  await page.keyboard.press('Enter')
  await expect.poll(() => guide.locator('mark.at').innerText()).toBe('asymmetry')
  await expectGood(page)
  await picture(page, 'guide-search')
  await guide.getByRole('searchbox').fill('no such word')
  await guide.getByText('No part has all these words').waitFor()
  await guide.getByRole('searchbox').fill('')
  await expect.poll(() => titles.count()).toBeGreaterThan(30)

  // What leads on within the guide.
  await guide.getByRole('region').getByRole('button', { name: 'Data care' }).click()
  await expect.poll(() => focused(page)).toBe('Data care')
  await page.keyboard.press('Escape')
  await guide.waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toBe('Guide')
})

test('who has no account yet can read it, and locking closes it', async ({ page }) => {
  const fresh = await startNewApp()
  await visitUnsigned(page, fresh.server.newAddress())
  await page.getByRole('heading', { name: 'Set up Gyrus' }).waitFor()
  await opensAt(page, 'The first day')
  await expectGood(page)
  await close(page)

  const app = await startApp()
  await visit(page, app)
  await opensAt(page, 'Work list')
  await page.keyboard.press('Control+l')
  await page.getByRole('heading', { name: 'Locked' }).waitFor()
  await guideOf(page).waitFor({ state: 'detached' })
})

/** A sentence of each guide, by which the scripts that hold it are known. */
const SENTENCES = {
  english: 'What a radiologist, an administrator and an auditor do with Gyrus',
  german: 'Was Befunder, Administration und Audit mit Gyrus tun',
}

/** Which guides a page has fetched. */
function guidesOf(page: Page): () => Promise<string[]> {
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.text().catch(() => ''))
  })
  return async () => {
    const all = (await Promise.all(scripts)).join('\n')
    return Object.entries(SENTENCES).flatMap(([name, sentence]) => (all.includes(sentence) ? [name] : []))
  }
}

test('on a screen in German the guide is German, at the same part, and the English one is not loaded', async ({
  page,
}) => {
  const app = await startApp()
  await ask(app.core, 'preferences.set', { keys: {}, mouse: DEFAULT_MOUSE, language: 'de' })
  const address = app.server.newAddress()
  const { request } = page.context()
  await request.get(address)
  const base = new URL('/', address).href
  await request.post(`${base}api/session.sign-in`, { data: { name: READER, password: PASSWORD } })
  const guides = guidesOf(page)
  await page.goto(base)
  await page.getByRole('button', { name: 'Tasten' }).waitFor()
  await page.keyboard.press('F1')
  const guide = guideOf(page, 'Handbuch')
  await guide.getByText(SENTENCES.german).waitFor()
  await expect.poll(() => focused(page)).toBe('Arbeitsliste')
  expect(await guides()).toEqual(['german'])
  await guide.getByRole('searchbox').fill('asymmetrieindex')
  const titles = guide.getByRole('navigation', { name: 'Inhalt' }).getByRole('button')
  await expect.poll(() => titles.allInnerTexts()).toEqual(['Gehirn und Seiten'])
  await guide.getByRole('searchbox').fill('')
  await guide.getByRole('region').getByRole('button', { name: 'Datenpflege' }).first().click()
  await expect.poll(() => focused(page)).toBe('Datenpflege')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await picture(page, 'guide-german')
})

test('on a screen in English the German guide is not loaded', async ({ page }) => {
  const app = await startApp()
  const guides = guidesOf(page)
  await visit(page, app)
  await opensAt(page, 'Work list')
  expect(await guides()).toEqual(['english'])
})

test('at 200 % the text keeps the width of the window', async ({ page }) => {
  const app = await startApp()
  await page.setViewportSize({ width: 683, height: 384 })
  await visit(page, app)
  await opensAt(page, 'Work list')
  await expectGood(page)
  const text = await guideOf(page).getByRole('region').boundingBox()
  expect(text?.width).toBeGreaterThan(600)
  expect(text?.height).toBeGreaterThan(120)
  await picture(page, 'guide-enlarged')
})

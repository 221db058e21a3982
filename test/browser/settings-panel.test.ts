import { expect } from 'vitest'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { openSection, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

test('an administrator finds every setting in one place, by its words, with its safe default', async ({ page }) => {
  const app = await startApp()
  await visit(page, app)
  await openSection(page, 'Settings')
  const settings = page.getByRole('main').getByRole('listitem')
  await page.getByRole('heading', { name: 'Impression before the answer' }).waitFor()
  await expect.poll(() => settings.count()).toBe(19)
  for (const text of await settings.allInnerTexts()) expect(text).toContain('Safe default: ')
  await page.getByText('Everything is kept: no rule is set.').waitFor()
  await expectGood(page)

  await page.getByLabel('Lock after').fill('20')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await page.getByText('Gyrus locks after 20 min.').waitFor()
  expect((await ask(app.core, 'accounts.list', {})).lockMinutes).toBe(20)

  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('passphrase disk')
  await expect.poll(() => settings.count()).toBe(1)
  await settings.getByText('Off', { exact: true }).waitFor()
  await settings.getByRole('link', { name: 'Open Data care' }).click()
  await page.getByText('The record lies on the disk in clear.').waitFor()
  expect(page.url()).toContain('#/admin/care')
  expect(await page.title()).toBe('Data care – Gyrus')
})

test('an auditor sees how it is set, and changes nothing', async ({ page }) => {
  const app = await startApp()
  await signInRole(app.core, 'auditor')
  await visit(page, app, 'the auditor')
  await openSection(page, 'Settings')
  await page.getByText('After 15 minutes without key or mouse').waitFor()
  await page.getByLabel('Marked for a second reader').waitFor()
  expect(await page.getByLabel('Marked for a second reader').isDisabled()).toBe(true)
  expect(await page.getByLabel('All readers record an impression').isDisabled()).toBe(true)
  const offered = await page.getByRole('main').getByRole('button').allInnerTexts()
  expect(offered).toEqual(['Keys and mouse…'])
  expect(await page.getByRole('main').getByRole('link', { name: 'Accounts' }).count()).toBe(0)
  await expectGood(page)
})

test('a radiologist has keys and mouse in their own menu, and no admin panel', async ({ page }) => {
  const app = await startApp()
  await signInRole(app.core, 'radiologist')
  await visit(page, app, 'the radiologist')
  await page.getByRole('button', { name: 'Account: the radiologist' }).click()
  await page.getByRole('menuitem', { name: 'Keys and mouse' }).click()
  const dialog = page.getByRole('dialog', { name: 'Keys and mouse' })
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.goto(`${new URL('/', page.url()).href}#/care`)
  await page.getByRole('button', { name: 'Open sample scans' }).waitFor()
  expect(await page.getByRole('link', { name: 'Admin' }).count()).toBe(0)
})

test('old addresses lead to where the pages are now, and a part has one address', async ({ page }) => {
  const app = await startApp()
  await signInRole(app.core, 'auditor')
  await visit(page, app)
  const base = new URL('/', page.url()).href
  for (const [old, now, title] of [
    ['#/care', '#/admin/care', 'Data care'],
    ['#/accounts', '#/admin/accounts', 'Accounts'],
    ['#/admin', '#/admin/data-sets', 'Data sets'],
    ['#/admin/nothing', '#/admin/data-sets', 'Data sets'],
  ] as const) {
    await page.goto(`${base}${old}`)
    await page.getByRole('region', { name: title, exact: true }).waitFor()
    await expect.poll(() => page.url(), { message: old }).toBe(`${base}${now}`)
    await expect.poll(() => page.title(), { message: old }).toBe(`${title} – Gyrus`)
    const link = page.getByRole('navigation', { name: 'Parts of the admin panel' }).getByRole('link', { name: title })
    expect(await link.getAttribute('aria-current')).toBe('page')
  }
  // Who may not see a part is led to the first.
  await visit(page, app, 'the auditor')
  await page.goto(`${base}#/accounts`)
  await page.getByRole('region', { name: 'Data sets', exact: true }).waitFor()
  await expect.poll(() => page.url()).toBe(`${base}#/admin/data-sets`)
})

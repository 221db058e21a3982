import { test as base, inject } from 'vitest'
import { launchBrowser } from '../../scripts/browser.ts'
import './browser-setup.ts'

/**
 * `test` for test/browser: gives each test a fresh `page` (cookies and storage of its own) in one Chromium a file.
 * Without Chromium the test is skipped with the reason; with screens that cannot be built it fails.
 */
export const test = base
  .extend('chromium', { scope: 'worker' }, inject('chromium'))
  .extend('browser', { scope: 'file' }, async ({ chromium }, { onCleanup }) => {
    if (!chromium.path) return undefined
    const browser = await launchBrowser(chromium.path)
    onCleanup(() => browser.close())
    return browser
  })
  .extend('page', async ({ browser, chromium, skip }, { onCleanup }) => {
    if (!browser) return skip(`not run: ${chromium.reason}`)
    const failure = inject('rendererFailure')
    if (failure) throw new Error(failure)
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    onCleanup(() => context.close())
    return await context.newPage()
  })

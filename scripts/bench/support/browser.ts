import type { Page } from 'playwright-core'
import { ensureTool } from '../../tools.ts'
import { timed } from './times.ts'

/** Who looks at pages in benches. */
export const ACCOUNT = { name: 'Bench', fullName: 'Bench', password: 'lantern orbit cello 9' }

/** For `Bench.missing`. */
export const missingBrowser = (): string | null => ensureTool('chromium').reason ?? null

/** @returns time from the Enter after the password to the first row of the work list, ms */
export async function signIn(page: Page): Promise<number> {
  await page.getByLabel('Name', { exact: true }).fill(ACCOUNT.name)
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password)
  const [ms] = await timed(async () => {
    await page.keyboard.press('Enter')
    await page.getByRole('row').nth(1).waitFor()
  })
  return ms
}

/** Of the files that the page has loaded, unpacked; answers of the core are not among them. */
export function loadedBytes(page: Page): Promise<number> {
  return page.evaluate<number>(`performance.getEntriesByType('resource')
    .filter(({ name }) => /\\.(js|css|woff2?)(\\?|$)/.test(name))
    .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)`)
}

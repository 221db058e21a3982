import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'

/** What axe finds wrong with the screen as it is. */
export async function accessFaults(page: Page): Promise<string[]> {
  // Colours fade in; axe must not measure them halfway.
  await page.waitForTimeout(250)
  await page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().map((one) => (one instanceof CSSTransition ? one.finished : undefined)),
    ),
  )
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** What holds for every state of every screen. */
export async function expectGood(page: Page): Promise<void> {
  expect(await accessFaults(page)).toEqual([])
  const banner = page.getByText(BANNER)
  expect(await banner.isVisible()).toBe(true)
  const box = await banner.boundingBox()
  // In the title bar, which has a second row for it in a narrow or enlarged window.
  const bar = (page.viewportSize()?.width ?? 0) <= 896 ? 85 : 60
  expect(box && box.y >= 0 && box.y + box.height < bar).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1366)
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(768)
}

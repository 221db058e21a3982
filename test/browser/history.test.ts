import { join } from 'node:path'
import { expect } from 'vitest'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { READER } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, swapLabels } from '../support/models.ts'
import { row, startApp, visit, waitForImage } from './app.ts'

test('a case’s history tells who did what, and runs the case again', async ({ page }) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'slice.png'))
  await visit(page, app)
  await row(page, 'slice.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByText('On record: Agree').waitFor()

  await page.keyboard.press('y')
  const history = page.getByRole('dialog', { name: 'History' })
  const acts = () => history.locator('.act').allTextContents()
  await history.getByText('Verdict given').waitFor()
  await history.getByRole('button', { name: 'Run again exactly' }).click()
  await history.getByText(`The same answer of ${SHIPPED_MODEL}.`).waitFor()
  await history.getByText('Case run again exactly').waitFor()
  await history.getByRole('button', { name: 'Run with the active model' }).click()
  await history.getByText('The standing answer is of the active model').waitFor()

  await app.core.models.register(
    await makeModel(join(app.folder), 'other-1', { graph: swapLabels('glioma', 'meningioma') }),
    READER,
  )
  await app.core.models.activate('other-1', { by: READER, reason: 'a test', withoutReference: 'a test' })
  await history.getByRole('button', { name: 'Run with the active model' }).click()
  await history.getByText('Case analysed again').waitFor()
  await history.getByText('Given on an earlier answer').waitFor()
  await expect
    .poll(acts)
    .toEqual([
      'Case received',
      'Case analysed',
      'Case opened',
      'Answer looked at',
      'Verdict given',
      'Case run again exactly',
      'Case analysed again',
      'Answer looked at',
    ])
  await page.keyboard.press('Escape')
  await history.waitFor({ state: 'hidden' })
  await page.getByRole('region', { name: 'Verdicts on record' }).getByText('Given on an earlier answer').waitFor()
  // The work list marks it too.
  await page.keyboard.press('Escape')
  await row(page, 'slice.png').filter({ hasText: 'Agree' }).getByTitle('Given on an earlier answer').waitFor()
})

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import { test } from '../support/browser.ts'
import { anyCase } from '../support/cases.ts'
import { openPaths } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { addPacs, byWeb, sendingIs } from '../support/sending.ts'
import { shared } from '../support/shared.ts'
import { openSection, row, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')
/** Where to put pictures of what is tested, to look at. */
const PICTURES = process.env.GYRUS_PICTURES

const picture = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

needsShared(SLICE)
test.skipIf(SLICE === null)(
  'signed results go to the PACS, and one that does not arrive is told',
  async ({ page, skip }) => {
    const reason = [inject('orthanc'), inject('orthancWeb'), inject('dcmdump')].find((one) => one.reason)?.reason
    if (reason) return skip(reason)
    const orthanc = await Orthanc.start(onTestFinished, { web: true })
    const app = await startApp()
    await addPacs(app.core, byWeb(orthanc))
    await openPaths(app.core, SLICE as string)
    await page.setViewportSize({ width: 1366, height: 768 })
    await visit(page, app)
    await openSection(page, 'Settings')
    const choice = page.getByLabel('After the signature, send to')
    await choice.selectOption('ARCHIVE')
    await page.getByText('Signed results are sent to ARCHIVE.').waitFor()
    await choice.scrollIntoViewIfNeeded()
    await picture(page, 'sending-setting')
    await expectGood(page)

    await page.goto(new URL('/', page.url()).href)
    await row(page, 'Jane_Doe').dblclick()
    await waitForImage(page)
    await page.keyboard.press('a')
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    await page.getByText(/^Sent to ARCHIVE, \d\d:\d\d\.$/).waitFor({ timeout: 30_000 })
    await picture(page, 'sending-sent')
    expect(await orthanc.count()).toMatchObject({ CountInstances: 2 })

    await orthanc.stop()
    await page.getByRole('button', { name: 'Report…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Send to ARCHIVE' }).click()
    await dialog.getByText('On its way to ARCHIVE.').waitFor()
    await picture(page, 'sending-dialog')
    await expectGood(page)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Not arrived at ARCHIVE.').waitFor({ timeout: 30_000 })
    await page.getByText('The PACS “ARCHIVE” cannot be reached').waitFor()
    await picture(page, 'sending-failing')
    await expectGood(page)

    await page.getByRole('button', { name: '1 not sent: not arrived at the PACS' }).click()
    await dialog.getByText('The PACS “ARCHIVE” cannot be reached').waitFor()
    await picture(page, 'sending-list')
    await expectGood(page)
    await orthanc.again()
    await dialog.getByRole('button', { name: 'Try now' }).click()
    await dialog.getByText('All results that were to be sent have arrived.').waitFor({ timeout: 30_000 })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '1 not sent: not arrived at the PACS' }).waitFor({ state: 'detached' })

    const { rows } = await app.core.store.listCases(anyCase, 0, 10)
    await sendingIs(app.core, rows[0]?.id ?? '', 'sent')
    await page.goto(`${new URL('/', page.url()).href}#/admin/sources`)
    await page.getByRole('heading', { name: 'Results that have not arrived at the PACS' }).waitFor()
  },
  180_000,
)

import { expect } from 'vitest'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { associateRequest, TestPeer } from '../support/dicom-client.ts'
import { openSection, startApp, visit } from './app.ts'
import { expectGood } from './good.ts'

test('an administrator lets a peer send, and sees who was refused', async ({ page }) => {
  const app = await startApp()
  await app.core.sources.addFolder({ path: temporaryFolder(), subFolders: true }, 'Dr Test')
  await visit(page, app)
  await openSection(page, 'Sources')
  const part = page.getByRole('region', { name: 'DICOM listener' })
  await part.getByText('Off.', { exact: true }).waitFor()
  await part.getByText('Nobody may send yet.').waitFor()
  await part.getByLabel('Listen', { exact: true }).check()
  await part.getByLabel('AE title', { exact: true }).fill('GYRUS1')
  // One of its own, so that tests beside each other do not meet.
  const port = 20_000 + (process.pid % 20_000)
  await part.getByLabel('Port').fill(String(port))
  await part.getByRole('button', { name: 'Add a peer' }).click()
  await part.getByLabel('AE title of a peer').fill('MR1')
  await part.getByLabel('Address of a peer').fill('no address')
  await part.getByRole('button', { name: 'Save' }).click()
  await part.getByRole('alert').getByText('An IP address such as 10.1.2.3').waitFor()
  await part.getByLabel('Address of a peer').fill('127.0.0.1')
  await part.getByRole('button', { name: 'Save' }).click()
  await part.getByText(`Listening as GYRUS1 at 127.0.0.1, port ${port}.`).waitFor()

  const peer = new TestPeer(port).send(associateRequest({ calling: 'EVIL', called: 'GYRUS1' }))
  expect((await peer.next())?.type).toBe(3)
  await part.getByText('What was refused').click()
  await part.getByRole('row').filter({ hasText: 'EVIL' }).getByText('No peer has this AE title').waitFor()
  await part.getByText('1 refused').waitFor()
  await part.getByText('Limits').click()
  await expectGood(page)

  const folders = page.getByRole('region', { name: 'Watched folders' })
  await folders.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await folders.getByText('No folder is watched.').waitFor()
})

test('an auditor sees how it is set and changes nothing', async ({ page }) => {
  const app = await startApp()
  await signInRole(app.core, 'auditor')
  await visit(page, app, 'the auditor')
  await openSection(page, 'Sources')
  const part = page.getByRole('region', { name: 'DICOM listener' })
  await part.getByText('127.0.0.1').waitFor()
  expect(await part.getByRole('button').count()).toBe(0)
  expect(await part.getByRole('checkbox').count()).toBe(0)
  await expectGood(page)
})

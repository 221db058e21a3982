import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { DEFAULT_RULE } from '../../src/shared/source-rule.ts'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { associateRequest, TestPeer } from '../support/dicom-client.ts'
import { type App, openSection, row, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'

const pixels = new Uint8Array(Uint16Array.from({ length: 4096 }, (_, at) => (at % 64) * 60).buffer)

const image = (modality: string) =>
  dicomFile({
    524384: element(0x00080060, 'CS', modality),
    528446: element(0x0008103e, 'LO', 'T1 post'),
    1048592: element(0x00100010, 'PN', 'Doe^Jane'),
    2145386512: element(0x7fe00010, 'OW', pixels),
  })

async function bringListed({ core }: App): Promise<void> {
  const path = join(temporaryFolder(), 'a.dcm')
  writeFileSync(path, image('MR'))
  await core.intake.bring({ path }, { actor: 'folder:in', source: 'folder' }, { ...DEFAULT_RULE, does: 'list' })
}

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

  await part.getByRole('button', { name: 'Ask it from here' }).click()
  await part.getByText('It answered MR1 at 127.0.0.1').waitFor()

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

test('an administrator sets what a folder gives, and sees what is passed over', async ({ page }) => {
  const app = await startApp()
  const folder = temporaryFolder()
  await app.core.sources.addFolder({ path: folder, subFolders: true }, 'Dr Test')
  await visit(page, app)
  await openSection(page, 'Sources')
  const part = page.getByRole('region', { name: 'Watched folders' })
  await part.getByText('Takes MR and files that name none; any body part; pictures too. Classified at once.').waitFor()
  await part.getByText('Change what it takes…').click()
  await part.getByLabel('Body parts').fill('head, b?ain')
  await part.getByRole('button', { name: 'Save the rule' }).click()
  await part.getByRole('alert').getByText('A code such as MR or HEAD').waitFor()
  await part.getByLabel('Body parts').fill('head, brain')
  await part.getByLabel('Take pictures too').uncheck()
  await part.getByLabel('only listed').check()
  await expectGood(page)
  await part.getByRole('button', { name: 'Save the rule' }).click()
  await part
    .getByText('Takes MR and files that name none; HEAD, BRAIN and files that name none; no pictures. Only listed.')
    .waitFor()

  for (const modality of ['MR', 'CT']) writeFileSync(join(folder, `${modality}.dcm`), image(modality))
  await part.getByText('1 file received, passed over: 1 of other modality').waitFor({ timeout: 30_000 })
})

test('a reader finds what is only listed, looks at it, and has it classified', async ({ page }) => {
  const app = await startApp()
  await bringListed(app)
  await visit(page, app)
  await row(page, 'Doe, Jane').getByText('Only listed, not classified').waitFor()
  await row(page, 'Doe, Jane').getByRole('button', { name: 'Classify: Doe, Jane' }).waitFor()
  await expectGood(page)
  await row(page, 'Doe, Jane').dblclick()
  await waitForImage(page)
  await page.getByText('It is classified when a reader asks for it').waitFor()
  await expectGood(page)
  await page.keyboard.press('q')
  await page.getByText('Doe, Jane is being classified.').waitFor()
  await page.getByRole('button', { name: 'Model card' }).waitFor({ timeout: 30_000 })
  // Once is enough.
  await page.keyboard.press('q')
  await page.getByText('Only a case that is listed can be sent').waitFor()
})

test('an auditor sees what sources take, and what is listed, and changes neither', async ({ page }) => {
  const app = await startApp()
  await bringListed(app)
  await signInRole(app.core, 'auditor')
  await visit(page, app, 'the auditor')
  await row(page, 'Doe, Jane').getByText('Only listed, not classified').waitFor()
  expect(await page.getByRole('button', { name: 'Classify' }).count()).toBe(0)
  await openSection(page, 'Sources')
  await page.getByText('Takes MR and files that name none; any body part. Classified at once.').waitFor()
  expect(await page.getByText('Change what it takes…').count()).toBe(0)
})

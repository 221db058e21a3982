import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Caller } from '../../src/main/core/caller.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import { CALLER, signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, openSection, PASSWORD, READER, row, startApp, visit, waitForImage } from './app.ts'
import { expectGood } from './good.ts'

async function askAs<N extends RequestName>(core: Core, caller: Caller, name: N, input: RequestInput<N>) {
  const reply = await core.request(name, input, caller)
  if ('failure' in reply) throw new Error(`${reply.failure.code}: ${reply.failure.message}`)
  return reply.ok as RequestOutput<N>
}

/** Another reader's verdict, signed and marked for a second one. */
async function signedBy(app: App, caller: Caller, id: string, comment = ''): Promise<number> {
  const { verdicts } = await askAs(app.core, caller, 'cases.review', { id, verdict: 'agree', comment })
  const verdict = verdicts[0]?.id as number
  await askAs(app.core, caller, 'cases.sign', { id, verdict })
  await askAs(app.core, caller, 'cases.mark-second', { id })
  return verdict
}

async function appWith(name: string): Promise<{ app: App; id: string; other: Caller }> {
  const app = await startApp()
  const [outcome] = await openPaths(app.core, await writePicture(app.folder, name, 1))
  return { app, id: outcome?.caseId as string, other: await signInRole(app.core, 'radiologist') }
}

async function thirdReader({ core }: App): Promise<Caller> {
  const caller: Caller = { shell: 'loopback', connection: 'a third reader' }
  const name = 'the third'
  const oneTime = await core.accounts.administration.add({ name, fullName: name, role: 'radiologist' }, READER)
  await core.accounts.signIn(caller, name, oneTime)
  await core.accounts.changePassword(caller, name, oneTime, PASSWORD)
  return caller
}

const filterBy = async (page: Page, queue: string) => {
  await page.getByRole('search').getByRole('button', { name: 'Second reading' }).click()
  await page.getByRole('menuitemcheckbox', { name: queue }).click()
  await page.keyboard.press('Escape')
}

test('a reader marks a case, signs it, and sees that it waits; a mark stays', async ({ page }) => {
  const { app, id } = await appWith('one.png')
  await visit(page, app)
  await row(page, 'one.png').dblclick()
  await waitForImage(page)
  await page.getByRole('button', { name: 'Second reader…' }).click()
  await page.getByRole('dialog').getByText('A mark stays').waitFor()
  await page.getByRole('dialog').getByText('Only two here may read cases.').waitFor()
  await expectGood(page)
  await page.getByRole('button', { name: 'Mark for a second reader' }).click()
  // Keys go to a dialog for as long as it is there.
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const second = page.getByRole('region', { name: 'Second reading' })
  await second.getByText(`Marked by ${READER}`).waitFor()
  expect(await page.getByRole('button', { name: 'Second reader…' }).count()).toBe(0)
  await page.keyboard.press('a')
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Sign', exact: true }).waitFor()
  await page.keyboard.press('s')
  await page.keyboard.press('s')
  await second.getByText('It waits for a second reader').waitFor()
  // What the case waits for is not theirs to do, and the page says why.
  await page.getByRole('region', { name: 'Signature' }).getByText('You signed this case').waitFor()
  expect(await page.getByRole('form').count()).toBe(0)
  await expectGood(page)
  expect(await ask(app.core, 'cases.get', { id })).toMatchObject({ state: 'signed', second: 'open' })
  // The list says that it waits, and shows it at a click.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '1 for second reading' }).click()
  await page.getByText('1 found').waitFor()
  await expectGood(page)
})

test('the second reader finds the case in its queue, reads without the first, and the two differ', async ({ page }) => {
  const { app, id, other } = await appWith('two.png')
  await signedBy(app, other, id, 'a word of the first reader')
  await openPaths(app.core, await writePicture(app.folder, 'plain.png', 2))
  await visit(page, app)
  await row(page, 'plain.png').waitFor()
  await filterBy(page, 'For second reading')
  await page.getByText('1 found').waitFor()
  await row(page, 'two.png').getByText('For 2nd reader').waitFor()
  expect(await row(page, 'plain.png').count()).toBe(0)
  await expectGood(page)
  await row(page, 'two.png').dblclick()
  await waitForImage(page)
  await page.getByText('the radiologist has signed. What they say is kept from you').waitFor()
  const form = page.getByRole('form', { name: 'Your second reading' })
  await form.waitFor()
  await page.keyboard.press('y')
  const history = page.getByRole('dialog', { name: 'History' })
  await history.getByText('Marked for a second reader').waitFor()
  await history.getByText('Verdict given').waitFor()
  expect(await page.getByText('a word of the first reader').count()).toBe(0)
  await page.keyboard.press('Escape')
  await history.waitFor({ state: 'detached' })
  await page.keyboard.press('d')
  await page.keyboard.press('5')
  await page.getByText('Signed as it is given').waitFor()
  await expectGood(page)
  await page.keyboard.press('Control+s')
  // It would be signed at once: once is not enough.
  await page.getByText('again signs your').waitFor()
  await page.keyboard.press('Control+s')
  await page.getByText('Second reading signed.').waitFor()
  const second = page.getByRole('region', { name: 'Second reading' })
  await second.getByText('The two differ.').waitFor()
  await second.getByText('Second reading: Disagree: Something else').waitFor()
  await page.getByRole('region', { name: 'Verdicts on record' }).getByText('a word of the first reader').waitFor()
  expect(await page.getByRole('button', { name: 'Amend…' }).count()).toBe(0)
  await page.getByText('who adjudicates is a third reader').waitFor()
  await expectGood(page)
  // The list does not tell of what they cannot do.
  await page.keyboard.press('Escape')
  await page.getByText('0 found').waitFor()
  expect(await page.getByRole('button', { name: 'to adjudicate' }).count()).toBe(0)
})

test('the audit trail tells the second reader who did what when, and what was said only once they have read', async ({
  page,
}) => {
  const { app, id, other } = await appWith('six.png')
  await signedBy(app, CALLER, id)
  await visit(page, app, 'the radiologist')
  await page.getByRole('link', { name: 'Audit' }).click()
  const given = row(page, 'Verdict given')
  await given.getByText('The details are kept from you until the second reading.').waitFor()
  await given.getByText(READER).waitFor()
  await given.getByRole('button', { name: 'all that it says' }).click()
  await page.getByText('SHA-256').waitFor()
  expect(await page.getByText('As recorded').count()).toBe(0)
  expect(await page.getByRole('table').innerText()).not.toMatch(/agree/i)
  await expectGood(page)
  await askAs(app.core, other, 'cases.read-second', { id, verdict: 'agree' })
  await page.reload()
  await given.getByText('Agree').waitFor()
})

test('a third reader decides between the two, seeing both, and both stay in sight', async ({ page }) => {
  const { app, id, other } = await appWith('three.png')
  await signedBy(app, other, id)
  await askAs(app.core, await thirdReader(app), 'cases.read-second', { id, verdict: 'cannot-tell', comment: 'blurred' })
  await visit(page, app)
  await page.getByRole('button', { name: '1 to adjudicate' }).waitFor()
  await filterBy(page, 'To adjudicate')
  await row(page, 'three.png').getByText('To adjudicate').waitFor()
  await row(page, 'three.png').dblclick()
  await waitForImage(page)
  const form = page.getByRole('form', { name: 'Your adjudication' })
  await form.getByText('First: Agree — ').waitFor()
  await form.getByText('Second: Can’t tell').waitFor()
  await page.getByRole('region', { name: 'Second reading' }).getByText('blurred').waitFor()
  await page.keyboard.press('a')
  await expectGood(page)
  await page.getByRole('button', { name: 'Sign the adjudication' }).click()
  await page.getByText('Adjudication signed.').waitFor()
  await page.getByText(`Adjudicated by ${READER}`).waitFor()
  const verdicts = page.getByRole('region', { name: 'Verdicts on record' })
  await verdicts.getByText(/^adjudicated /).waitFor()
  await verdicts
    .getByRole('listitem')
    .filter({ hasText: 'superseded' })
    .getByText(/^signed /)
    .waitFor()
  await expectGood(page)
  expect(await ask(app.core, 'cases.get', { id })).toMatchObject({ second: 'adjudicated', reader: READER })
})

test('an administrator sets which cases two read and who adjudicates', async ({ page }) => {
  const { app, id } = await appWith('four.png')
  await visit(page, app)
  await openSection(page, 'Settings')
  const form = page.getByRole('form', { name: 'Cases that two read' })
  await form.getByText('any third reader').waitFor()
  const save = form.getByRole('button', { name: 'Save' })
  expect(await save.isDisabled()).toBe(true)
  await form.getByLabel('Marked for a second reader').selectOption('below')
  await form.getByLabel('Confidence below').fill('100')
  await form.getByLabel('the radiologist').check()
  await expectGood(page)
  await save.click()
  await page.getByText('Second readings set.').waitFor()
  await expect.poll(() => save.isDisabled()).toBe(true)
  expect(await ask(app.core, 'second.get', {})).toEqual({ when: 'below', below: 1, adjudicators: ['the radiologist'] })
  expect((await ask(app.core, 'cases.review', { id, verdict: 'agree' })).second).toBe('marked')
})

test('how the AI changed readings is counted, with intervals, and says how little is known', async ({ page }) => {
  const { app, id, other } = await appWith('five.png')
  await visit(page, app)
  await row(page, 'five.png').waitFor()
  await page.getByRole('link', { name: 'How the AI changed readings' }).click()
  await page.getByText('There is no such reading yet.').waitFor()
  await expectGood(page)
  await ask(app.core, 'reading.set-department', { on: true })
  await ask(app.core, 'cases.impression', { id, impression: 'cannot-tell' })
  const { verdicts } = await ask(app.core, 'cases.review', { id, verdict: 'agree' })
  await ask(app.core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
  await page.getByText('Of all readers · 1 reading, truth known for 0 of 1').waitFor()
  await page.getByText('Only 1 reading: read the intervals').waitFor()
  await page.getByText('Truth is known for none of them.').waitFor()
  await row(page, 'Changed to what the AI says').getByText('21–100 %').waitFor()
  await row(page, READER).getByText('1 (21–100 %)').waitFor()
  await expectGood(page)
  await ask(app.core, 'cases.mark-second', { id })
  await page.getByText('There is no such reading yet.').waitFor()
  const third = await thirdReader(app)
  await askAs(app.core, other, 'cases.impression', { id, impression: 'other' })
  await askAs(app.core, other, 'cases.read-second', { id, verdict: 'disagree', label: 'other' })
  await askAs(app.core, third, 'cases.adjudicate', { id, over: verdicts[0]?.id as number, verdict: 'agree' })
  await page.getByText('2 readings, truth known for 2 of 2').waitFor()
  await row(page, 'To the better').getByText('50 %').waitFor()
  await page.getByText('Wilson’s score').waitFor()
  await expectGood(page)
  await page.getByLabel('Signed').selectOption('30')
  await page.getByText('2 readings, truth known for 2 of 2').waitFor()
})

/** Retakes the pictures in docs/images from the app as it is: real server, real engine, the sample scans. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openCore } from '../src/main/compose.ts'
import { findFiles } from '../src/main/core/intake/find.ts'
import { RENDERER_DIR, SHIPPED_MODEL } from '../src/main/installation.ts'
import { startLoopback } from '../src/main/loopback/server.ts'
import type { RequestInput, RequestName, RequestOutput } from '../src/shared/contract.ts'
import { LABELS } from '../src/shared/labels.ts'
import { shared } from '../test/support/shared.ts'
import { writeSmallSet } from '../test/support/small-set.ts'
import { launchAnyBrowser } from './browser.ts'
import { ensureRenderer } from './renderer.ts'

const OUT = join(import.meta.dirname, '..', 'docs', 'images')
const SIZE = { width: 1366, height: 768 }
const ACCOUNT = { name: 'Dr Reader', fullName: 'Reader', password: 'lantern orbit cello 9' }

await ensureRenderer()
const dataDir = mkdtempSync(join(tmpdir(), 'gyrus-screenshots-'))
const { core, close } = await openCore(dataDir)
const server = await startLoopback({
  core,
  rendererDir: RENDERER_DIR,
  port: 0,
  uploads: core.folder.incoming,
})
const browser = await launchAnyBrowser()
const page = await browser.newPage({ viewport: SIZE })
try {
  await page.goto(server.newAddress())
  await takeTour(page)
  await takeStack(page)
  await takeAdmin(page)
} finally {
  await browser.close()
  await server.close()
  await close()
  rmSync(dataDir, { recursive: true, force: true })
}

async function takeTour(page: Page): Promise<void> {
  await setUp(page)
  const openSamples = page.getByRole('button', { name: 'Open sample scans' })
  await openSamples.waitFor()
  await take(page, 'welcome')

  await openSamples.click()
  await page.getByText('12 unread').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByText('files analysed').waitFor({ state: 'detached', timeout: 60_000 })
  await take(page, 'work-list')

  await page.keyboard.press('Enter')
  await page.getByText('Side markers').waitFor()
  // The thumbnails say nothing when they are there.
  await page.waitForTimeout(1000)
  await take(page, 'review')
}

/** A real series at the slice that decided. Not without that series. */
async function takeStack(page: Page): Promise<void> {
  const folder = shared('dicom/series-t1')
  if (!folder) throw new Error('The picture of a series needs the shared data folder (GYRUS_SHARED).')
  const files = await Array.fromAsync(findFiles([folder]))
  const [opened] = await Array.fromAsync(core.intake.open(files, { actor: ACCOUNT.name, source: 'file' }))
  await core.series.settle()
  const series = await core.store.seriesOf(opened?.caseId ?? '')
  await page.goto(`${new URL('/', page.url()).href}#/case/${series?.id}`)
  await page.getByText('mm/px').waitFor()
  await page.waitForTimeout(2000)
  await take(page, 'stack')
}

/** The admin panel on a part of the public set, with a training of its own. Not without that set. */
async function takeAdmin(page: Page): Promise<void> {
  const set = writeSmallSet(join(dataDir, 'department'), {}, 40)
  if (!set) throw new Error('The pictures of the admin panel need the shared data folder (GYRUS_SHARED).')
  await readImages(page, join(set.folder, 'Testing'))
  const source = { kind: 'files', path: set.folder, patients: null, map: {} } as const
  await core.datasets.import({ name: 'department', source, by: ACCOUNT.name })
  await openPart(page, 'data-sets/department@1')
  await page.getByText('Sample sheet').waitFor()
  await page.waitForTimeout(3000)
  await take(page, 'data-set')

  const dataset = { name: 'department', version: 1 }
  const asked = { dataset, recipe: 'head', changes: {}, split: { by: 'recipe' }, seed: 1 } as const
  const { id } = await request(page, 'training.startOnSet', asked)
  await openPart(page, `training/${id}`)
  await page.getByText('Trained to the end.').waitFor({ timeout: 120_000 })
  await take(page, 'training')
  await openPart(page, 'models')
  await page.getByRole('table', { name: 'Models and results' }).waitFor()
  await take(page, 'models')
  await openPart(page, `models/${SHIPPED_MODEL}/results`)
  await page.getByText('Four at random').waitFor()
  await take(page, 'results')
  await openPart(page, 'monitoring')
  await page.getByText('Agreement').first().waitFor()
  await page.waitForTimeout(3000)
  await take(page, 'monitoring')
  await openPart(page, 'compute')
  await page.getByText('Only the last layer').or(page.getByText('Whole networks can')).first().waitFor()
  await take(page, 'compute')
  await openPart(page, 'sources')
  await page.getByText('Nobody may send yet.').waitFor()
  await take(page, 'sources')
  await openPart(page, 'care')
  await page.getByRole('heading', { name: 'Backups' }).waitFor()
  await take(page, 'care')
  await openPart(page, 'accounts')
  await page.getByRole('row').nth(1).waitFor()
  await take(page, 'accounts')
  await openPart(page, 'settings')
  await page.getByRole('searchbox').waitFor()
  await take(page, 'settings')
}

async function openPart(page: Page, part: string): Promise<void> {
  await page.goto(`${new URL('/', page.url()).href}#/admin/${part}`)
}

/** Opens images of the set and signs what its folders say that they are. */
async function readImages(page: Page, folder: string): Promise<void> {
  const files = await Array.fromAsync(findFiles([folder]))
  for await (const { caseId } of core.intake.open(files, { actor: ACCOUNT.name, source: 'file' })) {
    if (!caseId) continue
    const { result, fileName } = await request(page, 'cases.get', { id: caseId })
    const is = LABELS.find((label) => files.some(({ path }) => path.endsWith(join(label, fileName))))
    if (!is || !result?.label) continue
    await request(page, 'cases.opened', { id: caseId })
    const given = result.label === is ? { verdict: 'agree' as const } : { verdict: 'disagree' as const, label: is }
    const { verdicts } = await request(page, 'cases.review', { id: caseId, ...given })
    await request(page, 'cases.sign', { id: caseId, verdict: verdicts.at(-1)?.id ?? 0 })
  }
}

/** Asks the core as the page does. */
async function request<N extends RequestName>(page: Page, name: N, data: RequestInput<N>): Promise<RequestOutput<N>> {
  const answer = await page.context().request.post(new URL(`/api/${name}`, page.url()).href, { data })
  const reply = (await answer.json()) as { ok: RequestOutput<N> } | { failure: { message: string } }
  if ('failure' in reply) throw new Error(`${name}: ${reply.failure.message}`)
  return reply.ok
}

/** As on the first day: the page makes the first account. */
async function setUp(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(ACCOUNT.name)
  await page.getByLabel('Full name').fill(ACCOUNT.fullName)
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password)
  await page.getByLabel('Password again').fill(ACCOUNT.password)
  await page.keyboard.press('Enter')
}

async function take(page: Page, name: string): Promise<void> {
  // Off whatever it was left on: nothing is pointed at in a picture.
  await page.mouse.move(900, 20)
  await page.screenshot({ path: join(OUT, `${name}.png`) })
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { expect } from 'vitest'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import type { CaseRow } from '../../src/shared/cases.ts'
import { BANNER, LABELS } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import { PICTURES } from './support/bundles.ts'
import type { Shell } from './support/shell.ts'
import { test } from './support/test.ts'

const SAMPLES = 12

async function keepPicture(app: Shell, name: string): Promise<void> {
  const path = join(PICTURES, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, await app.picture())
}

async function listCases(app: Shell): Promise<CaseRow[]> {
  const reply = await app.ask('cases.list', { query: {} })
  if ('failure' in reply) throw new Error(reply.failure.message)
  return (reply.ok as { rows: CaseRow[] }).rows
}

test('the page mounts over the app’s own protocol, with the core behind the bridge', async ({ app }) => {
  await app.shows('Open sample scans')
  await app.shows(BANNER)
  expect(await app.inPage(() => [location.href, self.origin])).toEqual(['gyrus://app/', 'gyrus://app'])
  expect(await app.ask('app.info', {})).toMatchObject({ ok: { shell: 'electron', samples: SAMPLES } })
  await keepPicture(app, 'welcome.png')
})

test('sample scans that are opened in it are read by the engine, under the banner', async ({ app }) => {
  await app.click('Open sample scans')
  await app.shows(`${SAMPLES} files analysed`)
  await app.until(() => !document.body.innerText.includes('being analysed'))
  await app.shows(/Unread(.|\n)*(Glioma|Meningioma|Pituitary tumour|No tumour)/)
  await app.shows(BANNER)
  const rows = await listCases(app)
  expect(rows).toHaveLength(SAMPLES)
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'analysed', source: 'sample', modelId: SHIPPED_MODEL })
    expect(LABELS).toContain(row.label)
  }
  await keepPicture(app, 'work-list.png')
})

test('the picture of a case comes over the same protocol', async ({ app }) => {
  const id = (await listCases(app))[0]?.id
  const picture = await app.inPage(async (id) => {
    const [pixels, thumbnail] = await Promise.all(['pixels', 'thumbnail'].map((kind) => fetch(`images/${id}/${kind}`)))
    const header = JSON.parse(pixels?.headers.get('x-gyrus-pixels') ?? '{}')
    const bytes = (await pixels?.arrayBuffer())?.byteLength
    return { header, bytes, type: thumbnail?.headers.get('content-type'), cache: pixels?.headers.get('cache-control') }
  }, id)
  const { width, height, channels, bitsPerSample } = picture.header
  expect(picture.bytes).toBe((width * height * channels * bitsPerSample) / 8)
  expect(picture).toMatchObject({ type: 'image/webp', cache: 'no-store' })
})

test('files that the reader chose in the window’s dialog are opened by their paths', async ({ app }) => {
  const path = await writePicture(temporaryFolder(), 'chosen.png')
  // Nobody is here to use the dialog; all around it is real.
  await app.inMain(({ dialog }, path) => {
    const answer = async (...given: unknown[]) => {
      Object.assign(globalThis, { given: given.map((one) => (one as object).constructor.name) })
      return { canceled: false, filePaths: [path] }
    }
    Object.assign(dialog, { showOpenDialog: answer })
  }, path)
  await app.click('Open files')
  await app.shows('chosen.png')
  expect(await app.inMain(() => (globalThis as { given?: unknown }).given)).toEqual(['BrowserWindow', 'Object'])
})

/** What Chrome knows only from 97 on; and what the old Electron says of the way in which this test runs functions. */
const OF_OLD_AGE = /wasm-unsafe-eval|worldSafeExecuteJavaScript/

test('the page did nothing that its policy forbids, and Electron warns of nothing unsafe', async ({ app }) => {
  expect((await app.complaints()).filter((text) => !OF_OLD_AGE.test(text))).toEqual([])
})

test('a ZIP file that was chosen so leads to its batch', async ({ app }) => {
  const folder = temporaryFolder()
  const picture = readFileSync(await writePicture(folder, 'inside.png', 7))
  const path = join(folder, 'study.zip')
  writeFileSync(path, zipSync({ 'CD/inside.png': picture }))
  await app.inMain(({ dialog }, path) => {
    Object.assign(dialog, { showOpenDialog: async () => ({ canceled: false, filePaths: [path] }) })
  }, path)
  await app.inPage(() => location.assign('#/'))
  await app.click('Open files')
  await app.until(() => location.hash.startsWith('#/batch/'))
  // That page itself wants a newer Chrome; so this comes last.
  const { batches } = ((await app.ask('batches.list', {})) as { ok: { batches: { name: string }[] } }).ok
  expect(batches[0]?.name).toContain('study.zip')
})

/**
 * How long a reader waits from the end of a stroke to the answer on the page: `node scripts/bench/what-if.ts [file] [strokes]`.
 * A real server, engine and Chromium on this machine, on a sample scan where no file is named; the time is the page's own.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openCore, RENDERER_DIR } from '../../src/main/compose.ts'
import { startLoopback } from '../../src/main/loopback/server.ts'
import { launchAnyBrowser } from '../browser.ts'
import { ensureRenderer } from '../renderer.ts'

const [file = join(import.meta.dirname, '../../resources/samples/sample-01.jpg'), strokes = '30'] =
  process.argv.slice(2)
const ACCOUNT = { name: 'bench', fullName: 'Bench', password: 'lantern orbit cello 9' }

await ensureRenderer()
const dataDir = mkdtempSync(join(tmpdir(), 'gyrus-bench-'))
const { core, close } = await openCore(dataDir)
const server = await startLoopback({ core, rendererDir: RENDERER_DIR, port: 0, uploads: core.folder.incoming })
const browser = await launchAnyBrowser()
try {
  await core.accounts.setUp({ shell: 'loopback', connection: 'bench' }, ACCOUNT)
  const [opened] = await Array.fromAsync(core.intake.open([{ path: file }], { actor: ACCOUNT.name, source: 'file' }))
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  const address = server.newAddress()
  const base = new URL('/', address).href
  await page.context().request.get(address)
  await page
    .context()
    .request.post(`${base}api/session.sign-in`, { data: { name: ACCOUNT.name, password: ACCOUNT.password } })
  await page.goto(`${base}#/case/${opened?.caseId}/what-if`)
  await page.getByRole('application').waitFor()
  const times: number[] = []
  for (let i = 0; i < Number(strokes); i++) times.push(await stroke(page, i))
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  console.log(
    `${times.length} strokes: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${sorted.at(-1)} ms (aim 150 ms)`,
  )
} finally {
  await browser.close()
  await server.close()
  await close()
  rmSync(dataDir, { recursive: true, force: true })
}

async function stroke(page: Page, i: number): Promise<number> {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('there is no picture')
  const y = box.y + box.height * (0.2 + 0.6 * ((i * 0.37) % 1))
  await page.mouse.move(box.x + 0.3 * box.width, y)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.6 * box.width, y + 20, { steps: 10 })
  await page.mouse.up()
  await page.getByRole('region', { name: 'Steps' }).getByRole('listitem').nth(i).waitFor()
  await page.getByText('Asking the model').waitFor({ state: 'detached' })
  const text = await page.getByText(/answered in/).textContent()
  return Number(/answered in ([\d.]+)/.exec(text ?? '')?.[1])
}

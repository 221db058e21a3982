import { spawnSync } from 'node:child_process'
import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTask } from '../../src/main/core/engine-supervisor/task.ts'
import { loadDataset } from '../../src/main/engine/dataset/load.ts'
import { chooseGroups } from '../../src/main/engine/dataset/page/chosen.ts'
import { leakageHtml } from '../../src/main/engine/dataset/page/index.ts'
import { forkEngine } from '../../src/main/fork-engine.ts'
import type { DatasetAudit } from '../../src/shared/dataset.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { again, audit, slice, write } from './support.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const HOSTILE = `'"><img src=x onerror=alert(1)>&.png`
const hasIt = `&#39;&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;.png`

async function leakySet(folder: string): Promise<string> {
  await write(folder, {
    'Training/glioma/a.png': slice(1),
    'Training/glioma/same.png': slice(1),
    'Training/glioma/hostile.png': slice(1),
    'Training/no/b.png': slice(2),
    'Training/no/c.png': slice(3),
    'Training/meningioma/c.png': slice(3),
    'Training/pituitary/d.png': slice(4),
    'Testing/glioma/turned.png': await again(slice(1).rotate(90)),
    'Testing/no/b.jpg': slice(2).flop(),
    'Testing/no/b-too.jpg': slice(2),
    'Testing/no/new.png': slice(5),
    'Testing/no/broken.png': 'no image',
    'patients.csv': 'file,patient\nTraining/glioma/a.png,P<1>\nTesting/glioma/turned.png,P<1>\nTesting/no/new.png,P2\n',
  })
  renameSync(join(folder, 'Training/glioma/hostile.png'), join(folder, 'Training/glioma', HOSTILE))
  return folder
}

const page = async (folder: string) =>
  await runTask(forkEngine, 'audit-dataset-page', { path: folder, patients: join(folder, 'patients.csv') })

/** What a reader sees, in one line. */
const textOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/gs, '')
    .replaceAll('<wbr>', '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the page of a leakage audit', () => {
  let folder = ''
  let html = ''
  let found: DatasetAudit
  let text = ''
  let groups: string[] = []

  beforeAll(async () => {
    folder = await leakySet(temporaryFolder(afterAll))
    ;({ html, audit: found } = await page(folder))
    text = textOf(html)
    groups = html.match(/<figure class="group">.*?<\/figure>/gs) ?? []
  })

  it('comes with the audit as it is without a page', async () => {
    expect(found).toEqual(await audit({ path: folder, patients: join(folder, 'patients.csv') }))
  })

  it('has the counts, and the test images with a near-copy by class', () => {
    expect(text).toContain('11 images, 1 unreadable')
    expect(text).toContain('Exact copies 2 5 0 1 3')
    expect(text).toContain('Near-copies, exact ones among them 3 9 2 1 4')
    expect(text).toContain('Glioma 100 % 1 of 1')
    expect(text).toContain('No tumour 66.7 % 2 of 3')
    expect(text).toContain('Pituitary tumour – 0 of 0')
    expect(text).toContain('All 75.0 % 3 of 4')
    expect(text).toContain('Testing/no/broken.png :')
  })

  it('shows groups on two sides beside each other, the largest first, and how each picture goes with the first', () => {
    // The one under two labels has a place of its own.
    expect(groups).toHaveLength(3)
    const [labels, largest, second] = groups.map(textOf)
    expect(labels).toContain('labels differ: Meningioma, No tumour')
    expect(labels).toContain('the same pixels')
    expect(largest).toContain('1. 4 images, Glioma Testing: 1 image Glioma the first one Testing/glioma/turned.png')
    // Turned to the right it became the test image; the same lays the training image onto it.
    expect(largest).toMatch(
      /Training: 3 images .*quarter turn right, r (1\.000|0\.99\d) Training\/glioma\/a\.png patient P&lt;1&gt;/,
    )
    expect(second).toMatch(
      /2\. 3 images, No tumour Testing: 2 images No tumour the first one Testing\/no\/b-too\.jpg No tumour mirrored left to right, r (1|0\.9)/,
    )
    expect(second).toMatch(/Training: 1 image No tumour as it is, r (1\.0000|0\.999\d) Training\/no\/b\.png/)
    for (const group of groups)
      expect(group.match(/<img class="scan"/g)?.length).toBe(Number(/(\d) images/.exec(group)?.[1]))
    expect(text).toContain('All of them are shown.')
  })

  it('names patients on both sides', () => {
    expect(text).toContain('1 patient; 1 test image of theirs.')
    expect(text).toContain('P&lt;1&gt; 1 1 Glioma')
    expect(text.slice(text.indexOf('Patients on both sides'))).not.toContain('P2')
  })

  it('stands alone, under the banner, and takes names of files for text', () => {
    expect(html.indexOf(BANNER)).toBeLessThan(html.indexOf('<h1>'))
    expect(html).toContain('content="default-src &#39;none&#39;;')
    expect(html).not.toMatch(/<(script|link|iframe|object|embed|base)\b/i)
    expect(html.replaceAll('<wbr>', '')).toContain(hasIt)
    expect(html).not.toContain('<img src=x')
    const addresses = html.match(/\s(src|href|srcset|on\w+)="[^"]{0,30}/gi) ?? []
    expect(addresses).toHaveLength(9)
    for (const address of addresses) expect(address).toContain('src="data:image/webp;base64,')
  })

  it('says how many groups and pictures it leaves out', async () => {
    const following = { signal: new AbortController().signal, onProgress: () => undefined }
    const loaded = await loadDataset({ path: folder }, following)
    const near = loaded.images.map(({ file }) =>
      file.startsWith('Training/no') || file.startsWith('Testing/no') ? 0 : 1,
    )
    const one = chooseGroups(loaded, near, 'split', 1)
    expect([one.groups.length, one.left]).toEqual([1, 1])
    // Sixty copies: some of each side, and it says that there are more.
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...(loaded.images[0] as (typeof loaded.images)[number]),
      split: i < 50 ? ('training' as const) : ('testing' as const),
    }))
    const prints = many.map(() => loaded.fingerprints[0] as (typeof loaded.fingerprints)[number])
    const { groups } = chooseGroups(
      { images: many, fingerprints: prints },
      many.map(() => 0),
      'split',
    )
    const sides = groups[0]?.members.map(({ image }) => image.split)
    expect(sides).toHaveLength(12)
    expect(sides?.[0]).toBe('testing')
    expect(sides?.filter((side) => side === 'testing')).toHaveLength(6)
    const page = leakageHtml({
      ...{ name: 'many', date: '2026-11-24', audit: found, patients: [], pictures: new Map() },
      onTwoSides: { groups, left: 157 },
      underTwoLabels: { groups: [], left: 0 },
    })
    expect(textOf(page)).toContain('157 more groups not shown here')
    expect(textOf(page)).toContain('Training: 50 images, 6 of them here')
  })
})

describe('gyrus dataset audit --html', () => {
  it('writes the page beside what it prints', async () => {
    const folder = await leakySet(temporaryFolder())
    const file = join(temporaryFolder(), 'page.html')
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [main, 'dataset', 'audit', folder, ...args], { encoding: 'utf8' })
    const { status, stdout } = run('--json', '--html', file)
    expect(status).toBe(0)
    expect(JSON.parse(stdout).near.groups).toBe(3)
    expect(readFileSync(file, 'utf8')).toContain('<h2 id="groups">Copies on two sides</h2>')
    const nowhere = run('--html', '/nowhere/page.html')
    expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringContaining('[output-unwritable]')])
  })
})

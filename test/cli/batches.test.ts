import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Batch } from '../../src/shared/batches.ts'
import { BANNER, LABEL_NAMES, LABELS } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writeNoise, writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

function gyrus(dataDir: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--data-dir', dataDir], {
    encoding: 'utf8',
  })
  return { status, stderr, json: () => stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : [])) }
}

const list = (dataDir: string): Batch[] => gyrus(dataDir, 'batches', 'list', '--json').json()

async function makeImages(names: string[]): Promise<{ images: string; dataDir: string }> {
  const folder = temporaryFolder()
  const images = join(folder, 'images')
  mkdirSync(images)
  for (const [seed, name] of names.entries()) await writePicture(images, name, seed)
  return { images, dataDir: join(folder, 'data') }
}

/** Kills `gyrus` with SIGKILL, engine and all, after so many results. Returns the files that it acknowledged. */
async function killAfter(lines: number, ...args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, [main, ...args], { detached: true })
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push((JSON.parse(line) as { file: string }).file)
    if (acknowledged.length === lines) process.kill(-(child.pid ?? 0), 'SIGKILL')
  }
  return acknowledged
}

describe('gyrus batches', { timeout: 120_000 }, () => {
  it('goes on with a batch that was killed, losing no acknowledged result and doubling none', async () => {
    const { images, dataDir } = await makeImages(Array.from({ length: 150 }, (_, i) => `${1000 + i}.png`))
    const acknowledged = await killAfter(20, 'classify', images, '--json', '--data-dir', dataDir)
    expect(acknowledged.length).toBeGreaterThanOrEqual(20)
    const [killed] = list(dataDir)
    expect(killed).toMatchObject({ origin: 'command-line', name: 'images', state: 'interrupted' })
    expect(killed?.counts.analysed).toBeGreaterThanOrEqual(20)
    expect(killed?.counts.remaining).toBeGreaterThan(0)

    const resumed = gyrus(dataDir, 'batches', 'resume', killed?.id ?? '', '--json')
    expect(resumed.status).toBe(0)
    const counts = { total: 150, analysed: 150, failed: 0, skipped: 0, remaining: 0 }
    expect(resumed.json()[0]).toMatchObject({ id: killed?.id, state: 'completed', counts })
    const cases = gyrus(dataDir, 'cases', '--json').json()
    expect(cases).toHaveLength(150)
    expect(cases.every(({ state }) => state === 'analysed')).toBe(true)
    expect(new Set(cases.map(({ fileName }) => fileName)).size).toBe(150)
  })

  it('writes tables that spreadsheets read right, and that run nothing', async () => {
    const names = [
      'plain.png',
      'with "quotes", comma.png',
      'line\nbreak.png',
      '=1+1 & <b>.png',
      'emoji 🧠_x0041_.png',
      ' spaces .png',
    ]
    const { images, dataDir } = await makeImages(names)
    // Relative, so that a name can begin with what a spreadsheet takes for a formula.
    const ran = spawnSync(process.execPath, [main, 'classify', ...names, '--data-dir', dataDir], { cwd: images })
    expect(ran.status).toBe(0)
    const id = list(dataDir)[0]?.id ?? ''
    const [csv, xlsx] = [join(dataDir, 'a.csv'), join(dataDir, 'a.xlsx')]
    expect(gyrus(dataDir, 'batches', 'export', id, '--output', csv).status).toBe(0)
    expect(gyrus(dataDir, 'batches', 'export', id, '--format', 'xlsx', '--output', xlsx).status).toBe(0)

    const shown = names.map((name) => (name.startsWith('=') ? `'${name}` : name))
    for (const table of [readWithPython(csv), readSheet(xlsx)]) {
      const [header, ...rows] = table
      const column = (title: string) => rows.map((row) => row[header?.indexOf(title) ?? -1])
      expect(column('File')).toEqual(shown)
      expect(new Set(column('Note'))).toEqual(new Set([BANNER]))
      expect(column('Model').every((model) => model === 'efl0-2')).toBe(true)
      const shares = LABELS.map((label) => column(`p(${LABEL_NAMES[label]})`))
      const sums = rows.map((_, i) => shares.reduce((sum, one) => sum + Number(one[i]), 0))
      for (const sum of sums) expect(sum).toBeCloseTo(1, 5)
    }
    expect([...readFileSync(csv).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const pdf = join(dataDir, 'a.pdf')
    expect(gyrus(dataDir, 'batches', 'export', id, '--format', 'pdf', '--output', pdf).status).toBe(0)
    const pages = await textOf(readFileSync(pdf))
    expect(pages[0]).toContain(BANNER)
    for (const name of ['plain.png', 'with "quotes", comma.png']) expect(pages.join(' ')).toContain(name)
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([])
    expect(gyrus(dataDir, 'batches', 'export', id, '--output', '/nowhere/a.csv').stderr).toContain('output-unwritable')
  })

  it('has neither a label nor numbers for what the model did not judge, in tables and report', async () => {
    const { images, dataDir } = await makeImages(['head.png'])
    await writeNoise(images, 'noise.png')
    expect(gyrus(dataDir, 'classify', images).status).toBe(0)
    const id = list(dataDir)[0]?.id ?? ''
    const [csv, pdf] = [join(dataDir, 'a.csv'), join(dataDir, 'a.pdf')]
    expect(gyrus(dataDir, 'batches', 'export', id, '--output', csv).status).toBe(0)
    const [header = [], ...rows] = readWithPython(csv)
    const noise = Object.fromEntries(
      rows
        .find((row) => row.some((value) => value.endsWith('noise.png')))
        ?.map((value, i) => [header[i] ?? '', value]) ?? [],
    )
    expect(noise['AI label']).toBe('Not judged')
    const numbers = [...LABELS.map((label) => `p(${LABEL_NAMES[label]})`), 'Attention']
    for (const title of numbers) expect([title, noise[title]]).toEqual([title, ''])
    expect(gyrus(dataDir, 'batches', 'export', id, '--format', 'pdf', '--output', pdf).status).toBe(0)
    const pages = (await textOf(readFileSync(pdf))).join(' ')
    expect(pages).toMatch(/Not judged\s+1 \(50\.0 %\)/)
    expect(pages).toMatch(/noise\.png\s+[0-9A-F-]{9}\s+Not judged\s+–\s+unread/)
    const german = ['--format', 'pdf', '--output', pdf, '--language', 'de']
    expect(gyrus(dataDir, 'batches', 'export', id, ...german).status).toBe(0)
    expect((await textOf(readFileSync(pdf))).join(' ')).toMatch(/Nicht beurteilt\s+1 \(50,0 %\)/)
    const table = gyrus(dataDir, 'batches', 'export', id, '--output', csv, '--language', 'de')
    expect([table.status, table.stderr]).toEqual([1, expect.stringContaining('--language goes with --format pdf only')])
  }, 60_000)

  it('takes of a folder what is asked for: names like these, and no sub-folders', async () => {
    const { images, dataDir } = await makeImages(['a_t1ce.png', 'b.png'])
    mkdirSync(join(images, 'sub'))
    await writePicture(join(images, 'sub'), 'c_t1ce.png', 7)
    const files = (...options: string[]) =>
      (gyrus(dataDir, 'classify', images, '--json', ...options).json() as { file?: string }[]).flatMap(
        // The last line tells what was passed over.
        ({ file }) => (file === undefined ? [] : relative(images, file)),
      )
    for (const log of [[], ['--no-log']]) {
      expect(files('--only', '*_T1CE*', ...log)).toEqual(['a_t1ce.png', join('sub', 'c_t1ce.png')])
      expect(files('--no-sub-folders', ...log)).toEqual(['a_t1ce.png', 'b.png'])
    }
  }, 60_000)

  it('skips on request what was analysed before, and says what it does not know', async () => {
    const { images, dataDir } = await makeImages(['a.png'])
    expect(gyrus(dataDir, 'classify', images, '--json').json()[0]).toMatchObject({ status: 'analysed' })
    expect(gyrus(dataDir, 'classify', images, '--json', '--skip-seen').json()).toEqual([
      { file: join(images, 'a.png'), status: 'skipped', case: expect.any(String) },
    ])
    expect(gyrus(dataDir, 'batches', 'show', 'x').stderr).toContain('batch-unknown')
    expect(gyrus(dataDir, 'batches', 'pause', list(dataDir)[0]?.id ?? '').stderr).toContain('batch-state')
  })
})

/** By Python's csv module, so that it is not our own idea of RFC 4180 that is asked. */
function readWithPython(file: string): string[][] {
  const script =
    'import csv,json,sys;print(json.dumps(list(csv.reader(open(sys.argv[1],encoding="utf-8-sig",newline="")))))'
  const { stdout, status, stderr } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

/** A sheet by its parts: Python unzips and parses it, puts each cell in its place, and undoes Excel's own escapes. */
function readSheet(file: string): string[][] {
  expect(Object.keys(unzipSync(readFileSync(file)))).toContain('[Content_Types].xml')
  const script = `
import json,re,sys,zipfile
import xml.etree.ElementTree as tree
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for name in archive.namelist(): tree.fromstring(archive.read(name))
n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
text = lambda cell: ''.join(part.text or '' for part in cell.iter() if part.tag in (n + 't', n + 'v'))
plain = lambda value: re.sub('_x([0-9A-F]{4})_', lambda code: chr(int(code[1], 16)), value)
sheet = tree.fromstring(archive.read('xl/worksheets/sheet1.xml'))
assert sheet.find('.//' + n + 'f') is None
assert sheet.find('.//' + n + 'pane').get('ySplit') == '1'
letters = lambda cell: re.match('[A-Z]+', cell.get('r'))[0]
def place(cell):
    number = 0
    for letter in letters(cell): number = number * 26 + ord(letter) - 64
    return number - 1
def placed(row):
    cells = {place(cell): plain(text(cell)) for cell in row}
    return [cells.get(column, '') for column in range(max(cells) + 1)]
print(json.dumps([placed(row) for row in sheet.iter(n + 'row')]))`
  const { stdout, stderr } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

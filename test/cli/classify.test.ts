import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { BANNER, LABELS } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { picture, writeNoise, writePicture } from '../support/images.ts'
import { shared } from '../support/shared.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

function gyrus(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { status, stdout, stderr, lines, json: () => lines.map((line) => JSON.parse(line)) }
}

describe('gyrus classify', () => {
  it('prints one JSON line a file, in the order of the files, and logs each as a case', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const images = join(folder, 'images')
    mkdirSync(join(images, 'sub'), { recursive: true })
    const files = [await writePicture(images, 'b.jpg', 1), await writePicture(join(images, 'sub'), 'a.png', 2)]
    const { status, json } = gyrus('classify', images, '--json', '--data-dir', dataDir)
    expect(status).toBe(0)
    expect(json().map((line) => line.file)).toEqual(files)
    for (const line of json()) {
      expect(Object.keys(line)).toEqual([
        'file',
        'status',
        'label',
        'confidences',
        'gate',
        'set',
        'region',
        'cautions',
        'model',
        'ms',
      ])
      expect(Object.keys(line.confidences)).toEqual([...LABELS])
      const sum = LABELS.reduce((total, label) => total + line.confidences[label], 0)
      expect(sum).toBeCloseTo(1, 5)
    }
    const cases = gyrus('cases', '--json', '--data-dir', dataDir).json()
    expect(cases.map((row) => row.fileName).sort()).toEqual(['a.png', 'b.jpg'])
    expect(cases.every((row) => row.state === 'analysed' && row.source === 'command-line')).toBe(true)
  })

  it('tells of each file’s heat map, and writes it, where that is asked for', async () => {
    const folder = temporaryFolder()
    const sample = join(main, '../../../../resources/samples/sample-01.jpg')
    const black = join(folder, 'black.png')
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#000' } }).toFile(black)
    const maps = join(folder, 'maps')
    const { status, json } = gyrus(
      'classify',
      sample,
      black,
      '--json',
      '--maps',
      maps,
      '--data-dir',
      join(folder, 'data'),
    )
    expect(status).toBe(0)
    const [tumour, empty] = json()
    expect(tumour.heat).toMatchObject({ method: 'localise', label: tumour.label, out: expect.stringContaining(maps) })
    expect(tumour.heat.peak.x).toBeGreaterThan(0)
    expect(tumour.heat.peak.x).toBeLessThan(1)
    expect(tumour.heat.faithfulness.whole).toBeCloseTo(tumour.confidences[tumour.label], 6)
    expect(existsSync(tumour.heat.out)).toBe(true)
    expect(empty.heat.code).toBe('explain-not-judged')
    const { stdout } = gyrus('classify', sample, '--explain', '--no-log')
    expect(stdout).toMatch(
      /heat map by localisation head, peak at 0\.\d\d, 0\.\d\d of width and height\. (Faithful|Not faithful)/,
    )
    expect(gyrus('classify', sample, '--maps', join(sample, 'x'), '--no-log').stderr).toContain('[output-unwritable]')
  }, 180_000)
  it('gives no label to what the model does not judge, says why, and keeps the case', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const [slice, noise] = [await writePicture(folder, 'slice.png'), await writeNoise(folder, 'noise.png')]
    const { status, json } = gyrus('classify', slice, noise, '--json', '--data-dir', dataDir)
    expect(status).toBe(0)
    expect(json()).toMatchObject([
      { label: 'notumor', gate: { verdict: 'near', reasons: [] }, set: ['notumor'] },
      { label: null, gate: { verdict: 'outside', reasons: expect.arrayContaining(['unlike']) }, set: null },
    ])
    const text = gyrus('classify', slice, noise, '--no-log', '--data-dir', dataDir).stdout.split('\n')
    expect(text[0]).toMatch(/^No tumour +0\.\d\d .*slice\.png$/)
    expect(text[1]).toMatch(/^Not judged +The picture has not the outline .*noise\.png$/)
    expect(text[1]).not.toMatch(/glioma|tumour|\d\.\d/i)
    const [unjudged, ...others] = gyrus('cases', '--labels', 'unjudged', '--json', '--data-dir', dataDir).json()
    expect(others).toEqual([])
    expect(unjudged).toMatchObject({ fileName: 'noise.png', state: 'analysed', label: 'unjudged', confidence: null })
    const shown = gyrus('cases', 'show', unjudged.id, '--data-dir', dataDir).stdout
    expect(shown).toContain('The model does not judge this image.')
    expect(shown).toContain('The picture is unlike')
    expect(shown).not.toMatch(/glioma|no tumour/i)
  }, 120_000)

  it('says what failed, goes on, and ends with 2', async () => {
    const folder = temporaryFolder()
    const good = await writePicture(folder, 'good.png')
    const { status, json } = gyrus(
      'classify',
      join(folder, 'gone.png'),
      good,
      '--json',
      '--data-dir',
      join(folder, 'data'),
    )
    expect(status).toBe(2)
    expect(json()[0]).toEqual({
      file: join(folder, 'gone.png'),
      status: 'failed',
      code: 'file-missing',
      message: expect.any(String),
    })
    expect(json()[1]).toMatchObject({ file: good, status: 'analysed' })
  })

  it('cut short by the reader of its pipe, does not say that all was analysed', async () => {
    const images = temporaryFolder()
    for (let seed = 0; seed < 60; seed++) await writePicture(images, `${seed}.png`, seed)
    const gyrus = spawn(process.execPath, [main, 'classify', images, '--json', '--no-log'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    gyrus.stdout.once('data', () => gyrus.stdout.destroy())
    const [code] = await once(gyrus, 'exit')
    expect(code).toBe(1)
  })

  it('writes nothing with --no-log', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const picture = await writePicture(folder, 'a.png')
    const { status, lines, stderr } = gyrus('classify', picture, '--no-log', '--data-dir', dataDir)
    expect(status).toBe(0)
    expect(stderr).toContain(BANNER)
    expect(lines[0]).toContain('a.png')
    expect(existsSync(dataDir)).toBe(false)
  })

  it('gives the same answer with and without a log', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'a.png')
    await picture(3, 200).toFile(file)
    const logged = gyrus('classify', file, '--json', '--data-dir', join(folder, 'data')).json()[0]
    const unlogged = gyrus('classify', file, '--json', '--no-log').json()[0]
    expect(unlogged.confidences).toEqual(logged.confidences)
  })

  it('ends with 1 when it could not run', () => {
    expect(gyrus('classify').status).toBe(1)
    expect(gyrus('classify', '.', '--data-dir', '/dev/null').status).toBe(1)
    expect(gyrus('clasify', '.').stderr).toContain('unknown command')
  })

  it('says how many files of a folder it passed over', async () => {
    const folder = temporaryFolder()
    await writePicture(folder, 'a.png')
    writeFileSync(join(folder, 'notes.txt'), '')
    expect(gyrus('classify', folder, '--no-log').stderr).toContain('1 passed over')
  })

  it('does not take a wrong folder for an empty record', () => {
    const { status, stderr } = gyrus('cases', '--data-dir', '/nowhere')
    expect(status).toBe(1)
    expect(stderr).toContain('/nowhere')
  })

  it('explains itself', () => {
    const { status, stdout } = gyrus('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('classify')
    expect(stdout.replace(/\s+/g, ' ')).toContain('Decision aid only')
  })

  it('reaches 93 % macro recall on the shared test images', ({ skip }) => {
    const testing = shared('datasets/brain-tumor-mri/Testing')
    skip(testing === null, 'not run: the shared data folder is not there (GYRUS_SHARED)')
    const { status, json } = gyrus('classify', testing as string, '--json', '--no-log')
    expect(status).toBe(0)
    expect(json()).toHaveLength(596)
    const recalls = LABELS.map((label) => {
      const ofLabel = json().filter((line) => line.file.includes(`/${label}/`))
      return ofLabel.filter((line) => line.label === label).length / ofLabel.length
    })
    expect(recalls.reduce((sum, recall) => sum + recall, 0) / LABELS.length).toBeGreaterThanOrEqual(0.93)
  }, 60_000)
})

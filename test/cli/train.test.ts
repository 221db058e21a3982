import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type RunSummary, runSummarySchema } from '../../src/shared/training.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { type MadeSet, makeSet } from '../train/support.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const SMALL = ['--recipe', 'head', '--size', '64']

const cleanup = new Cleanup()
let set: MadeSet
/** The same images as plain class folders, of which nobody knows the patients. */
let folders: string

beforeAll(async () => {
  set = await makeSet(join(temporaryFolder(cleanup.add), 'set'), 12, 2)
  folders = join(set.root, 'Training')
  return cleanup.run
})

function gyrusAt(dataDir: string) {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--data-dir', dataDir], {
      encoding: 'utf8',
    })
    return { status, stdout, stderr, told: stderr.trimEnd().split('\n') }
  }
  const summaryOf = (id: string): RunSummary =>
    runSummarySchema.parse(JSON.parse(readFileSync(join(dataDir, 'runs', id, 'run.json'), 'utf8')))
  return { run, summaryOf }
}

/** A copy of the class folders, changed. */
function folderWith(change: (root: string) => void): string {
  const root = join(temporaryFolder(), 'set')
  cpSync(folders, root, { recursive: true })
  change(root)
  return root
}

describe('gyrus train', { timeout: 120_000 }, () => {
  it('trains on plain class folders, says what it found, and its last line makes a model that is listed', () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { run, summaryOf } = gyrusAt(dataDir)
    const marred = folderWith((root) => {
      writeFileSync(join(root, 'glioma', 'broken.png'), 'no picture')
      writeFileSync(join(root, 'notumor', 'cut.png'), readFileSync(join(root, 'notumor', '0.png')).subarray(0, 90))
    })
    const { status, stdout, told } = run('train', marred, ...SMALL, '--run', 'mine')
    expect([status, told]).toEqual([
      0,
      [
        expect.stringMatching(/^Trains on the CPU \(tensorflow\.js [\d.]+, wasm\)\.$/),
        '2 images could not be read and are left out: glioma/broken.png, notumor/cut.png.',
        expect.stringMatching(/^No patient is known: training and validation are kept apart by near-duplicate group\./),
        `Make a model of it with: gyrus models add-run mine --data-dir ${dataDir}`,
      ],
    ])
    expect(stdout).toContain('Run mine: trained to the end')
    expect(stdout).toContain('left out, 2:\n  glioma/broken.png\n  notumor/cut.png\n')
    expect(summaryOf('mine')).toMatchObject({
      request: { split: { by: 'group', validation: 0.1 } },
      unreadable: ['glioma/broken.png', 'notumor/cut.png'],
      trainedOn: { glioma: expect.any(Number) },
    })

    const added = run('models', 'add-run', 'mine')
    expect([added.status, added.stdout]).toEqual([0, 'Took in mine. See it with: gyrus models show mine\n'])
    const rows = JSON.parse(run('models', 'list', '--json').stdout) as { id: string; origin: string; active: boolean }[]
    expect(rows.find(({ id }) => id === 'mine')).toMatchObject({ origin: 'registered', active: false })
    expect(run('models', 'show', 'mine').stdout).toContain('Limit: How many tumours in other sequences')
    expect(run('models', 'add-run', 'mine').stderr).toContain('[model-id-taken]')
  })

  it('tells which patients have images of two classes, and trains all the same', () => {
    const { run, summaryOf } = gyrusAt(join(temporaryFolder(), 'data'))
    const patients = join(temporaryFolder(), 'patients.csv')
    const table = readFileSync(set.patients, 'utf8').replace('pituitary-Training-1', 'glioma-Training-1')
    writeFileSync(patients, table)
    const { status, told } = run('train', set.root, ...SMALL, '--patients', patients, '--run', 'mixed')
    expect(status).toBe(0)
    expect(told).toContain(
      '1 patient has images of two classes; that may be so, but is worth a look: glioma-Training-1.',
    )
    expect(summaryOf('mixed').request.split).toEqual({ by: 'patient', validation: 0.1 })
  })

  it.each([
    [
      'an empty class',
      'dataset-class-empty',
      'There is no image of the class “Pituitary tumour”.',
      (root: string) => rmSync(join(root, 'pituitary'), { recursive: true }),
    ],
    [
      'one class only',
      'dataset-one-class',
      'All images are of one class (Glioma).',
      (root: string) => {
        for (const name of ['meningioma', 'notumor', 'pituitary']) rmSync(join(root, name), { recursive: true })
      },
    ],
    [
      'fewer than 10 images of a class',
      'dataset-class-small',
      'The class “Meningioma” has 9 images; at least 10 are needed for training.',
      (root: string) => {
        for (const i of [0, 1, 2]) rmSync(join(root, 'meningioma', `${i}.png`))
      },
    ],
  ])('refuses %s', (_, code, sentence, change) => {
    const dataDir = join(temporaryFolder(), 'data')
    const { run } = gyrusAt(dataDir)
    const { status, stderr } = run('train', folderWith(change), ...SMALL, '--run', 'bad')
    expect(status).toBe(1)
    expect(stderr).toContain(`gyrus: ${sentence} `)
    expect(stderr).toContain(`[${code}]`)
    expect(existsSync(join(dataDir, 'runs', 'bad', 'run.json'))).toBe(false)
  })

  it('refuses to split by patient where it is asked to and none is known', () => {
    const { run } = gyrusAt(join(temporaryFolder(), 'data'))
    const { status, stderr } = run('train', folders, ...SMALL, '--split', 'patient')
    expect(status).toBe(1)
    expect(stderr).toContain('no patient is known')
    expect(stderr).toContain('[dataset-split-impossible]')
  })

  it('and a search wait for another one that works on the data folder, say so, and then have their turn', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { summaryOf } = gyrusAt(dataDir)
    const begin = (...args: string[]) => beginGyrus([...args, ...SMALL, '--data-dir', dataDir])
    // Long enough for the others to start meanwhile, also on a busy machine.
    const over = ['--over', 'l2=0.003,0.01,0.03,0.1', '--mode', 'grid']
    const first = begin('search', folders, ...over, '--search', 'first')
    await first.says('Trains on the CPU')
    const stopped = begin('train', folders, '--run', 'stopped')
    const second = begin('train', folders, '--run', 'second')
    const search = begin('search', folders, '--over', 'l2=0.03', '--search', 'third')
    await stopped.says('Ctrl+C to stop waiting')
    stopped.stop()
    await stopped.ended
    expect(await Promise.all([first.ended, second.ended, search.ended])).toEqual([0, 0, 0])
    const waits = (what: string) =>
      `Another Gyrus works on this data folder; ${what} waits for its turn (Ctrl+C to stop waiting).`
    expect(second.said().split('\n')[0]).toBe(waits('this training'))
    expect(search.said().split('\n')[0]).toBe(waits('this search'))
    expect(first.said()).not.toContain('waits for its turn')
    for (const run of ['second', 'third-1']) {
      expect(summaryOf(run).startedAt >= summaryOf('first-4').finishedAt).toBe(true)
    }
    expect(existsSync(join(dataDir, 'runs', 'stopped'))).toBe(false)
  })
})

/** `gyrus` beside this test. */
function beginGyrus(args: string[]) {
  const child = spawn(process.execPath, [main, ...args])
  let said = ''
  const heard = new EventTarget()
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
    heard.dispatchEvent(new Event('heard'))
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said.includes(words) && resolve()
      heard.addEventListener('heard', look)
      ended.then(() => reject(new Error(`it ended and said: ${said}`)))
      look()
    })
  return { ended, says, said: () => said, stop: () => child.kill('SIGINT') }
}

describe('gyrus search', { timeout: 120_000 }, () => {
  it('tries a grid, names the best, and that run becomes a model that is listed', () => {
    const { run, summaryOf } = gyrusAt(join(temporaryFolder(), 'data'))
    const over = ['--over', 'l2=0.003,30', '--mode', 'grid']
    const { status, stdout, told } = run('search', folders, ...SMALL, ...over, '--search', 'grid', '--json')
    expect(status).toBe(0)
    const [one, two, end] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect([one.run, one.changes, two.run, two.changes]).toEqual([
      ...['grid-1', { size: 64, l2: 0.003 }],
      ...['grid-2', { size: 64, l2: 30 }],
    ])
    const [best, other] = one.validation.loss < two.validation.loss ? [one, two] : [two, one]
    expect(best.validation.loss).toBeLessThan(other.validation.loss)
    expect(end).toEqual({ search: 'grid', best: best.run, left: 0 })
    expect(best.validation.loss).toBe(summaryOf(best.run).validation?.loss)
    expect(told.filter((line) => line.startsWith('No patient is known'))).toHaveLength(1)
    expect(told.at(-1)).toContain(`gyrus models add-run ${best.run} --data-dir `)
    expect(run('models', 'add-run', best.run, '--id', 'best-1').status).toBe(0)
    expect(run('models', 'list').stdout).toContain('best-1')
  })

  it('of which every trial failed ends with a code', () => {
    const { run } = gyrusAt(join(temporaryFolder(), 'data'))
    const small = folderWith((root) => {
      rmSync(join(root, 'glioma'), { recursive: true })
      mkdirSync(join(root, 'glioma'))
    })
    const { status, stdout, stderr } = run('search', small, ...SMALL, '--over', 'l2=0.03', '--mode', 'grid')
    expect(status).toBe(1)
    expect(stdout).toContain('[dataset-class-empty]')
    expect(stderr).toContain('[search-failed]')
  })
})

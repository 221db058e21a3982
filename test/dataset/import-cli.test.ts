import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { slice, write } from './support.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** `gyrus dataset …` on a data folder of its own, in an empty folder of its own. */
function commandLine() {
  const folder = temporaryFolder()
  const [dataDir, cwd] = [join(folder, 'data'), join(folder, 'here')]
  mkdirSync(cwd)
  const env = { ...process.env, GYRUS_DATA: dataDir }
  const gyrus = (...args: string[]) => {
    const options = { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'dataset', ...args], options)
    return { status, stdout, stderr, json: () => JSON.parse(stdout) }
  }
  /** Kills it when enough copies are there; 0 copies is as soon as the folder for them is. */
  const interrupt = async (signal: 'SIGKILL' | 'SIGINT', copies: number, ...args: string[]) => {
    // A group of its own, so that the signal reaches the engine as well, as it does in a terminal.
    const child = spawn(process.execPath, [main, 'dataset', ...args], { cwd, env, detached: true })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const watch = setInterval(() => {
      if (countFiles(join(dataDir, 'datasets', 'files')) < copies) return
      clearInterval(watch)
      process.kill(-(child.pid as number), signal)
    }, 5)
    const code = await exit
    clearInterval(watch)
    return { code, stderr }
  }
  return { dataDir, cwd, gyrus, interrupt }
}

function countFiles(folder: string): number {
  if (!existsSync(folder)) return -1
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
}

async function smallSet(n = 8): Promise<string> {
  const folder = temporaryFolder()
  for (let i = 0; i < n; i++) await write(folder, { [`${i % 2 ? 'no' : 'astro'}/${i}.png`]: slice(i) })
  return folder
}

describe('gyrus dataset import', () => {
  it('maps folders, freezes, lists and shows', async () => {
    const { gyrus } = commandLine()
    const path = await smallSet()
    const refused = gyrus('import', path, '--name', 'small')
    expect([refused.status, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain(
      'no class that Gyrus knows: astro. Say what each one is with --map "folder=glioma"',
    )

    const made = gyrus('import', path, '--name', 'small', '--map', 'astro=glioma', '--json')
    expect([made.status, made.stderr]).toEqual([0, ''])
    expect(made.json()).toMatchObject({
      created: true,
      name: 'small',
      version: 1,
      images: 8,
      origin: { map: { astro: 'glioma' } },
    })
    expect(gyrus('import', path, '--name', 'small', '--map', 'astro=glioma').stdout).toContain(
      'Nothing new: small@1 has the very same content.',
    )
    const second = gyrus('import', path, '--name', 'small', '--map', 'astro=glioma', '--map', 'no=skip')
    expect(second.stdout).toContain('Imported as small@2.')
    expect(second.stdout).toContain('[dataset-one-class]')
    expect(
      gyrus('list')
        .stdout.split('\n')
        .map((line) => line.slice(0, 8).trim()),
    ).toEqual(['small@2', 'small@1', ''])
    expect(gyrus('show', 'small@1', '--json').json()).toMatchObject({ version: 1, images: 8 })
    expect(gyrus('show', 'small').stdout).toContain('4 images (0 files unreadable), 0 known patients')
    expect(gyrus('show', 'small@9').stderr).toContain('[dataset-unknown]')
  }, 120_000)

  it('makes a name that stands for the set wherever one is named', async () => {
    const { gyrus, cwd } = commandLine()
    const path = await smallSet()
    const made = gyrus('import', path, '--name', 'small', '--map', 'astro=glioma', '--json')
    rmSync(path, { recursive: true })
    expect(gyrus('audit', 'small@1', '--json').json()).toMatchObject({ images: 8, sha256: made.json().sha256 })
    expect(gyrus('split', 'small@1').stdout.split('\n')).toHaveLength(10)
    await write(cwd, { 'patients.csv': 'file,patient\nastro/0.png,P1\nno/1.png,P1\n' })
    const joined = gyrus('import', 'small@1', '--patients', 'patients.csv', '--name', 'small', '--json').json()
    expect(joined).toMatchObject({ created: true, version: 2, patients: 1, patientsInTwoClasses: ['P1'] })

    expect(gyrus('audit', 'other').stderr).toContain('[dataset-unknown]')
    mkdirSync(join(cwd, 'small'))
    expect(gyrus('audit', 'small').stderr).toContain('[dataset-ambiguous]')
    expect(gyrus('audit', './small').stderr).toContain('[folder-empty]')
  }, 120_000)

  it('that is told nonsense ends with 1 and makes nothing', async () => {
    const { gyrus, dataDir } = commandLine()
    const path = await smallSet(2)
    const says = (...args: string[]) => {
      const { status, stderr } = gyrus('import', ...args)
      expect(status).toBe(1)
      return stderr
    }
    expect(says('--name', 'a')).toContain('name a folder')
    expect(says(path)).toContain('--name')
    expect(says(path, '--name', 'a', '--signed')).toContain('--signed takes')
    expect(says(path, '--name', 'a', '--since', '2026-01-01')).toContain('--since goes with --signed')
    expect(says('--signed', '--name', 'a', '--since', '2026-02-30')).toContain('a day like')
    expect(says(path, '--name', 'a', '--map', 'astro')).toContain('FOLDER=CLASS')
    expect(says(path, '--name', 'a', '--map', 'astro=astrocytoma')).toContain('FOLDER=CLASS')
    expect(says(path, '--name', '../a', '--map', 'astro=glioma')).toContain('[dataset-name-invalid]')
    expect(existsSync(dataDir)).toBe(false)
  }, 120_000)

  it('waits for nobody: a data folder in use is said to be', async () => {
    const { gyrus, dataDir } = commandLine()
    await openTestCore(dataDir)
    const path = await smallSet(2)
    expect(gyrus('import', path, '--name', 'a', '--map', 'astro=glioma').stderr).toContain('[data-folder-in-use]')
    expect(gyrus('list').status).toBe(0)
  })
})

describe('an import that is interrupted', () => {
  it('killed in the middle, again and again, leaves no version and is taken up the next time', async () => {
    const { gyrus, interrupt, dataDir } = commandLine()
    const path = await smallSet(2)
    for (let i = 0; i < 300; i++)
      writeFileSync(
        join(path, 'no', `more-${i}.png`),
        await slice(i % 9, i / 9)
          .png()
          .toBuffer(),
      )
    const args = ['import', path, '--name', 'a', '--map', 'astro=glioma']
    for (const copies of [0, 20, 150]) {
      await interrupt('SIGKILL', copies, ...args)
      expect(gyrus('list', '--json').stdout).toBe('')
    }
    expect(gyrus('audit', 'a').stderr).toContain('[dataset-unknown]')
    expect(gyrus(...args, '--json').json()).toMatchObject({ created: true, version: 1, images: 302, unreadable: [] })
    expect(readdirSync(join(dataDir, 'datasets')).sort()).toEqual(['a', 'files'])
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([])
    expect(gyrus('audit', 'a', '--json').json()).toMatchObject({ images: 302, unreadable: { n: 0 } })
  }, 120_000)

  it('by Ctrl+C says so, and leaves nothing half done', async () => {
    const { gyrus, interrupt, dataDir } = commandLine()
    const path = await smallSet(2)
    const bytes = await slice(1).resize(2000, 2000).png().toBuffer()
    for (let i = 0; i < 300; i++) writeFileSync(join(path, 'no', `big-${i}.png`), bytes)
    const { code, stderr } = await interrupt('SIGINT', 1, 'import', path, '--name', 'a', '--map', 'astro=glioma')
    expect(stderr).toContain('[cancelled]')
    expect(code).toBe(1)
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([])
    expect(gyrus('list', '--json').stdout).toBe('')
  }, 120_000)
})

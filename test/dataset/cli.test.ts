import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { runAndInterrupt } from '../support/interrupt.ts'
import { slice, write } from './support.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const gyrus = (...args: string[]) => spawnSync(process.execPath, [main, 'dataset', ...args], { encoding: 'utf8' })

async function leakySet(): Promise<string> {
  const folder = temporaryFolder()
  for (let i = 0; i < 12; i++) {
    await write(folder, { [`Training/${i % 2 ? 'no' : 'glioma'}/${i}.png`]: slice(i) })
    if (i < 4) await write(folder, { [`Testing/${i % 2 ? 'no' : 'glioma'}/copy-${i}.jpg`]: slice(i).flop() })
  }
  return folder
}

describe('gyrus dataset', () => {
  it('audit prints one JSON object', async () => {
    const { status, stdout, stderr } = gyrus('audit', await leakySet(), '--json')
    expect([status, stderr]).toEqual([0, ''])
    const found = JSON.parse(stdout)
    expect(Object.keys(found)).toEqual([
      'sha256',
      'images',
      'unreadable',
      'perClass',
      'exact',
      'near',
      'testWithNearCopy',
      'testWithNearCopyAsIs',
      'patientsOnBothSides',
      'patientsInTwoClasses',
      'pairs',
      'groups',
      'problems',
    ])
    expect(Object.keys(found.near)).toEqual(['groups', 'images', 'acrossSplits', 'acrossClasses', 'largest'])
    expect(found.testWithNearCopy).toMatchObject({ n: 4, of: 4, share: 1 })
    expect(found.pairs[0]).toEqual({
      file: 'Testing/glioma/copy-0.jpg',
      copy: 'Training/glioma/0.png',
      correlation: expect.closeTo(1, 2),
      turn: 'mirrored left to right',
    })
  })

  it('audit says what it means for people', async () => {
    const folder = await leakySet()
    const rows = ['Training/glioma/4.png,P1', 'Testing/glioma/copy-0.jpg,P1']
    await write(folder, { 'patients.csv': `file,patient\n${rows.join('\n')}\n` })
    const { status, stdout } = gyrus('audit', folder, '--patients', join(folder, 'patients.csv'))
    expect(status).toBe(0)
    expect(stdout).toContain('4 of 4 (100.0 %)')
    expect(stdout).toContain('says little about new patients: 100.0 % of its images have a near-copy')
    expect(stdout).toContain('and 1 show a patient who is there, too')
    expect(stdout).toContain('[dataset-class-empty]')
  })

  it('split prints a table that audits clean', async () => {
    const folder = await leakySet()
    const { status, stdout } = gyrus('split', folder, '--testing', '0.4', '--seed', '2')
    expect(status).toBe(0)
    expect(stdout.split('\n')[0]).toBe('file,class,patient,split')
    await write(folder, { 'split.csv': stdout })
    const found = JSON.parse(gyrus('audit', join(folder, 'split.csv'), '--json').stdout)
    expect(found.testWithNearCopy).toMatchObject({ n: 0, share: 0 })
    expect(found.testWithNearCopy.of).toBeGreaterThan(2)
    const random = gyrus('split', folder, '--by', 'random', '--json')
    expect(JSON.parse(random.stdout).leaks).toBe(true)
    expect(random.stderr).toContain('Warning')
  })

  it('ends with 1 and a coded sentence where it cannot', async () => {
    const unknown = temporaryFolder()
    await write(unknown, { 'yes/a.png': slice(1) })
    const refused = gyrus('audit', unknown)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('[dataset-folders-unknown]')
    expect(gyrus('split', unknown, '--testing', '2').status).toBe(1)
    expect(gyrus('audit').status).toBe(1)
  })

  it('audit is cancelled by Ctrl+C', async () => {
    const folder = temporaryFolder()
    const bytes = await slice(1).resize(2000, 2000).png().toBuffer()
    const { writeFileSync, mkdirSync } = await import('node:fs')
    mkdirSync(join(folder, 'glioma'))
    for (let i = 0; i < 300; i++) writeFileSync(join(folder, 'glioma', `${i}.png`), bytes)
    const { said, code } = await runAndInterrupt(main, 'dataset', 'audit', folder)
    expect(said).toContain('[cancelled]')
    expect(code).toBe(1)
  })
})

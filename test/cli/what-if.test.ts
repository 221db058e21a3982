import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'

const root = join(import.meta.dirname, '../..')
const SAMPLE = join(root, 'resources/samples/sample-01.jpg')

function gyrus(...args: string[]) {
  const main = join(root, 'src/main/cli/main.ts')
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
}

function stepsIn(folder: string, steps: unknown): string {
  const path = join(folder, 'steps.json')
  writeFileSync(path, typeof steps === 'string' ? steps : JSON.stringify(steps))
  return path
}

it('edits a file, says what the model makes of it, and keeps no case', async () => {
  const folder = temporaryFolder()
  const [out, dataDir] = [join(folder, 'edited.png'), join(folder, 'data')]
  const steps = [
    { op: 'crop', x: 40, y: 40, width: 300, height: 200 },
    { op: 'noise', sigma: 0.1, seed: 5 },
  ]
  const asked = ['what-if', SAMPLE, '--steps', stepsIn(folder, steps), '--out', out, '--json', '--data-dir', dataDir]
  const { status, stdout } = gyrus(...asked)
  expect(status).toBe(0)
  const said = JSON.parse(stdout)
  expect(said).toMatchObject({ mark: 'Experiment – not a result', model: 'efl0-2', steps })
  expect(said.after.image).toMatchObject({ width: 300, height: 200 })
  expect(said.after.confidences).not.toEqual(said.before.confidences)
  expect(said.before.gate.verdict).toMatch(/near|borderline|outside/)
  expect(await sharp(out).metadata()).toMatchObject({ format: 'png', width: 300, height: 200 })
  expect(existsSync(dataDir)).toBe(false)
}, 180_000)

it('refuses steps that are none, and those that leave nothing, and writes nothing', () => {
  const folder = temporaryFolder()
  const out = join(folder, 'edited.png')
  const refused = (steps: unknown) => gyrus('what-if', SAMPLE, '--steps', stepsIn(folder, steps), '--out', out).stderr
  expect(refused('no JSON')).toContain('[what-if-steps]')
  expect(refused([{ op: 'rotate', degrees: 400 }])).toMatch(/0\.degrees.*\[what-if-steps\]/s)
  expect(refused([{ op: 'hide', x: 0, y: 0, width: 9_999, height: 9_999, level: 0 }])).toContain('[what-if-empty]')
  expect(existsSync(out)).toBe(false)
}, 180_000)

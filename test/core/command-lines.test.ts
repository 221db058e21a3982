import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { programIn } from '../../src/main/core/command-lines.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const CLONE = join(import.meta.dirname, '..', '..')

it('names what starts the command line where Gyrus was started', () => {
  expect(programIn(CLONE, CLONE)).toBe('npm run -s gyrus --')
  expect(programIn(CLONE, join(CLONE, 'docs'))).toBe('npm run -s gyrus --')
  expect(programIn(CLONE, join(CLONE, '..'))).toBe(`npm --prefix "${CLONE}" run -s gyrus --`)
})

it('is plain where it was installed as a program', () => {
  const root = temporaryFolder()
  mkdirSync(join(root, 'src'))
  expect(programIn(root, root)).toBe('gyrus')
})

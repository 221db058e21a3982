import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeDepartment } from './support/station.ts'

async function pictures(count: number): Promise<string> {
  const images = join(temporaryFolder(), 'images')
  mkdirSync(images)
  for (let seed = 0; seed < count; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
  return images
}

it('a workstation reads files by the department’s queue, and all workstations see the record', async () => {
  const { station } = await makeDepartment()
  const a = await openTestCore(station('a'))
  const b = await openTestCore(station('b'))
  const outcomes = await openPaths(a.core, await pictures(12))
  expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill('analysed'))
  const { rows } = await b.core.store.listCases(anyCase, 0, 100)
  expect(rows).toHaveLength(12)
  expect(rows.every(({ state }) => state === 'analysed')).toBe(true)
  expect((await b.core.store.verifyRecord({})).broken).toBeNull()
})

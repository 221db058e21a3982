import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { answerRegion as draws } from '../../../src/main/engine/brain-region/answer.ts'
import { answerRegion as measures } from '../../../src/main/engine/region/request.ts'
import { temporaryFolder } from '../../support/cleanup.ts'

const SAMPLES = join(import.meta.dirname, '../../../resources/samples')

it('what is drawn of a picture has the area that is kept with its answer', async () => {
  const samples = readdirSync(SAMPLES).filter((name) => /\.(png|jpg)$/.test(name))
  expect(samples.length).toBe(12)
  const large = join(temporaryFolder(), 'large.png')
  await sharp(join(SAMPLES, 'sample-02.png')).resize({ width: 1152 }).toFile(large)
  for (const path of [...samples.map((name) => join(SAMPLES, name)), large]) {
    const { width, height, region: drawn } = await draws({ path, draw: null })
    const { region: kept } = await measures({ path, frame: 0 })
    if (!drawn || !kept.found) throw new Error(`no brain in ${path}`)
    expect(drawn.share, path).toBe(kept.area)
    // Its border is filled again on the whole picture.
    expect(Math.abs(drawn.area / (width * height) - kept.area), path).toBeLessThan(0.003)
  }
})

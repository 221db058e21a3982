import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { torture } from '../../scripts/torture/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'

/** `npm run torture` does it 200 times, on real slices. */
it.for([false, true])(
  'killed at random moments (encrypted: %s), Gyrus loses nothing that it acknowledged, and its trail stays sound',
  { timeout: 240_000 },
  async (encrypted, { skip }) => {
    if (process.platform !== 'linux') skip('not run: finds the engine’s process in /proc')
    const folder = temporaryFolder()
    const images = join(folder, 'images')
    mkdirSync(images)
    for (let seed = 0; seed < 60; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
    const results: number[] = []
    const onRound = (round: { results: number }) => void results.push(round.results)
    const how = { rounds: encrypted ? 4 : 6, seed: 5, longest: 5_000, encrypted, onRound }
    const wrong = await torture({ images, dataDir: join(folder, 'data'), ...how })
    expect(wrong).toEqual([])
    expect(results.length).toBeGreaterThan(0)
  },
)

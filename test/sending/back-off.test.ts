import { expect, it } from 'vitest'
import { nextTry } from '../../src/main/core/sending/back-off.ts'
import { GyrusError } from '../../src/shared/errors.ts'

const ASKED = '2026-11-27T12:00:00.000Z'
const away = new GyrusError('pacs-unreachable', { pacs: 'a', reason: 'b' })

it('waits twice as long each time, an hour at most, and three days in all', () => {
  const waits: number[] = []
  let now = Date.parse(ASKED)
  for (let tries = 1; ; tries += 1) {
    const next = nextTry(away, tries, ASKED, now)
    if (next === null) break
    waits.push((Date.parse(next) - now) / 1_000)
    now = Date.parse(next)
  }
  expect(waits.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600])
  const days = waits.reduce((sum, seconds) => sum + seconds, 0) / 86_400
  expect(days).toBeGreaterThan(2.9)
  expect(days).toBeLessThanOrEqual(3)
})

it.each(['pacs-unknown', 'objects-not-signed', 'objects-second-open', 'case-unknown', 'scan-altered'] as const)(
  '%s is not tried again: it is as it is',
  (code) => {
    expect(nextTry(new GyrusError(code), 1, ASKED, Date.parse(ASKED))).toBeNull()
  },
)

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import { CARD_ITEM_NAMES, CARD_ITEMS } from '../../src/shared/card-items.ts'
import type { ModelCard } from '../../src/shared/model.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const gyrus = (...args: string[]) =>
  spawnSync(process.execPath, [main, 'models', ...args, '--data-dir', temporaryFolder()], { encoding: 'utf8' }).stdout

const card: ModelCard = JSON.parse(readFileSync(join(MODEL_DIR, 'card.json'), 'utf8'))
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const measured = ({ value, n, date }: { value: number; n: number; date: string }) =>
  `${percent(value)} (n = ${n}, ${date})`

describe('gyrus models show', () => {
  it('has what was found of shortcuts, recall with intervals, and what people say of the model', () => {
    const text = gyrus('show', SHIPPED_MODEL)
    const [low = 0, high = 0] = card.results[0]?.intervals.recall?.meningioma ?? []
    const wanted = [
      ...card.shortcuts.map((shortcut) => `${shortcut.name}: ${measured(shortcut)}`),
      `Meningioma ${percent(card.results[0]?.recall.meningioma ?? 0)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`,
      ...CARD_ITEMS.map((item) => `${CARD_ITEM_NAMES[item]}: ${card[item]}`),
    ]
    expect(wanted).toHaveLength(15)
    expect(wanted.filter((line) => !text.includes(line))).toEqual([])
    expect(JSON.parse(gyrus('show', SHIPPED_MODEL, '--json')).card).toEqual(card)
  })

  it('says what was not measured and not stated', () => {
    const text = gyrus('show', 'efl0-head-1')
    expect(text).toMatch(/without seeing the tumour:\n\s+not measured/)
    expect(text).toContain('Subgroups and known bias: not stated')
  })
})

describe('gyrus models compare', () => {
  it('has shortcuts and tumours in other sequences of both beside each other', () => {
    const lines = gyrus('compare', 'efl0-head-1', SHIPPED_MODEL)
      .split('\n')
      .slice(-7)
      .map((line) => line.trim())
    const { sensitivity: value = 0, n = 0, date = '' } = card.tumourSensitivity[0] ?? {}
    expect(lines.filter(Boolean)).toEqual([
      `Tumours in other sequences not called “no tumour”: 37.9 % (n = 501, 2026-11-24) | ${measured({ value, n, date })}`,
      ...card.shortcuts.map((shortcut) => `${shortcut.name}: not measured | ${measured(shortcut)}`),
    ])
    const { first, second } = JSON.parse(gyrus('compare', 'efl0-head-1', SHIPPED_MODEL, '--json'))
    expect([first.card.shortcuts, second.card.shortcuts]).toEqual([[], card.shortcuts])
  })
})

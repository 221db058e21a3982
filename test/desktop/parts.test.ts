import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Work } from '../../src/main/core/index.ts'
import { pathsIn } from '../../src/main/electron/arguments.ts'
import { acceleratorOf, readPageMenu } from '../../src/main/electron/page-menu.ts'
import { placeOf, readKept } from '../../src/main/electron/place.ts'
import { noticeOf, shareOf } from '../../src/main/electron/shown-work.ts'
import { ACTIONS, defaultKey, isChangeable } from '../../src/shared/keys.ts'

describe('where a window opens', () => {
  const screens = [
    { x: 0, y: 25, width: 1680, height: 1025 },
    { x: 1680, y: 0, width: 3840, height: 2160 },
  ]
  const kept = (x: number, y: number, width = 1200, height = 700) => ({
    ...{ bounds: { x, y, width, height }, maximised: false, fullScreen: false },
  })
  const usual = { width: 1600, height: 960 }

  test.each([
    ['the first start', null, usual],
    ['where it lay', kept(100, 50), { x: 100, y: 50, width: 1200, height: 700 }],
    ['on the other display', kept(4000, 900), { x: 4000, y: 900, width: 1200, height: 700 }],
    ['partly beyond the left edge', kept(-1000, 50), { x: -1000, y: 50, width: 1200, height: 700 }],
    ['beyond all displays', kept(9000, 50), usual],
    ['its bar above the display', kept(100, -200), usual],
    ['its bar below the display', kept(100, 1040), usual],
    ['hardly anything left to take hold of', kept(-1150, 50), usual],
    ['larger than its display', kept(0, 25, 5000, 5000), { x: 0, y: 25, width: 1680, height: 1025 }],
    ['smaller than it may be', kept(0, 25, 200, 100), { x: 0, y: 25, width: 1024, height: 640 }],
  ])('%s', (_, lay, opens) => {
    expect(placeOf(lay, screens)).toEqual(opens)
  })

  test.each(['', '{}', 'null', '{"bounds":{"x":0}}', '{"bounds":{"x":"0","y":0,"width":1,"height":1e999}}'])(
    'what was kept makes no sense: %s',
    (text) => expect(readKept(text)).toBeNull(),
  )
})

test('a command line names files beside options, those of Chromium too', () => {
  const args = ['--no-sandbox', '--data-dir', '/data', 'scan.dcm', '--token-file=/t', '--remember-key', '/cd', '']
  expect(pathsIn(args, '/home/reader')).toEqual([resolve('/home/reader', 'scan.dcm'), resolve('/cd')])
})

describe('a menu that a page tells of', () => {
  const item = { action: 'agree', label: 'Agree', key: 'a' }
  const menu = (items: unknown[]) => ({ opens: true, groups: [{ title: 'Verdict', items }] })

  test('is taken where it makes sense', () => {
    expect(readPageMenu(menu([item, { ...item, key: null }]))).toEqual(menu([item, { ...item, key: null }]))
  })

  test.each([
    ['nothing', null],
    ['no groups', { opens: true }],
    ['an action that there is not', menu([{ ...item, action: 'erase-all' }])],
    ['one of the prototype', menu([{ ...item, action: 'constructor' }])],
    ['no words', menu([{ ...item, label: '' }])],
    ['words without end', menu([{ ...item, label: 'x'.repeat(81) }])],
    ['a key that is none', menu([{ ...item, key: 'a b' }])],
    ['items without end', menu(Array(41).fill(item))],
    ['a role of Electron', menu([{ role: 'toggleDevTools' }])],
  ])('is refused: %s', (_, input) => expect(readPageMenu(input)).toBeNull())

  test('writes each usual key as Electron does', () => {
    const usual = (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).filter(isChangeable).map(defaultKey)
    const unwritten = usual.filter((key) => key !== null && acceleratorOf(key) === null)
    // It is part of the words then.
    expect(unwritten).toEqual(['?'])
    expect(acceleratorOf('ctrl+s')).toBe('CommandOrControl+S')
    expect(acceleratorOf('shift+arrowup')).toBe('Shift+Up')
    expect(acceleratorOf('space')).toBe('Space')
  })
})

describe('work that goes on by itself', () => {
  const work = (state: 'running' | 'completed' | 'interrupted' | 'paused', remaining = 0, listed = true): Work => ({
    training: false,
    batch: {
      ...{ id: 'b', origin: 'folder', state, listed },
      counts: { total: 10, analysed: 8, failed: 2, skipped: 0, remaining },
    },
  })
  const idle: Work = { batch: null, training: false }

  test('is shown by its share', () => {
    expect([idle, work('completed'), work('running', 4), work('running', 4, false)].map(shareOf)).toEqual([
      null,
      null,
      0.6,
      -1,
    ])
  })

  test.each([
    ['finished', work('running', 1), work('completed'), 'A batch is finished: 10 files, 2 failed.'],
    ['broken off', work('running', 1), work('interrupted'), 'A batch was broken off. Gyrus shows why.'],
    ['paused by a reader, who knows', work('running', 1), work('paused'), null],
    ['finished before this Gyrus was open', idle, work('completed'), null],
    ['trained', { ...idle, training: true }, idle, 'A training has ended.'],
    ['going on', work('running', 2), work('running', 1), null],
  ])('says so where it is %s', (_, before, now, said) => expect(noticeOf(before, now)).toBe(said))
})

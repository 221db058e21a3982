import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import type { Shell } from './support/shell.ts'
import { test } from './support/test.ts'

const VERDICT = 'Case and verdict'

interface Item {
  label: string
  accelerator: string | null
  /** Whether the menu itself listens to the key. */
  listens: boolean
}

/** What a menu of that name shows; null where there is no such menu. */
const itemsOf = (app: Shell, title: string) =>
  app.inMain(({ Menu }, title): Item[] | null => {
    const menu = Menu.getApplicationMenu()?.items.find(({ label }) => label === title)
    const items = menu?.submenu?.items.map(({ label, accelerator, registerAccelerator }) => {
      return { label, accelerator: accelerator ? String(accelerator) : null, listens: registerAccelerator }
    })
    return items ?? null
  }, title)

/** Chooses an item as a mouse does. */
const choose = (app: Shell, title: string, label: string) =>
  app.inMain(
    ({ Menu, BrowserWindow }, [title, label]) => {
      const menu = Menu.getApplicationMenu()?.items.find((item) => item.label === title)
      const item = menu?.submenu?.items.find((item) => item.label === label)
      item?.click(undefined, BrowserWindow.fromId(1) ?? undefined, BrowserWindow.fromId(1)?.webContents)
    },
    [title, label],
  )

const press = (app: Shell, keyCode: string) =>
  app.inMain(({ BrowserWindow }, keyCode) => {
    const contents = BrowserWindow.fromId(1)?.webContents
    for (const type of ['keyDown', 'char', 'keyUp'] as const) contents?.sendInputEvent({ type, keyCode })
  }, keyCode)

const verdictShown = (app: Shell) =>
  app.inPage(() => {
    const chosen = document.querySelector('input[type=radio]:checked')
    return chosen?.closest('label')?.querySelector('.text')?.textContent ?? null
  })

test('the menu shows what the page can do, by the reader’s keys, and leaves the keys to the page', async ({ app }) => {
  await app.click('Open sample scans')
  await app.shows('files analysed')
  await expect
    .poll(() => itemsOf(app, 'File'))
    .toMatchObject([{ label: 'Open files…' }, { label: 'Open folder…' }, { label: 'Open a recent folder' }, {}, {}])
  await expect.poll(async () => (await itemsOf(app, VERDICT)) ?? 'none').toBe('none')
  const listed = await app.ask('cases.list', { query: {} })
  const [one] = 'ok' in listed ? (listed.ok as { rows: { id: string }[] }).rows : []
  await app.inPage((id) => location.assign(`#/case/${id}`), one?.id)
  const item = async (label: string) => (await itemsOf(app, VERDICT))?.find((one) => one.label === label)
  await expect.poll(() => item('Agree')).toEqual({ label: 'Agree', accelerator: 'A', listens: false })
  // What the reader changes is shown at once.
  await app.ask('preferences.set', { keys: { agree: 'ö' }, mouse: { left: 'window', middle: 'pan', right: 'zoom' } })
  await expect.poll(() => item('Agree  (ö)')).toEqual({ label: 'Agree  (ö)', accelerator: null, listens: true })
  await app.ask('preferences.set', { keys: {}, mouse: { left: 'window', middle: 'pan', right: 'zoom' } })
  await expect.poll(() => item('Agree')).toMatchObject({ accelerator: 'A' })

  await app.until(() => document.querySelector('textarea') !== null)
  await choose(app, VERDICT, 'Agree')
  await app.until(() => document.querySelector('input[type=radio]:checked') !== null)
  expect(await verdictShown(app)).toBe('Agree')

  // The page has the key itself: once as what it stands for, and as a letter where something is typed.
  await app.inPage(() => {
    Object.assign(window, { pressed: [] })
    addEventListener('keydown', ({ key }) => (window as unknown as { pressed: string[] }).pressed.push(key), true)
    document.querySelector('textarea')?.focus()
  })
  await press(app, 'd')
  await app.until(() => document.querySelector('textarea')?.value === 'd')
  expect(await app.inPage(() => (window as unknown as { pressed: string[] }).pressed)).toEqual(['d'])
  expect(await verdictShown(app)).toBe('Agree')

  // By this way a menu that listens does hear a key.
  const heard = await app.inMain(async ({ Menu, MenuItem, BrowserWindow }) => {
    const menu = Menu.buildFromTemplate([])
    let heard = 0
    menu.append(new MenuItem({ label: 'Test', submenu: [{ label: 'F9', accelerator: 'F9', click: () => heard++ }] }))
    const before = Menu.getApplicationMenu()
    Menu.setApplicationMenu(menu)
    const contents = BrowserWindow.fromId(1)?.webContents
    for (const type of ['keyDown', 'keyUp'] as const) contents?.sendInputEvent({ type, keyCode: 'F9' })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    Menu.setApplicationMenu(before)
    return heard
  })
  expect(heard).toBe(1)

  expect(await itemsOf(app, 'Help')).toMatchObject([
    { label: 'Keys and mouse  (?)' },
    { label: 'User guide', accelerator: 'F1', listens: false },
  ])
  await choose(app, 'Help', 'User guide')
  await app.until(() => document.activeElement?.textContent?.trim() === 'Review')
  await press(app, 'Escape')
  await app.until(() => document.querySelector('[role=dialog]') === null)

  await choose(app, 'Everywhere', 'Lock')
  await app.shows('Locked')
  await app.until(() => document.querySelector('[role=dialog]') === null)
  await expect.poll(() => itemsOf(app, VERDICT)).toBeNull()
  expect(await itemsOf(app, 'File')).toHaveLength(1)
})

test('folders that were classified are in the menu of who may see them, and in the system’s list', async ({ app }) => {
  const study = join(temporaryFolder(), 'Tuesday & co')
  mkdirSync(study)
  await writePicture(study, '1.png')
  await app.inMain(({ app }) => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    app.addRecentDocument = (path) => void told.push(path)
  })
  await app.ready()
  await app.choose(study)
  expect(await app.ask('batches.start', { paths: [study], options: {} })).toMatchObject({ ok: {} })
  const recent = () =>
    app.inMain(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File')
      const menu = file?.submenu?.items.find(({ label }) => label === 'Open a recent folder')
      return menu?.submenu?.items.map(({ label }) => label) ?? []
    })
  await expect.poll(recent).toEqual([`Tuesday && co – ${study.replace('&', '&&')}`])
  await expect.poll(() => app.inMain(() => (globalThis as unknown as { told: string[] }).told)).toEqual([study])
  await app.inMain(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File')
    const menu = file?.submenu?.items.find(({ label }) => label === 'Open a recent folder')
    menu?.submenu?.items[0]?.click()
  })
  await app.shows('Tuesday & co')
  await app.shows('Classify a folder')
})

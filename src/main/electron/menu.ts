import { basename } from 'node:path'
import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Action } from '../../shared/keys.ts'
import type { PageItem, PageMenu, ShellCommand } from '../../shared/shell.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { COMMAND, SHOW_MENU } from './channels.ts'
import type { Handed } from './handed.ts'
import { handle } from './ipc.ts'
import { speakAsPage } from './language.ts'
import { acceleratorOf, readPageMenu } from './page-menu.ts'
import { texts } from './spoken.ts'

type Template = MenuItemConstructorOptions[]

const RECENT = 10
const isMac = process.platform === 'darwin'
const separator = { type: 'separator' } as const

/** The page does it. */
function tell(command: ShellCommand): void {
  BrowserWindow.getFocusedWindow()?.webContents.send(COMMAND, command)
}

/**
 * What there is before somebody is signed in. Electron's own menu would offer reloading, its developer tools and its home
 * page in the network. On a Mac, copying and pasting by key hangs on the menu.
 */
export const setMenu = (): void => show({ page: null, recent: [], open: () => undefined, quit: () => app.quit() })

/** The menu of the window's page, as the page tells it, with the folders that were classified last. */
export class AppMenu {
  readonly #backend: Backend
  readonly #handed: Handed
  /** Asks first where something is at work. */
  quit = () => app.quit()
  #page: PageMenu | null = null
  #noted: string[] = []

  constructor(backend: Backend, handed: Handed) {
    this.#backend = backend
    this.#handed = handed
    handle(SHOW_MENU, async (input, { sender }) => {
      await speakAsPage(backend, sender)
      const signedIn = await backend.sees(callerOf(sender))
      this.#page = signedIn ? readPageMenu(input) : null
      await this.refresh()
    })
  }

  async refresh(): Promise<void> {
    const page = this.#page
    const recent = page?.opens ? await this.#backend.recentFolders(RECENT).catch(() => []) : []
    // Another page may have told of itself meanwhile.
    if (page !== this.#page) return
    show({ page, recent, open: (path) => this.#handed.add([path]), quit: this.quit })
    if (page?.opens) this.#note(recent)
  }

  /** In the system's own list, which anybody sees who is at this machine: never of an encrypted record. */
  #note(recent: string[]): void {
    const folders = this.#backend.encrypted ? [] : recent
    if (`${folders}` === `${this.#noted}`) return
    this.#noted = folders
    app.clearRecentDocuments()
    for (const path of [...folders].reverse()) app.addRecentDocument(path)
  }
}

interface Shown {
  page: PageMenu | null
  /** Folders, the newest first. */
  recent: string[]
  open(path: string): void
  quit(): void
}

function show({ page, recent, open, quit }: Shown): void {
  const mac: Template = isMac ? [macMenu(quit)] : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { label: texts().menu.file, submenu: fileMenu({ page, recent, open, quit }) },
      editMenu(),
      ...groupsOf(page).map(({ title, items }) => ({ label: title, submenu: items.map(itemOf) })),
      viewMenu(),
      windowMenu(),
      ...helpMenu(page),
    ]),
  )
}

const quitItem = (quit: () => void): MenuItemConstructorOptions => ({
  label: texts().menu.quit,
  accelerator: 'CommandOrControl+Q',
  click: quit,
})

/** Electron's own names for these are English. */
function editMenu(): MenuItemConstructorOptions {
  const { edit, undo, redo, cut, copy, paste, selectAll } = texts().menu
  return {
    label: edit,
    submenu: [
      { role: 'undo', label: undo },
      { role: 'redo', label: redo },
      separator,
      { role: 'cut', label: cut },
      { role: 'copy', label: copy },
      { role: 'paste', label: paste },
      { role: 'selectAll', label: selectAll },
    ],
  }
}

function viewMenu(): MenuItemConstructorOptions {
  const { view, actualSize, zoomIn, zoomOut, fullScreen } = texts().menu
  return {
    label: view,
    submenu: [
      { role: 'resetZoom', label: actualSize },
      { role: 'zoomIn', label: zoomIn },
      { role: 'zoomOut', label: zoomOut },
      separator,
      { role: 'togglefullscreen', label: fullScreen },
    ],
  }
}

function windowMenu(): MenuItemConstructorOptions {
  const { window, minimise, close } = texts().menu
  return {
    role: 'window',
    label: window,
    submenu: [
      { role: 'minimize', label: minimise },
      { role: 'close', label: close },
    ],
  }
}

const macMenu = (quit: () => void): MenuItemConstructorOptions => ({
  label: 'Gyrus',
  submenu: [
    { role: 'hide', label: texts().menu.hide },
    { role: 'hideOthers', label: texts().menu.hideOthers },
    { role: 'unhide', label: texts().menu.showAll },
    separator,
    quitItem(quit),
  ],
})

function fileMenu({ page, recent, open, quit }: Shown): Template {
  const { openFiles, openFolder, recent: label, noRecent } = texts().menu
  const end: Template = [isMac ? { role: 'close', label: texts().menu.close } : quitItem(quit)]
  if (!page?.opens) return end
  const folders: Template = recent.map((path) => ({
    label: `${plain(basename(path))} – ${plain(path)}`,
    click: () => open(path),
  }))
  return [
    { label: openFiles, accelerator: 'CommandOrControl+O', click: () => tell({ kind: 'open', what: 'files' }) },
    { label: openFolder, accelerator: 'CommandOrControl+Shift+O', click: () => tell({ kind: 'open', what: 'folder' }) },
    { label, submenu: folders.length > 0 ? folders : [{ label: noRecent, enabled: false }] },
    separator,
    ...printItems(page),
    ...end,
  ]
}

/** Where it is looked for on every desktop. */
const isPrint = ({ action }: PageItem) => action === 'print'

function printItems(page: PageMenu): Template {
  const items = page.groups.flatMap(({ items }) => items).filter(isPrint)
  return items.length > 0 ? [...items.map(itemOf), separator] : []
}

/** What tells how Gyrus is used, which has a menu of its own on every desktop. */
const HELP: Action[] = ['guide', 'help']
const isHelp = ({ action }: PageItem) => HELP.includes(action)

function groupsOf(page: PageMenu | null): PageMenu['groups'] {
  const groups = (page?.groups ?? []).map(({ title, items }) => ({
    title,
    items: items.filter((one) => !isHelp(one) && !isPrint(one)),
  }))
  return groups.filter(({ items }) => items.length > 0)
}

function helpMenu(page: PageMenu | null): Template {
  const items = (page?.groups ?? []).flatMap(({ items }) => items).filter(isHelp)
  return items.length > 0 ? [{ role: 'help', label: texts().menu.help, submenu: items.map(itemOf) }] : []
}

/**
 * The key is written beside it and belongs to the page, which knows whether something is being typed: the menu does not
 * listen to it. A Mac's menus listen to every key that they show, so that there it is part of the words.
 */
function itemOf({ action, label, key }: PageItem): MenuItemConstructorOptions {
  const click = () => tell({ kind: 'action', action })
  const accelerator = key === null || isMac ? null : acceleratorOf(key)
  if (accelerator !== null) return { label: plain(label), click, accelerator, registerAccelerator: false }
  return { label: plain(key === null ? label : `${label}  (${key})`), click }
}

/** An `&` would underline what follows it. */
const plain = (label: string) => label.replace(/&/g, '&&')

import { ACTIONS } from '../../shared/keys.ts'
import type { PageItem, PageMenu } from '../../shared/shell.ts'

const MOST_GROUPS = 6
const MOST_ITEMS = 40
const MOST_LETTERS = 80

/** Null for what is no menu: the page is not believed. */
export function readPageMenu(input: unknown): PageMenu | null {
  const { opens, groups } = (input ?? {}) as Partial<PageMenu>
  if (typeof opens !== 'boolean' || !Array.isArray(groups) || groups.length > MOST_GROUPS) return null
  const good = groups.every((group) => {
    const { title, items } = (group ?? {}) as Partial<PageMenu['groups'][number]>
    return isText(title) && Array.isArray(items) && items.length <= MOST_ITEMS && items.every(isItem)
  })
  return good ? { opens, groups } : null
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MOST_LETTERS

function isItem(value: unknown): value is PageItem {
  const { action, label, key } = (value ?? {}) as Partial<PageItem>
  const isKey = key === null || (isText(key) && !/\s/.test(key))
  return isText(action) && Object.keys(ACTIONS).includes(action) && isText(label) && isKey
}

const NAMES: Record<string, string> = {
  arrowup: 'Up',
  arrowdown: 'Down',
  arrowleft: 'Left',
  arrowright: 'Right',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  escape: 'Esc',
  insert: 'Insert',
  delete: 'Delete',
  space: 'Space',
}

/** A key as Electron's menus write it; null for one that they cannot. */
export function acceleratorOf(key: string): string | null {
  const [, modifiers = '', rest = ''] = /^((?:ctrl\+|shift\+)*)(.+)$/.exec(key) ?? []
  const name = NAMES[rest] ?? (/^([a-z0-9]|f\d{1,2}|[,./;'[\]\\=-])$/.test(rest) ? rest.toUpperCase() : null)
  if (name === null) return null
  return `${modifiers.replace('ctrl+', 'CommandOrControl+').replace('shift+', 'Shift+')}${name}`
}

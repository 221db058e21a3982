/** How a key (`ctrl+z`, as in shared/keys.ts) is written for readers and for assistive programs. */

export const KEY_NAMES = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'Page Up',
  pagedown: 'Page Down',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  escape: 'Esc',
  insert: 'Ins',
  delete: 'Del',
  space: 'Space',
  ctrl: 'Ctrl',
  shift: 'Shift',
}
const named: Record<string, string> = KEY_NAMES
const MODIFIERS: Record<string, string> = { ctrl: 'Control', shift: 'Shift' }
const SHORTCUTS: Record<string, string> = {
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
  arrowleft: 'ArrowLeft',
  arrowright: 'ArrowRight',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  escape: 'Escape',
  insert: 'Insert',
  delete: 'Delete',
  '+': 'Plus',
}

function parts(key: string): { held: string[]; rest: string } {
  const [, modifiers = '', rest = key] = /^((?:ctrl\+|shift\+)*)(.+)$/.exec(key) ?? []
  return { held: modifiers.split('+').filter(Boolean), rest }
}

/** Upper case only where that is one letter again: ß stays. */
const capital = (text: string) => (text.toUpperCase().length === text.length ? text.toUpperCase() : text)

/** `Ctrl Z`, `←`, `Esc`. */
export function writtenKey(key: string): string {
  const { held, rest } = parts(key)
  return [...held.map((one) => named[one]), named[rest] ?? capital(rest)].join(' ')
}

/** As `aria-keyshortcuts` wants it; undefined where there is no key. */
export function keyShortcuts(keys: string[]): string | undefined {
  const written = keys.map((key) => {
    const { held, rest } = parts(key)
    const name = SHORTCUTS[rest] ?? (rest.length === 1 ? capital(rest) : rest.charAt(0).toUpperCase() + rest.slice(1))
    return [...held.map((one) => MODIFIERS[one]), name].join('+')
  })
  return written.length > 0 ? written.join(' ') : undefined
}

/** The key of an event, as in shared/keys.ts. */
export function keyOf(event: KeyboardEvent): string {
  const ctrl = event.ctrlKey || event.metaKey ? 'ctrl+' : ''
  // Of a character, Shift is part of which one it is.
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : ''
  return ctrl + shift + (event.key === ' ' ? 'space' : event.key.toLowerCase())
}

/** How a key (`ctrl+z`, as in shared/keys.ts) is written for readers and for assistive programs. */

const NAMES: Record<string, string> = {
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
}
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

function parts(key: string): { ctrl: boolean; rest: string } {
  const ctrl = key.startsWith('ctrl+')
  return { ctrl, rest: ctrl ? key.slice('ctrl+'.length) : key }
}

/** Upper case only where that is one letter again: ß stays. */
const capital = (text: string) => (text.toUpperCase().length === text.length ? text.toUpperCase() : text)

/** `Ctrl Z`, `←`, `Esc`. */
export function writtenKey(key: string): string {
  const { ctrl, rest } = parts(key)
  return `${ctrl ? 'Ctrl ' : ''}${NAMES[rest] ?? capital(rest)}`
}

/** As `aria-keyshortcuts` wants it; undefined where there is no key. */
export function keyShortcuts(keys: string[]): string | undefined {
  const written = keys.map((key) => {
    const { ctrl, rest } = parts(key)
    const name = SHORTCUTS[rest] ?? (rest.length === 1 ? capital(rest) : rest.charAt(0).toUpperCase() + rest.slice(1))
    return `${ctrl ? 'Control+' : ''}${name}`
  })
  return written.length > 0 ? written.join(' ') : undefined
}

/** The key of an event, as in shared/keys.ts. */
export function keyOf(event: KeyboardEvent): string {
  const held = event.ctrlKey || event.metaKey ? 'ctrl+' : ''
  return held + event.key.toLowerCase()
}

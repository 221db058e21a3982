/** One key and what it does. The same table drives the keyboard and the help. */
export interface KeyBinding {
  /** As in `KeyboardEvent.key`, lower case, with `ctrl+` where it is held: `n`, `arrowup`, `ctrl+z`. Several do the same. */
  keys: string[]
  /** Shown in the help; bindings with the same text and `show` stand once. */
  text: string
  /** How the help writes the keys. */
  show: string[]
  run(event: KeyboardEvent): void
  /** Also while the reader types in a field. */
  whileTyping?: boolean
}

class Keys {
  bindings = $state.raw<KeyBinding[]>([])
  help = $state(false)
}

export const keys = new Keys()

/** While one screen gives way to another, Svelte shows the leaving one the state as it was; this is as it is. */
let current: KeyBinding[] = []

/** The screen's bindings, until the returned function is called or another screen binds its own. */
export function bindKeys(bindings: KeyBinding[]): () => void {
  const bind = (next: KeyBinding[]) => {
    current = next
    keys.bindings = next
  }
  bind(bindings)
  return () => {
    if (current === bindings) bind([])
  }
}

const nameOf = (event: KeyboardEvent) => {
  const held = event.ctrlKey || event.metaKey ? 'ctrl+' : ''
  return held + event.key.toLowerCase()
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')

/** Enter on a button or link presses that, never a page's binding. */
const pressing = (event: KeyboardEvent) =>
  event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null

/** The arrows move between the choices of a group. */
const choosing = (event: KeyboardEvent) =>
  event.target instanceof HTMLInputElement && event.target.type === 'radio' && event.key.startsWith('Arrow')

let layerOpen = false

/** On the way down, before a dialog or menu closes itself on the very key that must not reach the page. */
export function noteLayers(): void {
  layerOpen = document.querySelector('[role=dialog], [role=menu]') !== null
}

/** Cornerstone marks every key on its element as handled, whether it has a use for it or not. */
const taken = (event: KeyboardEvent) =>
  event.defaultPrevented && !(event.target instanceof HTMLElement && event.target.closest('[data-page-keys]'))

/** On the way up, when nothing else wanted the key. */
export function handleKey(event: KeyboardEvent): void {
  if (layerOpen || taken(event) || event.altKey || event.isComposing) return
  const name = nameOf(event)
  const binding = keys.bindings.find((one) => one.keys.includes(name))
  if (!binding || pressing(event) || choosing(event)) return
  if (typing(event.target) && !binding.whileTyping) return
  event.preventDefault()
  binding.run(event)
}

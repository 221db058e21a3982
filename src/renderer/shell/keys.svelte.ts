import { type Action, type ActionOf, type Screen, worksWhileTyping } from '../../shared/keys.ts'
import { keyOf } from '../settings/key-names.ts'
import { preferences } from '../settings/preferences.svelte.ts'

/** What the actions of a screen do; which keys start them is the reader's choice. */
export type Bindings<S extends Screen> = Record<Exclude<ActionOf<S>, 'lock' | 'guide'>, () => void>
type AnyBindings = Partial<Record<Action, () => void>>

class Keys {
  help = $state(false)
}

export const keys = new Keys()

let current: AnyBindings = {}
/** Another object with each change. Bindings themselves are no state: while a screen goes, that is read as it was before. */
let changed = $state.raw({})

function bind(bindings: AnyBindings): void {
  current = bindings
  changed = {}
}

/** The screen's bindings, until the returned function is called or another screen binds its own. */
export function bindKeys<S extends Screen>(bindings: Bindings<S>): () => void {
  bind(bindings)
  return () => {
    if (current === bindings) bind({})
  }
}

/** Whether the page's screen has something that this action does. */
export const isBound = (action: Action): boolean => changed !== null && action in current

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')

/** What a key presses that has the focus, and never a page's binding. */
const PRESSED: Record<string, string> = {
  Enter: 'button, a, summary',
  ' ': 'button, summary, select, input, [role=tab], [role=slider], [role=option]',
}
const pressing = ({ key, target }: KeyboardEvent) =>
  target instanceof HTMLElement && key in PRESSED && target.closest(PRESSED[key] as string) !== null

/** The arrows move between the choices of a group. */
const choosing = (event: KeyboardEvent) =>
  event.target instanceof HTMLInputElement && event.target.type === 'radio' && event.key.startsWith('Arrow')

/** Keys of these work whatever is open on the page, and whoever else wants them. */
export function isKeyOf(action: 'lock' | 'guide', event: KeyboardEvent): boolean {
  return !event.altKey && !event.isComposing && preferences.keys(action).includes(keyOf(event))
}

/** Does what was chosen in the window's menu, where the page can do it now and no dialog is in front of it. */
export function runAction(action: Action): void {
  if (document.querySelector('[role=dialog], [role=menu]') === null) current[action]?.()
}

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
  const key = keyOf(event)
  const action = (Object.keys(current) as Action[]).find((one) => preferences.keys(one).includes(key))
  if (!action || pressing(event) || choosing(event)) return
  if (typing(event.target) && !worksWhileTyping(action, key)) return
  event.preventDefault()
  current[action]?.()
}

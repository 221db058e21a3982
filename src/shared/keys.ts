/**
 * Every action that a key can start, and its key where the reader chose no other.
 * A key is written as `KeyboardEvent.key` in lower case (that of a blank as `space`), with `ctrl+` where it is held, and
 * `shift+` for keys that write nothing: `n`, `arrowup`, `ctrl+z`, `shift+arrowup`.
 */

export type Screen = 'work-list' | 'review' | 'accounts'

interface ActionKeys {
  screens: readonly Screen[]
  /** The reader's to change; null where there is none at first. Absent where the action has fixed keys only. */
  key?: string | null
  /** Work whatever the reader chose, so that nobody can lock themselves out. */
  fixed?: readonly string[]
  /** Also while a comment is typed, by those keys that write nothing. */
  whileTyping?: true
  /** Came later than others: its key is theirs where a reader gave it to them, maybe before it was there. */
  yields?: true
}

const LIST = ['work-list'] as const
const REVIEW = ['review'] as const
const BOTH = ['work-list', 'review'] as const
const ALL = ['work-list', 'review', 'accounts'] as const

/** In the order in which the screens list them. */
export const ACTIONS = {
  help: { screens: ALL, key: '?' },
  guide: { screens: ALL, fixed: ['f1'], whileTyping: true },
  lock: { screens: ALL, fixed: ['ctrl+l'], whileTyping: true },
  'next-unread': { screens: BOTH, key: 'n' },
  classify: { screens: BOTH, key: 'q' },
  search: { screens: LIST, key: '/' },
  up: { screens: LIST, fixed: ['arrowup'] },
  down: { screens: LIST, fixed: ['arrowdown'] },
  'page-up': { screens: LIST, fixed: ['pageup'] },
  'page-down': { screens: LIST, fixed: ['pagedown'] },
  top: { screens: LIST, fixed: ['home'] },
  bottom: { screens: LIST, fixed: ['end'] },
  open: { screens: LIST, fixed: ['enter'] },
  previous: { screens: REVIEW, key: null, fixed: ['arrowleft'] },
  next: { screens: REVIEW, key: null, fixed: ['arrowright'] },
  /** Of cases, where there is one image. */
  'slice-up': { screens: REVIEW, fixed: ['arrowup'] },
  'slice-down': { screens: REVIEW, fixed: ['arrowdown'] },
  'slices-up': { screens: REVIEW, fixed: ['pageup'] },
  'slices-down': { screens: REVIEW, fixed: ['pagedown'] },
  'slice-first': { screens: REVIEW, fixed: ['home'] },
  'slice-last': { screens: REVIEW, fixed: ['end'] },
  suspicious: { screens: REVIEW, key: 'k', yields: true },
  'suspicious-up': { screens: REVIEW, key: ',', yields: true },
  'suspicious-down': { screens: REVIEW, key: '.', yields: true },
  cine: { screens: REVIEW, key: 'f', yields: true },
  compare: { screens: REVIEW, key: 'b', yields: true },
  'in-step': { screens: REVIEW, key: 'j', yields: true },
  back: { screens: REVIEW, fixed: ['escape'], whileTyping: true },
  agree: { screens: REVIEW, key: 'a' },
  disagree: { screens: REVIEW, key: 'd' },
  'cannot-tell': { screens: REVIEW, key: 't' },
  glioma: { screens: REVIEW, key: '1' },
  meningioma: { screens: REVIEW, key: '2' },
  pituitary: { screens: REVIEW, key: '3' },
  notumor: { screens: REVIEW, key: '4' },
  other: { screens: REVIEW, key: '5' },
  comment: { screens: REVIEW, key: 'c' },
  save: { screens: REVIEW, key: 'ctrl+s', whileTyping: true },
  'save-next': { screens: REVIEW, key: null, fixed: ['enter', 'ctrl+enter'], whileTyping: true },
  sign: { screens: REVIEW, key: 's' },
  amend: { screens: REVIEW, key: 'u' },
  history: { screens: REVIEW, key: 'y' },
  'what-if': { screens: REVIEW, key: 'x', yields: true },
  window: { screens: REVIEW, key: 'w' },
  pan: { screens: REVIEW, key: 'p' },
  zoom: { screens: REVIEW, key: 'z' },
  length: { screens: REVIEW, key: 'l' },
  scroll: { screens: REVIEW, key: 'g', yields: true },
  'remove-length': { screens: REVIEW, key: 'delete' },
  'nudge-left': { screens: REVIEW, fixed: ['shift+arrowleft'] },
  'nudge-right': { screens: REVIEW, fixed: ['shift+arrowright'] },
  'nudge-up': { screens: REVIEW, fixed: ['shift+arrowup'] },
  'nudge-down': { screens: REVIEW, fixed: ['shift+arrowdown'] },
  heat: { screens: REVIEW, key: 'space', yields: true },
  outline: { screens: REVIEW, key: '0', yields: true },
  asymmetry: { screens: REVIEW, key: '9', yields: true },
  corners: { screens: REVIEW, key: '8', yields: true },
  invert: { screens: REVIEW, key: 'i' },
  'flip-h': { screens: REVIEW, key: 'h' },
  'flip-v': { screens: REVIEW, key: 'v' },
  rotate: { screens: REVIEW, key: 'o' },
  undo: { screens: REVIEW, key: 'ctrl+z' },
  reset: { screens: REVIEW, key: 'r' },
  maximise: { screens: REVIEW, key: 'm' },
  report: { screens: REVIEW, key: 'e' },
  print: { screens: REVIEW, fixed: ['ctrl+p'], whileTyping: true },
} as const satisfies Record<string, ActionKeys>

export type Action = keyof typeof ACTIONS
export type ChangeableAction = { [A in Action]: (typeof ACTIONS)[A] extends { key: unknown } ? A : never }[Action]
export type ActionOf<S extends Screen> = {
  [A in Action]: S extends (typeof ACTIONS)[A]['screens'][number] ? A : never
}[Action]

const keysOf = (action: Action): ActionKeys => ACTIONS[action]

export const isChangeable = (action: Action): action is ChangeableAction => 'key' in ACTIONS[action]
export const CHANGEABLE = (Object.keys(ACTIONS) as Action[]).filter(isChangeable)
export const defaultKey = (action: ChangeableAction): string | null => ACTIONS[action].key
export const fixedKeys = (action: Action): readonly string[] => keysOf(action).fixed ?? []
export const isOn = (action: Action, screen: Screen): boolean => keysOf(action).screens.includes(screen)

/** Keys that differ from the defaults; null takes an action's key away. */
export type ChangedKeys = Partial<Record<ChangeableAction, string | null>>

/** The one key of an action that the reader can change, as it is in force. */
export function ownKey(action: Action, changed: ChangedKeys): string | null {
  if (!isChangeable(action)) return null
  const chosen = changed[action]
  if (chosen !== undefined) return chosen
  const key = defaultKey(action)
  return keysOf(action).yields && isGiven(key, action, changed) ? null : key
}

const areBeside = (one: Action, other: Action) => keysOf(one).screens.some((screen) => isOn(other, screen))

/** Whether the reader gave the key to another action of the same screen. */
const isGiven = (key: string | null, action: Action, changed: ChangedKeys) =>
  CHANGEABLE.some((other) => other !== action && changed[other] === key && areBeside(action, other))

/** All keys in force for an action, the reader's own first. */
export function keysInForce(action: Action, changed: ChangedKeys): string[] {
  const own = ownKey(action, changed)
  return own === null ? [...fixedKeys(action)] : [own, ...fixedKeys(action)]
}

/** Another action that has the key on a screen of `action`; null where the key is free for it. */
export function holderOf(key: string, action: ChangeableAction, changed: ChangedKeys): ChangeableAction | null {
  const holds = (other: ChangeableAction) => areBeside(other, action) && ownKey(other, changed) === key
  return CHANGEABLE.find((other) => other !== action && holds(other)) ?? null
}

/** One character, the space bar, an F key, Insert or Delete; a letter also with Ctrl. Moving, pressing and closing keys stay what they are. */
const FORM = /^(?:[^\s]|space|f\d|insert|delete|ctrl\+[a-z])$/u

/** What a browser, the system or every page does with these of them, whatever a screen says. */
const RESERVED = new Set(['f1', 'f3', 'f5', 'f6', 'f7', ...[...'acfghjklnopqrtuvwx'].map((letter) => `ctrl+${letter}`)])

/** Whether a reader may give the key to an action. */
export const isAssignable = (key: string): boolean => FORM.test(key) && key === key.toLowerCase() && !RESERVED.has(key)

const writesNothing = (key: string) => key.startsWith('ctrl+') || key === 'escape' || /^f\d$/.test(key)

/** Whether the key starts the action also while the reader types. */
export const worksWhileTyping = (action: Action, key: string): boolean =>
  keysOf(action).whileTyping === true && writesNothing(key)

/** Mouse buttons on the image, and what a drag with one can do. */
export const MOUSE_BUTTONS = ['left', 'middle', 'right'] as const
export type MouseButton = (typeof MOUSE_BUTTONS)[number]
export const MOUSE_ROLES = ['window', 'pan', 'zoom', 'length', 'scroll', 'none'] as const
export type MouseRole = (typeof MOUSE_ROLES)[number]
export type Mouse = Record<MouseButton, MouseRole>
export const DEFAULT_MOUSE: Mouse = { left: 'window', middle: 'pan', right: 'zoom' }

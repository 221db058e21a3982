import type { Translated } from '../../shared/language.ts'
import type { KEY_NAMES } from './key-names.ts'

/** As they stand on German keyboards. */
export const keyNames: Translated<typeof KEY_NAMES> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'Bild ↑',
  pagedown: 'Bild ↓',
  home: 'Pos1',
  end: 'Ende',
  enter: 'Enter',
  escape: 'Esc',
  insert: 'Einfg',
  delete: 'Entf',
  space: 'Leertaste',
  ctrl: 'Strg',
  shift: 'Umschalt',
}

import type { Translated } from '../../shared/language.ts'
import { plural } from '../format.ts'
import type { guideTexts } from './texts.ts'

export const german: Translated<typeof guideTexts> = {
  title: 'Handbuch',
  open: 'Handbuch',
  contents: 'Inhalt',
  search: 'Handbuch durchsuchen',
  found: (n) => (n === 0 ? 'Kein Abschnitt enthält alle diese Wörter' : plural(n, 'Abschnitt', 'Abschnitte')),
  next: 'Enter: nächste Stelle',
}

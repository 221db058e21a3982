import type { Translated } from '../../shared/language.ts'
import type { chartTexts } from './texts.ts'

export const german: Translated<typeof chartTexts> = {
  none: '–',
  table: 'Als Tabelle',
  series: 'Linie',
  tableOf: (caption) => `${caption}, als Tabelle`,
  summary: (caption, lines) => `${caption}: ${lines.join(', ')}`,
}

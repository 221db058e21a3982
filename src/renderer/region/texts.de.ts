import { FULL_ASYMMETRY } from '../../shared/brain-region.ts'
import { fixed, type Translated } from '../../shared/language.ts'
import { usualAsymmetry } from '../../shared/region-words.ts'
import { region } from '../../shared/words.de.ts'
import type { regionTexts } from './texts.ts'

export const german: Translated<typeof regionTexts> = {
  title: 'Hirnregion',
  outline: 'Hirnumriss',
  outlineHint: 'Wo das Gehirn im Bild gefunden wurde, nach einer Regel und nicht vom Modell.',
  asymmetry: 'Asymmetrie',
  short: { outline: 'Umriss', asymmetry: 'Seiten' },
  asymmetryHint: `${region.note}.`,
  figures: 'Werte',
  note: region.note,
  outlined: 'Dünne Linie: Hirnregion, nach einer Regel gefunden; eher zu weit, auch mit Knochen und Kopfhaut',
  least: 'gleich',
  most: `${Math.round(100 * FULL_ASYMMETRY)} % des mittleren Grauwerts oder mehr`,
  index: (index) => `Index ${fixed(index, 2)} (${usualAsymmetry()}; kein Detektor)`,
  legend:
    'Wie sehr eine Stelle von ihrem Gegenüber jenseits der gestrichelten Mittellinie abweicht; beide sind markiert',
  how: 'Der Index sagt, wie sehr das Zehntel des Gehirns, das am meisten abweicht, von seinem Gegenüber abweicht, in mittleren Grauwerten (Median). Ein Tumor in der Mittellinie zeigt sich darin nicht, und auch gesunde Gehirne weichen ab: Er ist kein Detektor.',
  greys: region.greys,
  none: region.none,
  reasons: region.reasons,
  loading: 'Das Gehirn wird gesucht…',
  later:
    'Als dieser Fall gelesen wurde, wurde nichts gemessen. Diese Werte sind jetzt berechnet und stehen nicht in den Aufzeichnungen.',
  ofKey: 'Aufgezeichnet für die Schicht, die für die Serie steht; Linien und Farben gelten für die Schicht im Bild.',
  kept: 'Die Asymmetrie wird gezeigt, wenn Ihr Ersteindruck festgehalten ist.',
  again: 'Erneut versuchen',
  cannot: (why) => `Keine Asymmetrie. ${why}`,
}

import { formatConfidence, LABELS } from '../../shared/labels.ts'
import type { Translated } from '../../shared/language.ts'
import { decimals } from '../../shared/language.ts'
import type { Difference } from '../../shared/timeline.ts'
import { labels } from '../../shared/words.de.ts'
import { number, plural } from '../format.ts'
import type { historyTexts } from './texts.ts'

const short = (sha256: string) => `${sha256.slice(0, 12)} …`
const whats: Record<string, string> = {
  model: 'das Modell',
  weights: 'die Gewichte',
  preprocessing: 'die Vorverarbeitung',
  engine: 'die Recheneinheit',
  confidences: 'die Wahrscheinlichkeiten',
} satisfies Record<Difference['what'], string>

export const german: Translated<typeof historyTexts> = {
  title: 'Verlauf',
  exactly: 'Genau so wiederholen',
  withActive: 'Mit dem aktiven Modell',
  hint: 'Genau so: vergleicht und ändert nichts. Mit dem aktiven Modell: Dessen Antwort ersetzt die gültige.',
  running: 'Läuft…',
  times: (n) => `${number(n)}-mal`,
  ofSeries: {
    acts: { 'case.analysed': 'Serie beantwortet', 'case.analysed-again': 'Serie neu beantwortet' },
    text: ({ slices, counted }) =>
      counted === null
        ? plural(slices, 'Schicht hinzugefügt', 'Schichten hinzugefügt')
        : `${plural(slices, 'Schicht', 'Schichten')}, ${number(counted)} gezählt`,
  },
  pacs: (name) => `PACS ${name}`,
  same: 'Dieselbe Antwort',
  differs: (what) => `Nicht gleich: ${what.map((one) => whats[one] ?? one).join(', ')}`,
  outcome: ({ modelId, same, now }) => {
    if (same) return `Dieselbe Antwort von ${modelId}.`
    if (now === null) return `Mit ${modelId} konnte es nicht wiederholt werden.`
    const all = LABELS.map((label) => `${labels[label]} ${formatConfidence(now[label])}`)
    return `${modelId} sagt jetzt etwas anderes: ${all.join(', ')}.`
  },
  difference: (difference) => {
    if (difference.what === 'model') return `${difference.failure.message} ${difference.failure.action}`
    if (difference.what === 'confidences')
      return `Wahrscheinlichkeiten weichen bis ${decimals(difference.by.toPrecision(2))} ab.`
    const { what, before, now } = difference
    const then = what === 'weights' ? [short(before), short(now)] : [before, now]
    return `Verschieden: ${whats[what]}, damals ${then[0]}, jetzt ${then[1]}.`
  },
}

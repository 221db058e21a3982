import { expect, it } from 'vitest'
import { german as stack } from '../../src/renderer/review/stack-texts.de.ts'
import { german as keys } from '../../src/renderer/settings/texts.de.ts'
import { german as page } from '../../src/renderer/texts.de.ts'
import { texts } from '../../src/renderer/texts.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { SENTENCES } from '../../src/shared/sentences.de.ts'
import { SERIES_CAUTIONS } from '../../src/shared/series.ts'
import { called, labels, seriesCautions } from '../../src/shared/words.de.ts'

it('says in German all that must be said beside the answer of a series', () => {
  for (const [name, english] of Object.entries(SERIES_CAUTIONS))
    expect(SENTENCES[english]).toBe(seriesCautions[name as keyof typeof SERIES_CAUTIONS])
})

it('calls a tumour a tumour wherever a label is named in German', () => {
  for (const label of LABELS) {
    expect(called[label]).toBe(labels[label])
    expect(page.shortLabels[label]).toBe(labels[label])
  }
  expect(labels.pituitary).toBe('Hypophysentumor')
})

it('tells places in a stack by its order, which may run from the feet up: nothing is above or below', () => {
  const of = (one: object) => JSON.stringify(one)
  const languages = [
    { stack: texts.stack, keys: texts.keys },
    { stack, keys },
  ]
  for (const { stack, keys } of languages) {
    expect(of([stack.noMore, stack.suspicious])).not.toMatch(/above|below|oben|unten|darüber|darunter/)
    expect(of(keys.actions)).not.toMatch(/Slice (above|below)|slice (above|below)|Schicht (darüber|darunter)/)
  }
})

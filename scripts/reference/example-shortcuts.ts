import { createHash } from 'node:crypto'
import { BOOTSTRAP, type BootstrapOptions } from '../../src/main/engine/evaluate/bootstrap.ts'
import { calledClass } from '../../src/main/engine/evaluate/labels.ts'
import { chanceOf, scoreOf } from '../../src/main/engine/evaluate/score.ts'
import { type ModelShortcuts, TRAITS } from '../../src/shared/shortcuts.ts'
import { simulate } from './simulate.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Shortcuts of a simulated model: every part is there, no number means anything. */
export function exampleShortcuts(bootstrap: BootstrapOptions = BOOTSTRAP): ModelShortcuts {
  const where = { data: 'simulated, fifth', dataSha256: sha256('fifth'), date: '2026-11-24' }
  const { truth } = simulate('test', 300, 11, 5)
  const score = (lift: number) =>
    scoreOf(truth, simulate('test', 300, 11, lift).logits.map(calledClass), undefined, bootstrap)
  const chance = chanceOf(truth)
  const fall = (value: number) => ({ value, interval: [value - 0.02, value + 0.02] as [number, number] })
  return {
    model: 'simulated-0',
    weightsSha256: [sha256('weights')],
    traits: {
      ...where,
      model: score(5),
      traits: score(2),
      chance,
      audit: {
        ...where,
        unreadable: 0,
        splitRule: '5 folds by near-duplicate group',
        folds: 5,
        score: score(2),
        chance,
        tumourAuroc: 0.8123,
        single: TRAITS.map((trait, i) => ({ trait, tumourAuroc: 0.9 - i / 50 })),
      },
    },
    headHidden: { ...where, whole: score(5), hidden: score(0), chance, fall: fall(0.4321), leftOut: 3 },
    tumourHidden: {
      ...where,
      whole: score(5),
      tumourHidden: score(1),
      elsewhereHidden: score(4),
      fall: fall(0.3456),
      fallElsewhere: fall(0.0432),
      confidence: { whole: 0.912, tumourHidden: 0.534, elsewhereHidden: 0.876 },
      leftOut: 7,
    },
    otherTumours: [{ ...where, n: 155, groups: 39, sensitivity: 0.6543, groupMean: 0.6231 }],
  }
}

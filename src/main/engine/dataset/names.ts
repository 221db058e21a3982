import type { LabelMap, SplitName } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Label } from '../../../shared/labels.ts'

/** What folders and tables call each label, after `plain`. Public sets differ in spelling, not in meaning. */
const LABELS_BY_NAME: Record<Label, RegExp> = {
  glioma: /^gliomas?(tumou?rs?)?$/,
  meningioma: /^meningiomas?(tumou?rs?)?$/,
  notumor: /^(no|none|normal|healthy)$|^no(rmal)?(tumou?rs?|brain)$/,
  pituitary: /^pituitary(tumou?rs?|adenomas?)?$/,
}

const SPLITS_BY_NAME: Record<SplitName, RegExp> = {
  training: /^train(ing)?(set|data)?$/,
  validation: /^val(id(ation)?)?(set|data)?$/,
  testing: /^test(ing)?(set|data)?$/,
}

/** The label that a folder or a table cell names; undefined where it names none that Gyrus knows. */
export const matchLabel = (name: string): Label | undefined => match(LABELS_BY_NAME, name)

/** The side that a folder names, e.g. `Training`, `train`, `Test`. */
export const matchSplit = (name: string): SplitName | undefined => match(SPLITS_BY_NAME, name)

/** What the folders or cells of one set are called: by hand where the map says so, else by the usual names. */
export class LabelNames {
  readonly #map: Map<string, Label | 'skip'>
  readonly #unused: Set<string>

  constructor(map: LabelMap = {}) {
    this.#map = new Map(Object.entries(map))
    this.#unused = new Set(this.#map.keys())
  }

  /**
   * @param name of a folder, or a cell
   * @param path of the folder in its set, which the map may name instead
   */
  of(name: string, path = name): Label | 'skip' | undefined {
    return this.byHand(name, path) ?? matchLabel(name)
  }

  /** Only what the map says. */
  byHand(name: string, path = name): Label | 'skip' | undefined {
    for (const key of [path, name]) this.#unused.delete(key)
    return this.#map.get(path) ?? this.#map.get(name)
  }

  /** A name that nothing has is a slip of the pen. @throws GyrusError `dataset-map-unused` */
  checkAllUsed(): void {
    if (this.#unused.size > 0) throw new GyrusError('dataset-map-unused', { names: [...this.#unused].join(', ') })
  }
}

function match<K extends string>(patterns: Record<K, RegExp>, name: string): K | undefined {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '')
  return (Object.keys(patterns) as K[]).find((key) => patterns[key].test(plain))
}

import type { SplitName } from '../../../shared/dataset.ts'
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

function match<K extends string>(patterns: Record<K, RegExp>, name: string): K | undefined {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '')
  return (Object.keys(patterns) as K[]).find((key) => patterns[key].test(plain))
}

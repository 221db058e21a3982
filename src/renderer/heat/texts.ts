import { HEAT_METHODS, type HeatMethod } from '../../shared/heat.ts'
import { heatNoteOf, METHOD_NAMES } from '../../shared/heat-words.ts'
import { formatConfidence, LABEL_NAMES, type Label } from '../../shared/labels.ts'

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Heat maps; part of `texts`. */
export const heatTexts = {
  title: 'Heat map',
  short: 'Heat',
  note: (map: Parameters<typeof heatNoteOf>[0]) => heatNoteOf(map),
  off: 'Off',
  label: 'Class',
  called: (label: Label | null) => (label ? `${LABEL_NAMES[label]} (called)` : 'As it is called'),
  method: 'Made by',
  best: 'What measures best',
  methods: Object.fromEntries(HEAT_METHODS.map((method) => [method, upper(METHOD_NAMES[method])])) as Record<
    HeatMethod,
    string
  >,
  opacity: 'Opacity',
  percent: (share: number) => `${Math.round(100 * share)} %`,
  draw: 'Drawn as',
  colours: 'Colours',
  outline: 'Outline',
  /** What stands over the image. */
  says: (label: Label, confidence: number, method: HeatMethod) =>
    `${LABEL_NAMES[label]} ${formatConfidence(confidence)}, by ${METHOD_NAMES[method]}`,
  outlined: (level: number, dashed: boolean) =>
    `Outline at ${Math.round(100 * level)} % of its highest value${dashed ? ', dashed: not faithful' : ''}`,
  legend: 'Least to most that speaks for the class; the cross is the peak',
  least: 'least',
  most: 'most',
  loading: 'The heat map is being made…',
  cancel: 'Cancel',
  cancelled: 'Not made. Choose again, or another method.',
  again: 'Make it',
  first: 'The heat map tells the answer: record your impression first.',
  none: (why: string) => `No heat map. ${why}`,
  noAnswer: 'Without an answer of the model there is nothing to explain.',
  notJudged: 'The model has not answered this slice: there is nothing to explain.',
  noJudgement: 'The model does not judge this image: there is no answer to explain.',
  noSeriesJudgement: 'The model does not judge this series: there is no answer to explain.',
  otherFrame: (frame: number) => `The answer stands on frame ${frame}: the heat map lies over that one alone.`,
  notFaithful: 'Not faithful',
} as const

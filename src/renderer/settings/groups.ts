import { type Action, fixedKeys, isChangeable } from '../../shared/keys.ts'
import { texts } from '../texts.ts'

/** Actions that are listed together. Those of one row have fixed keys only. */
interface Group {
  title: string
  rows: { text: string; actions: Action[] }[]
}

const { groups, pairs, actions } = texts.keys
const one = (action: Action) => ({ text: actions[action], actions: [action] })

export const GENERAL: Group[] = [
  { title: groups.everywhere, rows: [one('help'), one('guide'), one('next-unread'), one('classify'), one('lock')] },
  {
    title: groups.list,
    rows: [
      one('search'),
      { text: pairs.rows, actions: ['up', 'down'] },
      { text: pairs.pages, actions: ['page-up', 'page-down'] },
      { text: pairs.cases, actions: ['top', 'bottom'] },
      one('open'),
    ],
  },
]

export const VERDICT: Group = {
  title: groups.verdict,
  rows: (
    [
      'previous',
      'next',
      'agree',
      'disagree',
      'cannot-tell',
      'glioma',
      'meningioma',
      'pituitary',
      'notumor',
      'other',
      'comment',
      'save',
      'save-next',
      'report',
      'print',
      'sign',
      'amend',
      'history',
      'what-if',
      'back',
    ] as const
  ).map(one),
}

export const IMAGE: Group = {
  title: groups.image,
  rows: [
    ...(['window', 'pan', 'zoom', 'length', 'remove-length', 'scroll'] as const).map(one),
    { text: pairs.nudges, actions: ['nudge-left', 'nudge-right', 'nudge-up', 'nudge-down'] },
    ...(
      [
        'heat',
        'outline',
        'asymmetry',
        'corners',
        'invert',
        'flip-h',
        'flip-v',
        'rotate',
        'undo',
        'reset',
        'maximise',
      ] as const
    ).map(one),
  ],
}

export const STACK: Group = {
  title: groups.stack,
  rows: [
    { text: pairs.slices, actions: ['slice-up', 'slice-down'] },
    { text: pairs.tenths, actions: ['slices-up', 'slices-down'] },
    { text: pairs.ends, actions: ['slice-first', 'slice-last'] },
    ...(['suspicious', 'suspicious-up', 'suspicious-down', 'cine', 'compare', 'in-step'] as const).map(one),
  ],
}

/** Keys of a row that stay what they are. */
export const fixedOf = ({ actions }: Group['rows'][number]) => actions.flatMap((action) => fixedKeys(action))

/** The action of a row that the reader can give another key. */
export const changeableOf = ({ actions: [action] }: Group['rows'][number]) =>
  action && isChangeable(action) ? action : null

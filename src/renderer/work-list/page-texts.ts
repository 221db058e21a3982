import { number, plural } from '../format.ts'

const cases = (n: number) => plural(n, 'case', 'cases')

/** The work list; part of `texts`. */
export const workListTexts = {
  title: 'Work list',
  counts: (all: number, unread: number) => `${cases(all)} · ${number(unread)} unread`,
  found: (total: number, more: boolean) =>
    more ? `more than ${number(total)} found; narrow it to see all` : `${number(total)} found`,
  search: 'Search name, ID, accession …',
  searchHint: 'Finds names, IDs, accession numbers, descriptions, files, labels, comments and codes',
  searchLabel: 'Search the work list',
  filters: 'Filters',
  filterCount: (name: string, n: number) => (n === 0 ? name : `${name} (${n})`),
  noValues: 'No values yet',
  from: 'From',
  until: 'Up to and including',
  /** Days; an open end is empty. */
  span: (first: string, last: string) => {
    if (!last) return `from ${first}`
    if (!first) return `up to ${last}`
    return first === last ? first : `${first} – ${last}`
  },
  anyTime: 'Any time',
  today: 'Today',
  lastDays: (days: number) => `Last ${days} days`,
  clear: 'Clear filters',
  grid: 'Cases',
  sortBy: (column: string) => `Sort by ${column}`,
  loadFailed: 'The work list could not be loaded.',
  none: 'No cases yet',
  noneText: 'Cases appear here when a radiologist or an administrator has opened scans.',
  noHits: 'No case matches',
  noHitsText: (all: number) => `None of the ${cases(all)} fits the search and the filters.`,
  retryCase: (name: string) => `Try again: ${name}`,
  removeCase: (name: string) => `Dismiss: ${name}`,
  retried: (name: string) => `${name} is being analysed again.`,
  removed: (name: string) => `${name} is off the work list. It stays on record.`,
  noUnread: 'No unread case is left in this list.',
  waiting: 'being analysed',
  nobodyReads: 'waits: nobody takes cases',
  listed: 'Only listed, not classified',
  edited: 'Edited',
  editedTitle: 'The image of an experiment: no scan of a patient',
  listedText:
    'It came from a source that lists what comes. It is classified when a reader asks for it, with its whole series, and not before.',
  classify: 'Classify',
  classifyCase: (name: string) => `Classify: ${name}`,
  classifyTitle: (key: string) => ['Have the model read it', key].filter(Boolean).join(' · '),
  classified: (name: string, n: number) =>
    n === 1 ? `${name} is being classified.` : `${name}: ${number(n)} slices of the series are being classified.`,
  notListed: 'Only a case that is listed can be sent to be classified; this one was already.',
  says: (label: string) => `says ${label.toLowerCase()}`,
  urgent: 'Most urgent first',
  newest: 'Newest first',
  urgentBy: (rule: string) =>
    `Most urgent first, by points: ${rule}. What was read comes behind; every case stays in the list.`,
  urgentBlind:
    'In the order of waiting: your impression comes first, and an order by what the model says would tell its answers. What was read comes behind; every case stays in the list.',
  changeUrgency: 'Change the rule',
  urgencyOf: (points: string) => `Urgency ${points}`,
  selectedPoints: (name: string, points: string) => `${name}: ${points}`,
}

/** The work list before the first case; part of `texts`. */
export const welcomeTexts = {
  title: 'A second opinion on brain MRI',
  text: 'Open MRI slices and a model on this machine says how likely glioma, meningioma, pituitary tumour or no tumour is. You look, agree or disagree, and every case stays on record.',
  onlyHere: 'Nothing leaves this machine.',
  samples: 'Open sample scans',
  samplesText: (n: number) =>
    `The samples are ${number(n)} published slices. The model learned from most of them: it does better here than on your patients.`,
  drop: 'or drop files and folders anywhere in this window',
  formats: (extensions: string) => `Reads ${extensions}`,
}

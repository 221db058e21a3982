import { moment } from '../../shared/moment.ts'
import { CHANGES, type Changes, type ReadingChanges, type ShareOf } from '../../shared/reading-changes.ts'

const CHANGE_NAMES = {
  unchanged: 'unchanged',
  towards: 'changed to what the AI says',
  away: 'changed from what the AI says',
  elsewhere: 'changed to something else',
}
const WIDTH = 32

/** For people: what is on the screen of the same name. */
export function formatChanges({ at, of, from, until, all, readers, months }: ReadingChanges): string[] {
  const span = [from && `from ${from.slice(0, 10)}`, until && `before ${until.slice(0, 10)}`].filter(Boolean).join(', ')
  const whose = of === null ? 'all readers' : of
  return [
    `${all.n} readings of ${whose}, with an impression before the answer${span && `, signed ${span}`}.`,
    ...(all.n === 0 ? [] : [...changeLines(all), ...truthLines(all)]),
    ...(of === null ? groupLines('By reader:', readers, ({ reader }) => reader) : []),
    ...groupLines('By month (UTC):', months, ({ month }) => month),
    `Counted ${moment(at)} from this installation’s record, without samples. Intervals: 95 %, Wilson’s score (J. Am. Stat. Assoc. 22, 1927).`,
  ]
}

const changeLines = ({ changes }: Changes) =>
  CHANGES.map((change) => `  ${CHANGE_NAMES[change].padEnd(WIDTH)}${inWords(changes[change])}`)

function truthLines({ n, known, truths }: Changes): string[] {
  const head = `Truth known for ${known} of ${n}: by a third reader, where two differed.`
  if (known === 0) return [head]
  return [
    head,
    `  ${'changed to the better'.padEnd(WIDTH)}${inWords(truths.better)}`,
    `  ${'changed to the worse'.padEnd(WIDTH)}${inWords(truths.worse)}`,
    `  ${'right before and after'.padEnd(WIDTH)}${inWords(truths['still-right'])}`,
    `  ${'wrong before and after'.padEnd(WIDTH)}${inWords(truths['still-wrong'])}`,
  ]
}

function groupLines<T extends Changes>(title: string, groups: T[], nameOf: (group: T) => string): string[] {
  if (groups.length === 0) return []
  const lines = groups.map((group) => {
    const { n, known, changes, truths } = group
    const changed = CHANGES.map((change) => `${changes[change].of} ${change}`).join(', ')
    return `  ${nameOf(group)}: ${n} readings, ${changed}; truth known for ${known}, ${truths.better.of} better, ${truths.worse.of} worse`
  })
  return [title, ...lines]
}

const inWords = ({ of, n, low, high }: ShareOf): string =>
  low === null || high === null
    ? `${of}`
    : `${of} of ${n}, ${Math.round((100 * of) / n)} % (${Math.round(100 * low)}–${Math.round(100 * high)} %)`

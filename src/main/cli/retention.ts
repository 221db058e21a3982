import { InvalidArgumentError } from 'commander'
import { hasRules, type RetentionPlan, type RetentionRules, retentionRulesSchema } from '../../shared/retention.ts'
import { chooseDataDir, openLog, openRecord } from '../compose.ts'
import { confirmClock, runRetention } from '../core/care/case-retention.ts'
import { findDue } from '../core/care/due.ts'
import type { Store } from '../store/types.ts'
import { dataCommand } from './data-command.ts'
import { followOnTerminal } from './follow.ts'
import { mayRead, whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  imagesMonths?: number | null
  caseYears?: number | null
  unsigned?: boolean
  dryRun?: boolean
  run?: boolean
  clockIsRight?: boolean
}

export const retentionCommand = () =>
  dataCommand('retention', 'How long cases and their images are kept; without options, show what is set.')
    .option(
      '--images-months <n>',
      'remove images of signed cases so many months after the signature; “off” keeps them',
      toLimit,
    )
    .option('--case-years <n>', 'erase signed cases so many years after the signature; “off” keeps them', toLimit)
    .option('--unsigned <yes|no>', 'also cases that nobody ever signed, so many years after the last verdict', toYes)
    .option('--dry-run', 'tell what would go now, and change nothing')
    .option('--run', 'remove it now; close Gyrus first')
    .option('--clock-is-right', 'the date is right, although the clock went on far at once')
    .action(retention)

async function retention(options: Options): Promise<void> {
  if (options.run) return run(options)
  const changes = [options.imagesMonths, options.caseYears, options.unsigned].some((one) => one !== undefined)
  const right = changes || options.clockIsRight ? 'administer' : 'oversee'
  const by = await mayRead(options.dataDir, 'retention', right)
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    const { store } = record
    if (options.clockIsRight) await confirmClock(store, by)
    if (changes) await store.setRetention(await changed(store, options), by)
    const { rules, last } = await store.retentionSettings()
    if (!options.dryRun) return print(options, { rules, last }, ruleLines(rules, last?.at))
    const { plan } = await findDue(store, rules, new Date())
    print(options, plan, [...ruleLines(rules, last?.at), ...planLines(plan)])
  } finally {
    await record.close()
  }
}

async function run(options: Options): Promise<void> {
  const record = await openRecord(chooseDataDir(options.dataDir))
  try {
    const by = await whoMay(record.store, 'administer', 'retention --run')
    if (options.clockIsRight) await confirmClock(record.store, by)
    const how = { by, now: new Date() }
    const done = await followOnTerminal((following) => runRetention(record, how, following), 'cases')
    print(options, done, [
      `Erased ${done.cases} cases and removed the images of ${done.images} others: ${megabytes(done)}.`,
    ])
  } finally {
    await record.close()
  }
}

async function changed(store: Store, { imagesMonths, caseYears, unsigned }: Options): Promise<RetentionRules> {
  const { rules } = await store.retentionSettings()
  const checked = retentionRulesSchema.safeParse({
    imagesMonths: imagesMonths === undefined ? rules.imagesMonths : imagesMonths,
    casesYears: caseYears === undefined ? rules.casesYears : caseYears,
    unsigned: unsigned ?? rules.unsigned,
  })
  if (!checked.success) throw new InvalidArgumentError('Months are 1 to 1200, years 1 to 100.')
  return checked.data
}

function ruleLines(rules: RetentionRules, last: string | undefined): string[] {
  const { imagesMonths, casesYears, unsigned } = rules
  if (!hasRules(rules)) return ['Everything is kept: no rule is set.']
  return [
    imagesMonths === null
      ? 'Images are kept.'
      : `Images of signed cases go ${imagesMonths} months after the signature.`,
    casesYears === null ? 'Cases are kept.' : `Signed cases go ${casesYears} years after the signature.`,
    ...(casesYears === null ? [] : [unsigned ? 'Cases that nobody signed go, too.' : 'Cases that nobody signed stay.']),
    last === undefined ? 'Not carried out yet.' : `Last carried out ${last}.`,
  ]
}

function planLines({ cases, images, held, unsigned, ...files }: RetentionPlan): string[] {
  const from = (oldest: string | null) => (oldest === null ? '' : `, the oldest of ${oldest.slice(0, 10)}`)
  return [
    `${cases.cases} cases would go as a whole${from(cases.oldest)}.`,
    `${images.cases} more cases would lose their image${from(images.oldest)}.`,
    `Together ${megabytes(files)}.`,
    ...(held > 0 ? [`${held} are due and stay: a legal hold keeps them.`] : []),
    ...(unsigned > 0 ? [`${unsigned} are old enough and stay: nobody signed them.`] : []),
  ]
}

const megabytes = ({ files, bytes }: { files: number; bytes: number }) => `${files} files, ${Math.ceil(bytes / 1e6)} MB`

function toLimit(text: string): number | null {
  if (text === 'off') return null
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number, or “off”.')
}

function toYes(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes'
  throw new InvalidArgumentError('It is yes or no.')
}

function print({ json }: Options, found: unknown, lines: string[]): void {
  console.log(json ? JSON.stringify(found) : lines.join('\n'))
}

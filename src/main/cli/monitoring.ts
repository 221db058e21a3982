import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { BANNER } from '../../shared/labels.ts'
import type { Language } from '../../shared/language.ts'
import { departmentSchema, monthSchema } from '../../shared/monthly.ts'
import { PAPERS, type Paper } from '../../shared/report.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { makeMonthly } from '../core/monitoring/make-monthly.ts'
import { writeReport } from '../core/reports/write.ts'
import { languageOption, refuseLanguage } from './language-option.ts'
import { formatMonth } from './monitoring-format.ts'
import { whoMay } from './who.ts'

interface Options {
  month: string
  out?: string
  json?: boolean
  paper: Paper
  language: Language
  department: string
  dataDir?: string
}

export const monitoringCommand = () =>
  new Command('monitoring')
    .description('How the model does in use.')
    .addCommand(
      new Command('report')
        .description(
          'A month by model, source, scanner, sequence and reader; or, with --out, as a PDF with charts and alarms that stood.',
        )
        .requiredOption('--month <month>', 'which (UTC), e.g. 2026-11', toMonth)
        .addOption(new Option('--out <file>', 'the PDF to write').conflicts('json'))
        .option('--json', 'one JSON object, with the twelve months up to it')
        .addOption(new Option('--paper <format>', 'its paper').choices(PAPERS).default('a4'))
        .addOption(languageOption())
        .option('--department <name>', 'what it names as its department', toDepartment, '')
        .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
        .addHelpText('after', '\nFor administrators and auditors. Close the app first: a PDF goes into the record.')
        .exitOverride()
        .action(report),
    )

async function report({ out, json, dataDir, language, ...asked }: Options, command: Command): Promise<void> {
  if (out === undefined) refuseLanguage(command, '--out')
  console.error(BANNER)
  const { core, close } = await openCore(chooseDataDir(dataDir))
  try {
    const actor = await whoMay(core.store, 'oversee', 'monitoring report')
    if (out === undefined) {
      const counted = await core.monitoring.month(asked.month)
      console.log(json ? JSON.stringify(counted) : formatMonth(counted).join('\n'))
      return
    }
    const path = resolve(out)
    const { pdf, pages } = await makeMonthly(core, asked, { actor, way: `as file ${path}`, language })
    await writeReport(path, pdf)
    console.log(`${out}: ${pages === 1 ? '1 page' : `${pages} pages`}`)
  } finally {
    await close()
  }
}

function toMonth(text: string): string {
  if (!monthSchema.safeParse(text).success) throw new InvalidArgumentError('A month is needed, e.g. 2026-11.')
  return text
}

function toDepartment(text: string): string {
  const { data, error } = departmentSchema.safeParse(text)
  if (error) throw new InvalidArgumentError('At most 120 characters.')
  return data
}

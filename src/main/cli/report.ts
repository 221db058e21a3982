import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { BANNER } from '../../shared/labels.ts'
import type { Language } from '../../shared/language.ts'
import { PAPERS, type Paper } from '../../shared/report.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { findCase } from '../core/find-case.ts'
import { writeReport } from '../core/reports/write.ts'
import { languageOption } from './language-option.ts'
import { whoMay } from './who.ts'

interface Options {
  out: string
  paper: Paper
  language: Language
  heat?: boolean
  dataDir?: string
}

export const reportCommand = () =>
  new Command('report')
    .description('Write a case as a PDF for printing and filing.')
    .argument('<case>', 'its id, or the code that a printed report has')
    .requiredOption('--out <file>', 'the PDF to write')
    .addOption(new Option('--paper <format>', 'its paper').choices(PAPERS).default('a4'))
    .addOption(languageOption())
    .option('--heat', 'with a page that shows the heat map of the answer')
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .addHelpText(
      'after',
      '\nThe image is drawn as the viewer opens it. Close the app first: a report goes into the record.',
    )
    .action(report)

async function report(code: string, { out, paper, language, heat = false, dataDir }: Options): Promise<void> {
  console.error(BANNER)
  const { core, close } = await openCore(chooseDataDir(dataDir))
  try {
    const actor = await whoMay(core.store, 'read', 'report')
    const id = await findCase(core.store, code)
    const path = resolve(out)
    const to = { actor, way: `as file ${path}`, language }
    const { pdf, pages } = await core.reports.ofCase(id, { paper, view: null, heat }, to)
    await writeReport(path, pdf)
    console.log(`${out}: ${pages === 1 ? '1 page' : `${pages} pages`}`)
  } finally {
    await close()
  }
}

import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { caseQuerySchema } from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { SECOND_STATES, type SecondState } from '../../shared/reading.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { CASES_HEADER, formatCase } from './cases-format.ts'
import { rerunCommand } from './cases-rerun.ts'
import { mayRead } from './who.ts'

const PAGE = 500

interface Options {
  json?: boolean
  dataDir?: string
  second?: SecondState[]
}

export const casesCommand = () =>
  new Command('cases')
    .description('List the cases on record, newest first.')
    .option('--json', 'one JSON object a line')
    .addOption(
      new Option('--second <state...>', 'where the second reading stands: open for it, disputed to adjudicate').choices(
        SECOND_STATES,
      ),
    )
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .addCommand(rerunCommand())
    .action(listCases)

/** Reads beside a running Gyrus: the record is opened for reading only, without taking the folder. */
async function listCases(options: Options): Promise<void> {
  const folder = await openFolder(chooseDataDir(options.dataDir))
  if (!existsSync(folder.database)) throw new GyrusError('record-missing', { path: folder.database })
  await mayRead(options.dataDir, 'cases')
  if (!options.json) console.error(BANNER)
  const store = readRecord(folder)
  try {
    const none = options.second ? 'There is no such case.' : 'There is no case yet.'
    const query = caseQuerySchema.parse({ second: options.second })
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await store.listCases(query, offset, PAGE)
      if (offset === 0 && !options.json) console.log(rows.length > 0 ? CASES_HEADER : none)
      for (const row of rows) console.log(options.json ? JSON.stringify(row) : formatCase(row))
      if (rows.length < PAGE) return
    }
  } finally {
    await store.close()
  }
}

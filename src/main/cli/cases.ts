import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { blindOf } from '../core/reading/blind.ts'
import { classifyListedCommand } from './cases-classify.ts'
import { CASES_HEADER, formatCase } from './cases-format.ts'
import { objectsCommand } from './cases-objects.ts'
import { type CaseFilters, toCaseQuery, withCaseQuery } from './cases-query.ts'
import { rerunCommand } from './cases-rerun.ts'
import { sendCommand } from './cases-send.ts'
import { showCommand } from './cases-show.ts'
import { mayRead } from './who.ts'

const PAGE = 500

interface Options extends CaseFilters {
  json?: boolean
  dataDir?: string
}

export const casesCommand = () =>
  withCaseQuery(new Command('cases'))
    .description('List the cases on record that fit all of the filters, newest first.')
    .option('--json', 'one JSON object a line')
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .addCommand(rerunCommand())
    .addCommand(classifyListedCommand())
    .addCommand(objectsCommand())
    .addCommand(showCommand())
    .addCommand(sendCommand())
    .action(listCases)

/** Reads beside a running Gyrus: the record is opened for reading only, without taking the folder. */
async function listCases({ json, dataDir, ...filters }: Options): Promise<void> {
  const folder = await openFolder(chooseDataDir(dataDir))
  if (!existsSync(folder.database)) throw new GyrusError('record-missing', { path: folder.database })
  const reader = await mayRead(dataDir, 'cases')
  if (!json) console.error(BANNER)
  const store = readRecord(folder)
  try {
    const none = Object.keys(filters).length > 0 ? 'There is no such case.' : 'There is no case yet.'
    const query = toCaseQuery(filters)
    const blind = await blindOf(store, reader)
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await store.listCases(query, offset, PAGE, blind)
      if (offset === 0 && !json) console.log(rows.length > 0 ? CASES_HEADER : none)
      const counts = await store.sliceCounts(rows.map(({ id }) => id))
      for (const row of rows) {
        const slices = counts.get(row.id) ?? null
        console.log(json ? JSON.stringify({ ...row, slices }) : formatCase(row, slices))
      }
      if (rows.length < PAGE) return
    }
  } finally {
    await store.close()
  }
}

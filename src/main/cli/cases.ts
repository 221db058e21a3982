import { Command } from 'commander'
import type { CaseRow } from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { hasRecord } from '../core/data-folder.ts'
import { blindOf } from '../core/reading/blind.ts'
import type { Blind, ReadStore } from '../store/types.ts'
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
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  const reader = await mayRead(dataDir, 'cases')
  if (!json) console.error(BANNER)
  const store = await readRecord(folder)
  try {
    const none = Object.keys(filters).length > 0 ? 'There is no such case.' : 'There is no case yet.'
    const query = toCaseQuery(filters)
    const blind = await blindOf(store, reader)
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await store.listCases(query, offset, PAGE, blind)
      if (offset === 0 && !json) console.log(rows.length > 0 ? CASES_HEADER : none)
      for (const line of await linesOf(store, rows, json ? { blind } : null)) console.log(line)
      if (rows.length < PAGE) return
    }
  } finally {
    await store.close()
  }
}

/** @param json whose eyes the JSON is for; null for people */
async function linesOf(store: ReadStore, rows: CaseRow[], json: { blind: Blind } | null): Promise<string[]> {
  const ids = rows.map(({ id }) => id)
  const counts = await store.sliceCounts(ids)
  const slicesOf = ({ id }: CaseRow) => counts.get(id) ?? null
  if (!json) return rows.map((row) => formatCase(row, slicesOf(row)))
  const regions = await store.regionsOf(ids, json.blind)
  return rows.map((row) => JSON.stringify({ ...row, slices: slicesOf(row), region: regions.get(row.id) ?? null }))
}

import { readdirSync } from 'node:fs'
import type SQLite from 'better-sqlite3'
import type { AppRound } from './app.ts'

/** What is wrong with the files of batches: one that is lost, that is in two cases, or that lost its case. */
export function wrongInBatches(sqlite: SQLite.Database, images: string, uploaded: AppRound['uploaded']): string[] {
  const all = (sql: string) => sqlite.prepare(sql).raw().all() as string[][]
  const files = readdirSync(images).length
  const short = all(`select id, count(path) from batches left join batch_files on batch_id = id
    where listed = 1 and origin != 'upload' group by id having count(path) != ${files} or count(distinct path) != ${files}`)
  // The trail says for which batch a case was made; each image has a name of its own.
  const received = `select json_extract(detail, '$.batch') as batch, subject as id, file_name as name from audit
    join cases on cases.id = subject where act = 'case.received' and json_extract(detail, '$.batch') is not null`
  const double = all(`select batch, name, count(*) from (${received}) group by batch, name having count(*) > 1`)
  const loose = all(`select batch, name from (${received}) as made where not exists
    (select 1 from batch_files where batch_id = made.batch and case_id = made.id)`)
  const without = all(`select batch_id, path from batch_files where case_id is null and state not in ('waiting')`)
  const has = sqlite.prepare('select count(*) from batch_files where batch_id = ? and path = ?').pluck()
  const lost = uploaded.filter(({ batch, file }) => has.get(batch, file) !== 1)
  return [
    ...short.map(([batch, n]) => `batch ${batch} has ${n} of ${files} files`),
    ...double.map(([batch, name, n]) => `${name} of batch ${batch} stands in ${n} cases`),
    ...loose.map(([batch, name]) => `the case of ${name} is in no file of batch ${batch}`),
    ...without.map(([batch, path]) => `${path} of batch ${batch} has no case`),
    ...lost.map(({ batch, file }) => `the acknowledged file ${file} of batch ${batch} was lost`),
  ]
}

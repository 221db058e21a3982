import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const TABLES = ['cases', 'results', 'verdicts', 'audit']

/** As `sqlite3 FILE SQL` answers; `program` brings an SQLite of its own, older or newer than that of Gyrus. */
const ASK: [program: string, args: (file: string, sql: string) => string[]][] = [
  ['sqlite3', (file, sql) => [file, sql]],
  [
    'python3',
    (file, sql) => [
      '-c',
      'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])',
      file,
      sql,
    ],
  ],
]

it.for(ASK)(
  'a record is read by the SQLite of %s: nobody needs Gyrus to look at it',
  async ([program, args], { skip }) => {
    const { error } = spawnSync(program, ['--version'])
    if (error) return skip(`not run: there is no ${program} here`)
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    const store = await openStore(file)
    await store.receive([newCase(), newCase()])
    await store.close()
    for (const table of TABLES) {
      const { status, stdout, stderr } = spawnSync(program, args(file, `select count(*) from ${table}`), {
        encoding: 'utf8',
      })
      expect([status, stderr]).toEqual([0, ''])
      expect(Number(stdout)).toBe(['cases', 'audit'].includes(table) ? 2 : 0)
    }
  },
)

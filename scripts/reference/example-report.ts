/** Writes an evaluation report of simulated models, to be looked at: `node scripts/reference/example-report.ts FILE`. */
import { writeFile } from 'node:fs/promises'
import { reportHtml } from '../../src/main/engine/evaluate/report/index.ts'
import { exampleReport } from './example.ts'

const file = process.argv[2]
if (!file) throw new Error('Which file? node scripts/reference/example-report.ts FILE')
await writeFile(file, reportHtml(exampleReport()))

import { type AuditVerdict, breakSentence } from '../../shared/audit.ts'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { readHeads } from '../core/audit/heads.ts'
import { readKey } from '../core/audit/key.ts'
import { verifyAudit } from '../core/audit/verify.ts'
import { hasRecord } from '../core/data-folder.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { followOnTerminal } from './follow.ts'
import { mayRead } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  files?: boolean
  head?: string[]
}

export const verifyCommand = () =>
  dataCommand('verify', 'Hold the record against its audit trail, and say what was changed first.')
    .option('--files', 'also read all stored scans again')
    .option('--head <file...>', 'signed heads, or folders with them, that the trail must contain')
    .addHelpText('after', '\nExit code: 0 sound, 2 broken, 1 could not run.')
    .action(verify)

/** Reads beside a running Gyrus; what is added meanwhile is for the next time. */
async function verify({ json, dataDir, files, head: paths = [] }: Options): Promise<void> {
  const folder = await openFolder(chooseDataDir(dataDir))
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  const heads = (await Promise.all(paths.map((path) => readHeads(path)))).flat()
  await mayRead(dataDir, 'audit verify')
  const store = await readRecord(folder)
  try {
    const verdict = await followOnTerminal(
      (following) => verifyAudit({ store, folder }, { files: files === true, heads }, following),
      'items',
    )
    const fingerprint = (await readKey(folder))?.fingerprint ?? null
    const sound = verdict.broken === null
    console.log(json ? JSON.stringify({ sound, ...verdict, fingerprint }) : format(verdict, fingerprint).join('\n'))
    process.exitCode = sound ? EXIT.ok : EXIT.broken
  } finally {
    await store.close()
  }
}

function format({ broken, ...found }: AuditVerdict, fingerprint: string | null): string[] {
  if (broken) {
    const about = [broken.act, broken.subject, broken.what].filter((part) => part !== null)
    const place = broken.sequence === null ? 'BROKEN' : `BROKEN at entry ${broken.sequence}`
    return [`${place}: ${breakSentence(broken.kind)}`, ...(about.length > 0 ? [`  ${about.join('  ')}`] : [])]
  }
  const { entries, rows, files, heads, clockSetBack, head } = found
  const lines = [`Sound: ${entries} entries, and ${rows} rows that they bind.`]
  if (files !== null) lines.push(`  ${files} stored scans have the content that they had.`)
  if (heads > 0) lines.push(`  It contains ${heads === 1 ? 'the signed head' : `all ${heads} signed heads`}.`)
  if (clockSetBack > 0) lines.push(`  The clock of this machine was set back ${clockSetBack} times.`)
  if (head) lines.push(`  Head: entry ${head.sequence} of ${head.at}, ${head.hash}`)
  lines.push(`  Key: ${fingerprint ?? 'none yet; sign a head with “gyrus audit head --export <folder>”'}`)
  return lines
}

import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { AUDIT_FORMATS, type AuditFormat, auditQuerySchema } from '../../shared/audit.ts'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { chooseDataDir, openFolder, openLog, readRecord } from '../compose.ts'
import { DailyHead } from '../core/audit/daily.ts'
import { exportEntries } from '../core/audit/formats/index.ts'
import { exportHead } from '../core/audit/heads.ts'
import { readKey } from '../core/audit/key.ts'
import { hasRecord } from '../core/data-folder.ts'
import { onlyReads } from '../core/reading/only-reads.ts'
import { verifyCommand } from './audit-verify.ts'
import { dataCommand } from './data-command.ts'
import { mayRead } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
}

interface HeadOptions extends Options {
  export?: string
  daily?: string
}

interface ExportOptions extends Options {
  format: AuditFormat
  out: string
}

export const auditCommand = () =>
  new Command('audit')
    .description('The audit trail: who did what when, and whether anything was changed afterwards.')
    .addCommand(verifyCommand())
    .addCommand(
      dataCommand('head', 'Show the last entry of the trail and the fingerprint of the key that signs it.')
        .option('--export <folder>', 'write it, signed, into this folder')
        .option('--daily <folder>', 'have Gyrus do so every day; “off” ends that')
        .action(head),
    )
    .addCommand(
      dataCommand('export', 'Write all entries into a file, newest first.')
        .addOption(
          new Option('--format <format>', 'csv, json, or DICOM audit messages').choices(AUDIT_FORMATS).default('csv'),
        )
        .requiredOption('--out <file>', 'which is not there yet')
        .action(exportAll),
    )

async function head({ export: dir, daily, ...options }: HeadOptions): Promise<void> {
  const dataDir = chooseDataDir(options.dataDir)
  if (daily !== undefined) await setDaily(dataDir, daily)
  if (dir !== undefined) return exportTo(dataDir, dir, options)
  const folder = await openFolder(dataDir)
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  await mayRead(options.dataDir, 'audit head')
  const store = await readRecord(folder)
  try {
    const last = await store.auditHead()
    const { installation, headsFolder } = await store.auditSettings()
    const fingerprint = (await readKey(folder))?.fingerprint ?? null
    const found = { sequence: last?.sequence ?? 0, hash: last?.hash ?? null, at: last?.at ?? null }
    if (options.json) return console.log(JSON.stringify({ ...found, installation, fingerprint, daily: headsFolder }))
    console.log(last ? `Entry ${last.sequence} of ${last.at}, ${last.hash}` : 'There is no entry yet.')
    console.log(`Installation ${installation}, key ${fingerprint ?? 'not made yet: the first signed head makes it'}`)
    console.log(headsFolder ? `Signed every day into ${headsFolder}` : 'Not signed every day (see --daily).')
  } finally {
    await store.close()
  }
}

async function setDaily(dataDir: string, daily: string): Promise<void> {
  const by = await mayRead(dataDir, 'audit head', 'administer')
  const { folder, store, close } = await openLog(dataDir)
  const heads = new DailyHead({ folder, store, emit: () => undefined })
  await heads.setFolder(daily === 'off' ? null : daily, by).finally(close)
}

async function exportTo(dataDir: string, dir: string, { json }: Options): Promise<void> {
  const by = { actor: await mayRead(dataDir, 'audit head'), daily: false }
  const { folder, store, close } = await openLog(dataDir)
  const { path, head, fingerprint } = await exportHead({ folder, store }, dir, by).finally(close)
  if (json) return console.log(JSON.stringify({ path, sequence: head.sequence, hash: head.hash, fingerprint }))
  console.log(`Wrote ${path}: entry ${head.sequence}, signed with the key ${fingerprint}.`)
}

async function exportAll({ format, out, json, dataDir }: ExportOptions): Promise<void> {
  const actor = await mayRead(dataDir, 'audit export')
  const { store, close } = await openLog(chooseDataDir(dataDir))
  try {
    const query = auditQuerySchema.parse({})
    await store.log({ actor, act: 'audit.exported', subject: 'audit', detail: { format, query } })
    const { content } = await exportEntries(store, format, query, await onlyReads(store, actor))
    await pipeline(content, createWriteStream(out, { flags: 'wx', mode: 0o600 })).catch(
      (error: NodeJS.ErrnoException) => {
        const { code, details } = asFileError(error)
        throw new GyrusError('output-unwritable', { path: out, reason: details.reason ?? code }, { cause: error })
      },
    )
    console.log(json ? JSON.stringify({ path: out }) : `Wrote ${out}.`)
  } finally {
    await close()
  }
}

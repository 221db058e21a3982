import { Command } from 'commander'
import { chooseDataDir, openLog, openRecord } from '../compose.ts'
import { type ErasedPatient, erasePatient, exportPatient } from '../core/care/patients.ts'
import { dataCommand } from './data-command.ts'
import { mayRead, whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  case?: string[]
}

export const patientCommand = () =>
  new Command('patient')
    .description('Everything that one patient has: export it, or erase it.')
    .addCommand(
      ofPatient('export', 'Write all that the record has of a patient, with the files, into a new folder.')
        .requiredOption('--out <folder>', 'which is not there yet')
        .action(exportTo),
    )
    .addCommand(
      ofPatient('erase', 'Erase names, free text and files of a patient; verdicts and the audit trail stay whole.')
        .requiredOption('--reason <text>', 'why; only its SHA-256 goes on record')
        .addHelpText('after', '\nClose Gyrus first. It cannot be undone.')
        .action(erase),
    )

const ofPatient = (name: string, description: string) =>
  dataCommand(name, description)
    .argument('[patient-id]', 'as it stands on the cases')
    .option('--case <id...>', 'cases by their own ids, for files without a patient')

const whose = (patientId: string | undefined, options: Options) => ({
  patientId: patientId ?? null,
  caseIds: options.case ?? [],
})

async function exportTo(patientId: string | undefined, options: Options & { out: string }): Promise<void> {
  const by = await mayRead(options.dataDir, 'patient export', 'administer')
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    const exported = await exportPatient(record, whose(patientId, options), options.out, by)
    if (options.json) return console.log(JSON.stringify(exported))
    console.log(`Wrote ${exported.path}: ${exported.cases} cases, ${exported.files} files.`)
    if (exported.fromEncrypted) console.log('  In clear, to be given to the patient: keep it from others.')
    for (const sha256 of exported.missing) console.log(`  MISSING: scan ${sha256}`)
  } finally {
    await record.close()
  }
}

async function erase(patientId: string | undefined, options: Options & { reason: string }): Promise<void> {
  const record = await openRecord(chooseDataDir(options.dataDir))
  try {
    const by = await whoMay(record.store, 'administer', 'patient erase')
    const erased = await erasePatient(record, whose(patientId, options), { reason: options.reason, by })
    console.log(options.json ? JSON.stringify(erased) : erasedLines(erased).join('\n'))
  } finally {
    await record.close()
  }
}

function erasedLines(erased: ErasedPatient): string[] {
  const { cases, files, filesKeptFor, reasonSha256, clearEntries, backups, datasets, batches } = erased
  const some = (ids: string[], text: string) => (ids.length > 0 ? [`  ${text}: ${ids.join(', ')}`] : [])
  return [
    `Erased ${cases} cases and ${files} files. Reason on record as ${reasonSha256}.`,
    ...some(filesKeptFor, 'Other cases have the same file, which stays for them'),
    ...some(datasets, 'Data sets that hold a copy of a file'),
    ...some(batches, 'Batches whose name or folders may tell the patient’s name'),
    ...(clearEntries > 0
      ? [`  ${clearEntries} entries of an older Gyrus still say something; they cannot change.`]
      : []),
    ...backups.map(({ path, at, reachable }) => {
      return `  STILL IN A BACKUP of ${at}: ${path}${reachable ? '' : ' (not in reach now)'}`
    }),
  ]
}

import { Command, InvalidArgumentError } from 'commander'
import type { ErasedPatient } from '../../shared/retention.ts'
import { chooseDataDir, openLog, openRecord } from '../compose.ts'
import { casesOf, erasePatient, exportPatient } from '../core/care/patients.ts'
import type { ReadStore } from '../store/types.ts'
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
        .requiredOption('--reason <text>', 'why; only its SHA-256 goes on record, with a salt')
        .addHelpText('after', '\nClose Gyrus first. It cannot be undone.')
        .action(erase),
    )
    .addCommand(
      ofPatient('hold', 'Keep all of a patient, or cases, from being erased or removed by a rule.')
        .requiredOption('--reason <text>', 'why; it is kept with the hold')
        .action(hold),
    )
    .addCommand(
      dataCommand('release', 'Lift a legal hold.')
        .argument('<hold>', 'its number, as “gyrus patient holds” lists it', toNumber)
        .requiredOption('--reason <text>', 'why; it is kept with the hold')
        .action(release),
    )
    .addCommand(dataCommand('holds', 'List the legal holds in force.').action(holds))

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

async function hold(patientId: string | undefined, options: Options & { reason: string }): Promise<void> {
  const by = await mayRead(options.dataDir, 'patient hold', 'administer')
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    const { store } = record
    const { reason } = options
    const [first] = patientId === undefined ? [] : await casesOf(store, { patientId, caseIds: [] })
    if (first !== undefined) await store.placeHold({ caseId: first, scope: 'patient', by, reason })
    for (const caseId of options.case ?? []) await store.placeHold({ caseId, scope: 'case', by, reason })
    await printHolds(store, options)
  } finally {
    await record.close()
  }
}

async function release(id: number, options: Options & { reason: string }): Promise<void> {
  const by = await mayRead(options.dataDir, 'patient release', 'administer')
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    await record.store.liftHold({ id, by, reason: options.reason })
    await printHolds(record.store, options)
  } finally {
    await record.close()
  }
}

async function holds(options: Options): Promise<void> {
  await mayRead(options.dataDir, 'patient holds', 'oversee')
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    await printHolds(record.store, options)
  } finally {
    await record.close()
  }
}

async function printHolds(store: ReadStore, { json }: Options): Promise<void> {
  const found = await store.listHolds()
  if (json) return console.log(JSON.stringify(found))
  if (found.length === 0) return console.log('No legal hold is in force.')
  for (const { id, caseId, scope, patientId, cases, at, by, reason } of found) {
    const whose = scope === 'patient' ? `patient ${patientId}, ${cases} cases` : `case ${caseId}`
    console.log(`${id}  ${whose}, since ${at} by ${by}: ${reason}`)
  }
}

function toNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number.')
}

function erasedLines(erased: ErasedPatient): string[] {
  const { cases, files, filesKeptFor, reason, clearEntries, backups, datasets, batches } = erased
  const some = (ids: string[], text: string) => (ids.length > 0 ? [`  ${text}: ${ids.join(', ')}`] : [])
  return [
    `Erased ${cases} cases and ${files} files. Reason on record as ${reason.sha256}, salt ${reason.salt}.`,
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

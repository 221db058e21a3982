import { enableCompileCache } from 'node:module'
import { Command } from 'commander'
import { toFailure, toGyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { VERSION } from '../installation.ts'
import { usePassphraseFile } from '../passphrase.ts'
import { accountsCommand } from './accounts.ts'
import { auditCommand } from './audit.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { batchesCommand } from './batches.ts'
import { casesCommand } from './cases.ts'
import { classifyCommand } from './classify.ts'
import { datasetCommand } from './dataset.ts'
import { deidentifyCommand } from './deidentify.ts'
import { departmentCommand } from './department.ts'
import { encryptCommand } from './encrypt.ts'
import { engineCommand } from './engine.ts'
import { evaluateCommand } from './evaluate.ts'
import { EXIT } from './exit.ts'
import { explainCommand } from './explain.ts'
import { modelsCommand } from './models.ts'
import { monitoringCommand } from './monitoring.ts'
import { pacsCommand } from './pacs.ts'
import { patientCommand } from './patient.ts'
import { readingsCommand } from './readings.ts'
import { regionCommand } from './region.ts'
import { reportCommand } from './report.ts'
import { retentionCommand } from './retention.ts'
import { searchCommand } from './search.ts'
import { similarCommand } from './similar.ts'
import { sourcesCommand } from './sources.ts'
import { trainCommand } from './train.ts'
import { whatIfCommand } from './what-if.ts'
import { useTokenFile } from './who.ts'
import { workerCommand } from './worker.ts'

enableCompileCache()
// The reader of our pipe has seen enough (`gyrus cases | head`); a command that has more to do than to tell says so before.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? EXIT.ok) : EXIT.couldNotRun),
)

const EXAMPLES = `
Examples:
  gyrus classify scans/ --json     one line a file, each kept as a case
  gyrus cases                      what is on record
  gyrus classify --help            what a command takes

From a clone, write “npm run -s gyrus --” for “gyrus”. Use --no-log to classify while the app is open.`

const program = new Command('gyrus')
  .description(`A second opinion on brain MRI slices, computed on this machine. ${BANNER}.`)
  .version(VERSION)
  .addCommand(classifyCommand())
  .addCommand(explainCommand())
  .addCommand(regionCommand())
  .addCommand(similarCommand())
  .addCommand(whatIfCommand())
  .addCommand(reportCommand())
  .addCommand(casesCommand())
  .addCommand(readingsCommand())
  .addCommand(batchesCommand())
  .addCommand(deidentifyCommand())
  .addCommand(datasetCommand())
  .addCommand(engineCommand())
  .addCommand(trainCommand())
  .addCommand(searchCommand())
  .addCommand(evaluateCommand())
  .addCommand(modelsCommand())
  .addCommand(monitoringCommand())
  .addCommand(sourcesCommand())
  .addCommand(pacsCommand())
  .addCommand(auditCommand())
  .addCommand(accountsCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(patientCommand())
  .addCommand(retentionCommand())
  .addCommand(encryptCommand())
  .addCommand(departmentCommand())
  .addCommand(workerCommand())
  .option('--token-file <file>', 'who works, where the record has accounts (or GYRUS_TOKEN; else it asks)')
  .option('--passphrase-file <file>', 'what opens an encrypted record (or GYRUS_PASSPHRASE_FILE; else it asks)')
  .hook('preAction', (command) => {
    const { tokenFile, passphraseFile } = command.opts<{ tokenFile?: string; passphraseFile?: string }>()
    usePassphraseFile(passphraseFile)
    return useTokenFile(tokenFile)
  })
  // Names only, so that what they do stands beside them; each command's own help has its arguments.
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .addHelpText('after', EXAMPLES)
  .showHelpAfterError()
  .exitOverride()

for (const command of program.commands) command.exitOverride()

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = await reportFailure(error)
  // Ctrl+C, and all is put away: SQLite alone is busy in its thread, which can be interrupted by nothing else.
  const { code, details } = toGyrusError(error)
  if (code === 'cancelled' && details.thread === 'busy') process.kill(process.pid, 'SIGINT')
}

/** Commander has already said what was wrong with the arguments; everything else is said here. */
async function reportFailure(error: unknown): Promise<number> {
  const { CommanderError } = await import('commander')
  if (error instanceof CommanderError) return error.exitCode
  const { code, message, action } = toFailure(error)
  console.error(`gyrus: ${message} ${action} [${code}]`)
  return EXIT.couldNotRun
}

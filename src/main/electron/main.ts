import { chooseDataDir } from '../compose.ts'
import { usePassphraseFile } from '../passphrase.ts'
import { useTokenFile } from '../who.ts'
import { optionIn } from './arguments.ts'
import { openBackend } from './backend.ts'
import { runShell } from './shell.ts'

/** Entry of the Electron shell: the main process owns windows and core, and supervises the engine. */
usePassphraseFile(optionIn(process.argv, '--passphrase-file'))
const rememberKey = process.argv.includes('--remember-key')
runShell(chooseDataDir(optionIn(process.argv, '--data-dir')), async (dataDir, passphrase) => {
  await useTokenFile(optionIn(process.argv, '--token-file'))
  return openBackend(dataDir, { rememberKey, passphrase })
})

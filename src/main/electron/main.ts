import { chooseDataDir } from '../compose.ts'
import { optionIn } from './arguments.ts'
import { openBackend } from './backend.ts'
import { runShell } from './shell.ts'

/** Entry of the Electron shell: the main process owns windows and core, and supervises the engine. */
runShell(chooseDataDir(optionIn(process.argv, '--data-dir')), openBackend)

/** Entry of the shell in the old Electron: the product's shell on a core that runs elsewhere. */
import './fill-in.ts'
import { optionIn } from '../../../src/main/electron/arguments.ts'
import { runShell } from '../../../src/main/electron/shell.ts'
import { obeyTest } from './driver.ts'
import { openRemoteBackend } from './remote-backend.ts'
import { readSettings } from './settings.ts'

obeyTest(readSettings().socket)
runShell(optionIn(process.argv, '--data-dir') ?? '', openRemoteBackend)

import { Option } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, DATABASES, openLog } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { changePassphrase, changeRecoveryCode, forgetKey } from '../core/encryption/change-wraps.ts'
import { decrypt, encrypt, type Turned } from '../core/encryption/index.ts'
import { keyFileInForce } from '../core/encryption/unlock.ts'
import { firstPassphrase, newPassphrase, openKey } from '../passphrase.ts'
import { dataCommand } from './data-command.ts'
import { followOnTerminal } from './follow.ts'
import { whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  off?: boolean
  changePassphrase?: boolean
  newPassphraseFile?: string
  newRecoveryCode?: boolean
  forgetKeyStore?: boolean
}

const OTHERS = ['off', 'changePassphrase', 'newRecoveryCode', 'forgetKeyStore']
const only = (name: string, flags: string, text: string) =>
  new Option(flags, text).conflicts(OTHERS.filter((other) => other !== name))

export const encryptCommand = () =>
  dataCommand('encrypt', 'Encrypt the record with its stored scans, or go on with that after it was broken off.')
    .addOption(only('off', '--off', 'decrypt it again'))
    .addOption(only('changePassphrase', '--change-passphrase', 'choose another passphrase'))
    .addOption(only('newRecoveryCode', '--new-recovery-code', 'print another recovery code; the old one is void'))
    .addOption(only('forgetKeyStore', '--forget-key-store', 'have no key store open it any more'))
    .option('--new-passphrase-file <file>', 'the new passphrase is the first line of this file (else it asks)')
    .addHelpText('after', '\nClose Gyrus first. It needs as much free room as the record with its scans takes.')
    .action(run)

async function run(options: Options): Promise<void> {
  const root = chooseDataDir(options.dataDir)
  const rewrap = options.changePassphrase || options.newRecoveryCode || options.forgetKeyStore
  if (rewrap) return changeKeyFile(root, options)
  const parts = {
    databases: DATABASES,
    root,
    who: (store: Parameters<typeof whoMay>[0]) => whoMay(store, 'administer', 'encrypt'),
    unlock: openKey,
  }
  const begun = { newPassphrase: () => firstPassphrase(options.newPassphraseFile), onRecoveryCode: showCode }
  const turned = options.off
    ? await followOnTerminal((following) => decrypt(parts, following), 'items')
    : await followOnTerminal((following) => encrypt(parts, begun, following), 'items')
  print(options, turned, linesOf(turned, options.off === true))
}

async function changeKeyFile(root: string, options: Options): Promise<void> {
  const file = keyFileInForce(root, dataFolderAt(root).database)
  if (file === null) throw new GyrusError('not-encrypted')
  const opened = await openKey(file)
  const { store, close } = await openLog(root)
  try {
    const changing = { root, store, by: await whoMay(store, 'administer', 'encrypt') }
    if (options.newRecoveryCode) showCode(await changeRecoveryCode(changing, opened))
    else if (options.forgetKeyStore) await forgetKey(changing)
    else await changePassphrase(changing, opened, await newPassphrase(options.newPassphraseFile))
  } finally {
    await close()
  }
  print(options, { id: file.id }, [
    'Done. Backups that were made before open by what was in force when they were made.',
  ])
}

/** On stderr, where a person reads it; once. */
function showCode(code: string): void {
  console.error(`Recovery code: ${code}`)
  console.error(
    'It opens the record where the passphrase was forgotten, and is not shown again. Write it down, and keep',
  )
  console.error('it away from this machine. Without passphrase and code nobody can read the record any more.')
}

function linesOf({ state, files }: Turned, off: boolean): string[] {
  if (state === 'kept') {
    return [off ? 'Encrypting was given up; the record is in clear.' : 'Decrypting was given up; it is encrypted.']
  }
  if (state === 'decrypted') return [`The record is in clear; ${files} files were decrypted.`]
  return [
    `The record is encrypted; ${files} files were sealed, and the clear ones removed.`,
    '  What a disk was told to delete may be on it still: only a disk that is encrypted itself, or wiped, guards that.',
    '  Backups that were made before stay in clear. Remove them when there is an encrypted one.',
    '  Not covered: models, training runs, and what was exported. Data sets are.',
  ]
}

function print({ json }: Options, found: unknown, lines: string[]): void {
  console.log(json ? JSON.stringify(found) : lines.join('\n'))
}

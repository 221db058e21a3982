import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKeyFile } from '../../src/main/core/encryption/key-file.ts'
import { openWithSecret } from '../../src/main/core/encryption/unlock.ts'
import { usePassphraseFile } from '../../src/main/passphrase.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const PASSPHRASE = 'seven patient anvils wait'

/** Encrypts the record before its first case; every Gyrus that is started later opens it. @returns its database's key */
export async function encryptRecord(dataDir: string): Promise<Uint8Array> {
  const file = `${dataDir}.passphrase`
  writeFileSync(file, PASSPHRASE)
  process.env.GYRUS_PASSPHRASE_FILE = file
  // This process opens it, too.
  usePassphraseFile(file)
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'encrypt', '--data-dir', dataDir], { encoding: 'utf8' })
  const keyFile = readKeyFile(dataDir)
  if (status !== 0 || keyFile === null) throw new Error(`it could not be encrypted: ${stderr}`)
  return (await openWithSecret(keyFile, PASSPHRASE)).keys.database
}

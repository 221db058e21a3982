import { DATABASES } from '../../src/main/compose.ts'
import { type DataFolder, dataFolderAt } from '../../src/main/core/data-folder.ts'
import { type EncryptionParts, encrypt, type Turned } from '../../src/main/core/encryption/index.ts'
import { readKeyFile } from '../../src/main/core/encryption/key-file.ts'
import { openWithSecret } from '../../src/main/core/encryption/unlock.ts'

export const PASSPHRASE = 'nine green kettles sing'

export const partsFor = (root: string, passphrase = PASSPHRASE): EncryptionParts => ({
  databases: DATABASES,
  root,
  who: async () => 'Dr Admin',
  unlock: (file) => openWithSecret(file, passphrase),
})

/** Encrypts a data folder as the command does. @returns it opened, with the recovery code that was shown */
export async function encryptFolder(
  root: string,
  passphrase = PASSPHRASE,
): Promise<{ folder: DataFolder; code: string; turned: Turned }> {
  let code = ''
  const begun = {
    newPassphrase: async () => passphrase,
    onRecoveryCode: (shown: string) => {
      code = shown
    },
  }
  const turned = await encrypt(partsFor(root, passphrase), begun)
  return { folder: await openedAt(root, passphrase), code, turned }
}

/** A data folder with its keys, by passphrase or recovery code. */
export async function openedAt(root: string, secret = PASSPHRASE): Promise<DataFolder> {
  const file = readKeyFile(root)
  return dataFolderAt(root, file && (await openWithSecret(file, secret)).keys)
}

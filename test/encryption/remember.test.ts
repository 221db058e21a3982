import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openRecord, rememberIn } from '../../src/main/compose.ts'
import { Administration } from '../../src/main/core/accounts/administration.ts'
import type { KeyStore } from '../../src/main/core/encryption/key-store.ts'
import { usePassphraseFile } from '../../src/main/passphrase.ts'
import type { Store } from '../../src/main/store/types.ts'
import { useTokenFile, whoMay } from '../../src/main/who.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, PASSPHRASE } from '../support/encryption.ts'

/** Stands in for Electron's, which no test here can start (docs/desktop.md). */
const KEY_STORE: KeyStore = { problem: async () => null, seal: async (text) => text, open: async (text) => text }

it('the key store opens a record only once an administrator has said so', async () => {
  const base = temporaryFolder()
  const root = join(base, 'data')
  await encryptFolder(root)
  const passphrase = join(base, 'passphrase')
  writeFileSync(passphrase, PASSPHRASE)
  usePassphraseFile(passphrase)
  const record = await openRecord(root)
  onTestFinished(() => record.close())
  const tokens = await tokensOf(record.store)
  // As the Electron shell asks.
  const remember = () => rememberIn(KEY_STORE, record, (store) => whoMay(store, 'administer', 'encrypt'))
  const keys = () => readFileSync(join(root, 'keys.json'), 'utf8')
  const before = keys()
  await expect(remember()).rejects.toMatchObject({ code: 'terminal-needed' })
  await give(base, tokens.radiologist)
  await expect(remember()).rejects.toMatchObject({ code: 'not-allowed' })
  expect(keys()).toBe(before)
  expect(await newest(record.store)).toMatchObject({ actor: 'reader', act: 'request.refused' })

  await give(base, tokens.administrator)
  await remember()
  expect(keys()).toContain('"key-store"')
  expect(await newest(record.store)).toMatchObject({ actor: 'root', act: 'record.key-changed' })
}, 60_000)

async function tokensOf(store: Store) {
  const administration = new Administration({ store })
  await administration.add({ name: 'root', fullName: 'Root', role: 'administrator' }, 'test')
  await administration.add({ name: 'reader', fullName: 'Reader', role: 'radiologist' }, 'root')
  const tokenOf = async (name: string) => (await administration.addToken({ name, purpose: 'x', days: 1 }, 'root')).token
  return { administrator: await tokenOf('root'), radiologist: await tokenOf('reader') }
}

async function give(folder: string, token: string): Promise<void> {
  const path = join(folder, 'token')
  writeFileSync(path, token)
  await useTokenFile(path)
}

const newest = async (store: Store) => (await store.listAudit(auditQuerySchema.parse({}), null, 1)).entries[0]

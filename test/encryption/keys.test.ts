import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { dataFolderAt } from '../../src/main/core/data-folder.ts'
import { type KeyFile, readKeyFile, writeKeyFile } from '../../src/main/core/encryption/key-file.ts'
import type { KeyStore } from '../../src/main/core/encryption/key-store.ts'
import { deriveKeys, newDataKey } from '../../src/main/core/encryption/keys.ts'
import { openWithSecret, openWithStore } from '../../src/main/core/encryption/unlock.ts'
import { newRecoveryCode, type SecretWrap, wrapInStore, wrapWith } from '../../src/main/core/encryption/wraps.ts'
import { keyStoreOf, type Storage } from '../../src/main/electron/key-store.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const SECRET = 'nine green kettles sing'
const dataKey = newDataKey()
const { id } = deriveKeys(dataKey)
const code = newRecoveryCode()
let file: KeyFile

beforeAll(async () => {
  const wraps = [
    await wrapWith('passphrase', SECRET, { dataKey, id }),
    await wrapWith('recovery', code, { dataKey, id }),
  ]
  file = { format: 'gyrus-keys-1', id, stage: 'on', wraps }
})

describe('the wrapped key', { timeout: 60_000 }, () => {
  it('is opened by the passphrase, and by the recovery code however it is typed', async () => {
    const sloppy = code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')
    for (const secret of [SECRET, code, sloppy]) {
      const { keys, dataKey: found } = await openWithSecret(file, secret)
      expect(Buffer.from(found).equals(dataKey)).toBe(true)
      expect(keys).toEqual(deriveKeys(dataKey))
    }
  })

  it.for(['', 'nine green kettles sang', 'Nine green kettles sing', newRecoveryCode()])(
    'is not opened by “%s”',
    async (secret) => {
      await expect(openWithSecret(file, secret)).rejects.toMatchObject({ code: 'passphrase-wrong' })
    },
  )

  it('is bound to its record, and a changed one opens nothing', async () => {
    const [first] = file.wraps as [SecretWrap]
    const sealed = Buffer.from(first.sealed, 'base64')
    sealed[20] = (sealed[20] as number) ^ 1
    const bent = { ...file, wraps: [{ ...first, sealed: sealed.toString('base64') }] }
    const moved = { ...file, id: deriveKeys(newDataKey()).id }
    const renamed = { ...file, wraps: [{ ...first, kind: 'recovery' as const }] }
    for (const other of [bent, moved, renamed]) {
      await expect(openWithSecret(other, SECRET)).rejects.toMatchObject({ code: 'passphrase-wrong' })
    }
  })

  it('says neither key nor secret in the file', () => {
    const text = JSON.stringify(file)
    const secrets = [SECRET, code, Buffer.from(dataKey).toString('hex'), Buffer.from(dataKey).toString('base64')]
    for (const secret of secrets) expect(text).not.toContain(secret)
    const { database, files } = deriveKeys(dataKey)
    expect(Buffer.from(database).equals(files)).toBe(false)
  })

  it('is stretched as RFC 9106 asks', () => {
    for (const wrap of file.wraps) expect(wrap).toMatchObject({ memoryKib: 65_536, passes: 3, lanes: 4 })
  })
})

describe('keys.json', () => {
  it('is written whole and read again; one that is not ours is told, and is no missing one', async () => {
    const root = temporaryFolder()
    expect(readKeyFile(root)).toBeNull()
    await writeKeyFile(root, file)
    expect(readKeyFile(root)).toEqual(file)
    const path = join(root, 'keys.json')
    const whole = readFileSync(path, 'utf8')
    const greedy = whole.replace('65536', '99999999')
    for (const text of ['', '{}', whole.slice(0, -20), greedy]) {
      writeFileSync(path, text)
      expect(() => readKeyFile(root)).toThrow(expect.objectContaining({ code: 'keys-unreadable' }))
    }
    expect(dataFolderAt(root).keys).toBeNull()
  })
})

/** Stands in for Electron's, which no test here can start (docs/desktop.md): it seals by turning bytes round. */
function storage(backend: string, available = true): Storage {
  const turn = (bytes: Buffer) => Buffer.from(bytes).reverse()
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend as ReturnType<Storage['getSelectedStorageBackend']>,
    encryptStringAsync: async (text) => turn(Buffer.from(`mine ${text}`)),
    decryptStringAsync: async (sealed) => {
      const text = turn(sealed).toString()
      if (!text.startsWith('mine ')) throw new Error('not sealed here')
      return { result: text.slice(5), shouldReEncrypt: false }
    },
  }
}

describe('a key store', () => {
  it.for<[NodeJS.Platform, string, boolean, boolean]>([
    ['linux', 'gnome_libsecret', true, true],
    ['linux', 'kwallet6', true, true],
    ['linux', 'basic_text', true, false],
    ['linux', 'unknown', true, false],
    ['linux', 'gnome_libsecret', false, false],
    ['win32', 'unknown', true, true],
    ['darwin', 'unknown', true, true],
    ['darwin', 'unknown', false, false],
  ])('on %s with %s (reached: %s) is taken: %s', async ([platform, backend, available, taken]) => {
    const problem = await keyStoreOf(storage(backend, available), platform).problem()
    expect(problem === null).toBe(taken)
    if (backend === 'basic_text') expect(problem).toContain('basic_text')
  })

  it('opens the record it has the key of, and no other; one that guards nothing is not asked', async () => {
    const store = keyStoreOf(storage('kwallet6'), 'linux')
    const withStore = { ...file, wraps: [...file.wraps, await wrapInStore(store, dataKey)] }
    expect((await openWithStore(withStore, store))?.keys.id).toBe(id)
    expect(await openWithStore(file, store)).toBeNull()
    expect(await openWithStore(withStore, keyStoreOf(storage('basic_text'), 'linux'))).toBeNull()
    const foreign = { ...file, wraps: [await wrapInStore(store, newDataKey())] }
    expect(await openWithStore(foreign, store)).toBeNull()
    const elsewhere: KeyStore = { ...store, open: () => Promise.reject(new Error('another machine')) }
    expect(await openWithStore(withStore, elsewhere)).toBeNull()
    expect((await openWithSecret(withStore, SECRET)).keys.id).toBe(id)
  })
})

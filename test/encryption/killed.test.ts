import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { DATABASES, openRecord, readRecord } from '../../src/main/compose.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { type DataFolder, dataFolderAt, scanPath } from '../../src/main/core/data-folder.ts'
import { decrypt, encrypt } from '../../src/main/core/encryption/index.ts'
import { type KeyFile, readKeyFile, writeKeyFile } from '../../src/main/core/encryption/key-file.ts'
import { makeCopies } from '../../src/main/core/encryption/turn.ts'
import { makeDataFolder, withStore } from '../support/care.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, openedAt, PASSPHRASE, partsFor } from '../support/encryption.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const NAMES = ['gyrus.sqlite', 'scans']
const cleanup = new Cleanup()
const base = temporaryFolder(cleanup.add)
const file = join(base, 'passphrase')
let clear: DataFolder
let rows: Record<string, number>
let scans: string[]

beforeAll(async () => {
  writeFileSync(file, `${PASSPHRASE}\n`)
  clear = (await makeDataFolder(join(base, 'clear'))).folder
  scans = (await withStore(clear, (store) => store.scansAfter('', 10))).map(({ sha256 }) => sha256)
  rows = DATABASES.counts(clear.database, null)
  return cleanup.run
})

function copied(from: DataFolder, name: string): string {
  const root = join(base, name)
  cpSync(from.root, root, { recursive: true })
  return root
}

const begun = { newPassphrase: async () => PASSPHRASE, onRecoveryCode: () => undefined }

/** All that there was is there, sound, once. */
async function expectWhole(root: string, act: string): Promise<void> {
  expect(readdirSync(root)).toEqual(expect.not.arrayContaining(['turning', 'turned']))
  const folder = await openedAt(root)
  const store = await readRecord(folder)
  const verdict = await verifyAudit({ store, folder }, { files: true, heads: [] })
  await store.close()
  expect(verdict).toMatchObject({ broken: null, files: scans.length })
  const now = DATABASES.counts(folder.database, folder.keys?.database ?? null)
  for (const name of ['cases', 'scans', 'results', 'verdicts', 'failures']) expect(now[name], name).toBe(rows[name])
  const entries = await withActs(folder)
  expect(entries[0]).toBe(act)
}

async function withActs(folder: DataFolder): Promise<string[]> {
  const store = await readRecord(folder)
  const query = { actors: [], acts: [], subject: '', from: null, until: null, near: null }
  const { entries } = await store.listAudit(query, null, 5)
  await store.close()
  return entries.map(({ act }) => act)
}

describe('a change that was killed while it made copies', { timeout: 90_000 }, () => {
  it('is told by a Gyrus that starts, and goes on with the same key', async () => {
    const root = copied(clear, 'copies')
    const abort = new AbortController()
    const onProgress = ({ done }: { done: number }) => done === 2 && abort.abort()
    const broken = encrypt(partsFor(root), begun, { signal: abort.signal, onProgress })
    await expect(broken).rejects.toMatchObject({ code: 'cancelled' })
    const before = readKeyFile(root)
    expect(before?.stage).toBe('encrypting')
    await expect(openRecord(root)).rejects.toMatchObject({ code: 'encryption-unfinished' })
    // What was in force is untouched.
    for (const sha256 of scans)
      expect(
        readFileSync(scanPath(dataFolderAt(root), sha256))
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG')
    await encrypt(partsFor(root), begun)
    expect(readKeyFile(root)).toEqual({ ...before, stage: 'on' })
    await expectWhole(root, 'record.encrypted')
  })

  it('can be given up, both ways', async () => {
    const root = copied(clear, 'given-up')
    const stop = { signal: AbortSignal.abort() }
    await expect(encrypt(partsFor(root), begun, stop)).rejects.toMatchObject({ code: 'cancelled' })
    expect(await decrypt(partsFor(root))).toMatchObject({ state: 'kept' })
    expect(existsSync(join(root, 'keys.json'))).toBe(false)
    await (await openRecord(root)).close()
    await encryptFolder(root)
    await expect(decrypt(partsFor(root), stop)).rejects.toMatchObject({ code: 'cancelled' })
    expect(readKeyFile(root)?.stage).toBe('decrypting')
    expect(await encrypt(partsFor(root), begun)).toMatchObject({ state: 'kept' })
    await expectWhole(root, 'record.encrypted')
  })

  it('is left as it was where a scan is not what it was', async () => {
    const root = copied(clear, 'altered')
    writeFileSync(scanPath(dataFolderAt(root), scans[0] as string), 'something else')
    await expect(encrypt(partsFor(root), begun)).rejects.toMatchObject({ code: 'encryption-differs' })
    expect(await decrypt(partsFor(root))).toMatchObject({ state: 'kept' })
    await (await openRecord(root)).close()
  })
})

/** Every state that a kill can leave while things change places: after each rename there is. */
describe.for(['encrypting', 'decrypting'] as const)(
  'a change that was killed while %s changed places',
  {
    timeout: 90_000,
  },
  (way) => {
    const last = 2 * NAMES.length
    it.for(Array.from({ length: last + 1 }, (_, moves) => moves))('after %i moves is finished', async (moves) => {
      const root = copied(clear, `${way}-${moves}`)
      const stop = { signal: AbortSignal.abort() }
      if (way === 'decrypting') await encryptFolder(root)
      const begins = way === 'encrypting' ? encrypt(partsFor(root), begun, stop) : decrypt(partsFor(root), stop)
      await expect(begins).rejects.toMatchObject({ code: 'cancelled' })
      const [clearly, sealed] = [dataFolderAt(root), await openedAt(root)]
      const [from, to] = way === 'encrypting' ? [clearly, sealed] : [sealed, clearly]
      const act = way === 'encrypting' ? 'record.encrypted' : 'record.decrypted'
      await makeCopies({ databases: DATABASES, from, to, act, actor: 'Dr Admin' }, {})
      const keyFile = readKeyFile(root) as KeyFile
      await writeKeyFile(root, { ...keyFile, stage: `${way}-swap` })
      mkdirSync(join(root, 'turned'))
      for (const [index, name] of NAMES.flatMap((one) => [one, one])
        .slice(0, moves)
        .entries()) {
        if (index % 2 === 0) renameSync(join(root, name), join(root, 'turned', name))
        else renameSync(join(root, 'turning', name), join(root, name))
      }
      await expect(openRecord(root)).rejects.toMatchObject({ code: 'encryption-unfinished' })
      const other = way === 'encrypting' ? decrypt(partsFor(root)) : encrypt(partsFor(root), begun)
      await expect(other).rejects.toMatchObject({ code: 'encryption-busy' })
      if (way === 'encrypting') await encrypt(partsFor(root), begun)
      else await decrypt(partsFor(root))
      await expectWhole(root, act)
    })
  },
)

it('killed at any moment by SIGKILL it loses nothing', async () => {
  const root = copied(clear, 'sigkill')
  const moments = [450, 700, 900, 1_100, 1_300, 1_500, 1_700, 2_000]
  for (const moment of moments) {
    const child = spawn(process.execPath, [MAIN, 'encrypt', '--passphrase-file', file, '--data-dir', root], {
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => child.once('close', resolve))
    await sleep(moment)
    child.kill('SIGKILL')
    await ended
    if (readKeyFile(root)?.stage === 'on') break
  }
  if (readKeyFile(root)?.stage !== 'on') await encrypt(partsFor(root), begun)
  await expectWhole(root, 'record.encrypted')
}, 120_000)

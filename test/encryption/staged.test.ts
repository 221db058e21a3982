import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { usePassphraseFile } from '../../src/main/passphrase.ts'
import { isSealed } from '../../src/main/sealed/format.ts'
import { slice } from '../dataset/support.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { encryptFolder, PASSPHRASE } from '../support/encryption.ts'

it('what a browser hands over for a data set is sealed, and so is what an audit found', async () => {
  const base = temporaryFolder()
  const root = join(base, 'data')
  writeFileSync(join(base, 'passphrase'), PASSPHRASE)
  usePassphraseFile(join(base, 'passphrase'))
  await encryptFolder(root)
  const { core } = await openTestCore(root)
  const { id } = await ask(core, 'datasets.stage', { called: 'set' })
  const add = (path: string, content: Buffer | string) =>
    core.staging.add(id, path, READER, Readable.from([Buffer.from(content)]))
  await add('1.png', await slice(1).png().toBuffer())
  await add('2.png', await slice(2).png().toBuffer())
  await add('set.csv', 'file,class\n1.png,glioma\n2.png,no\n')
  const staged = join(core.folder.incoming, `staged-${id}`)
  expect(readdirSync(staged).every((name) => isSealed(readFileSync(join(staged, name))))).toBe(true)

  await ask(core, 'datasets.importStaged', { id, name: 'a', table: 'set.csv' })
  await expect.poll(() => core.datasetImport.status.state, { timeout: 60_000 }).toBe('done')
  const { glioma } = await ask(core, 'datasets.samples', { name: 'a', version: 1 })
  expect(await core.datasetPictures.thumbnail('a', 1, glioma[0]?.sha256 ?? '')).toBeInstanceOf(Uint8Array)
  await ask(core, 'datasets.audit', { name: 'a', version: 1 })
  await expect.poll(() => core.datasetAudits.status.state, { timeout: 60_000 }).toBe('done')
  expect(isSealed(readFileSync(join(core.folder.datasets, 'a', '1', 'audit.json')))).toBe(true)
  expect((await ask(core, 'datasets.audited', { name: 'a', version: 1 })).found).toMatchObject({ images: 2 })
}, 120_000)

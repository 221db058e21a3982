import { expect, it } from 'vitest'
import { openByAsking, type PassphraseRefused } from '../../src/main/core/encryption/ask.ts'
import { readKeyFile } from '../../src/main/core/encryption/key-file.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, PASSPHRASE } from '../support/encryption.ts'

async function asking(...answers: string[]) {
  const root = temporaryFolder()
  await encryptFolder(root)
  const file = readKeyFile(root)
  if (file === null) throw new Error('it is in clear')
  const refused: PassphraseRefused[] = []
  const waited: number[] = []
  const asker = {
    ask: async () => answers.shift() ?? Promise.reject(new Error('asked once more')),
    refuse: (one: PassphraseRefused) => void refused.push(one),
  }
  const pause = async (ms: number) => waited.push(ms)
  return { opening: openByAsking(file, asker, pause), refused, waited, id: file.id }
}

it('each wrong passphrase holds up the next one longer, and the right one opens the record', async () => {
  const { opening, refused, waited, id } = await asking('wrong', 'wronger', PASSPHRASE)
  expect((await opening).keys.id).toBe(id)
  expect(waited).toEqual([1_000, 2_000])
  expect(refused).toMatchObject([{ seconds: 1 }, { message: expect.stringContaining('not that'), seconds: 2 }])
}, 60_000)

it('the sixth wrong one ends it', async () => {
  const { opening, waited } = await asking(...Array(6).fill('wrong'))
  await expect(opening).rejects.toMatchObject({ code: 'passphrase-wrong' })
  expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
}, 60_000)

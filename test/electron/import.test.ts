import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { sampleSet } from '../support/models.ts'
import { test } from './support/test.ts'

test('a data set is imported from the folder that was chosen in the window’s dialog, by its path', async ({ app }) => {
  const folder = sampleSet(join(temporaryFolder(), 'scans'))
  // Nobody is here to use the dialog; all around it is real.
  await app.inMain(({ dialog }, path) => {
    const answer = async (_: unknown, { properties }: { properties: string[] }) => {
      Object.assign(globalThis, { asked: properties })
      return { canceled: false, filePaths: [path] }
    }
    Object.assign(dialog, { showOpenDialog: answer })
  }, folder)
  await app.inPage(() => location.assign('#/admin/data-sets/import'))
  await app.until(() => {
    const name = document.querySelector('input[maxlength]') as HTMLInputElement | null
    if (!name) return false
    name.value = 'samples'
    name.dispatchEvent(new Event('input', { bubbles: true }))
    return true
  })
  await app.click('Choose the folder…')
  await app.shows('12 images will be copied')
  expect(await app.inMain(() => (globalThis as { asked?: unknown }).asked)).toContain('openDirectory')
  await app.until(() => {
    const button = Array.from(document.querySelectorAll('button')).find(({ innerText }) => innerText === 'Import')
    if (!button || button.disabled) return false
    button.click()
    return true
  })
  await app.shows('Imported as samples@1.')
  const reply = await app.ask('datasets.get', { name: 'samples' })
  expect(reply).toMatchObject({ ok: { images: 12, origin: { kind: 'files', path: folder } } })
})

import type { Page } from 'playwright-core'
import { SHIPPED_MODEL } from '../../src/main/compose.ts'
import { row, waitForImage } from './app.ts'
import type { TourData } from './tour-data.ts'

/** A screen in one of its states, and how to get there from the address alone. */
export interface Stop {
  name: string
  open(page: Page, data: TourData): Promise<void>
}

const at = async (page: Page, hash: string) => {
  await page.evaluate((to) => {
    location.hash = to
  }, hash)
}

/** A page at an address, there when it says something. */
const stop = (name: string, hash: string | ((data: TourData) => string), says: string | RegExp): Stop => ({
  name,
  async open(page, data) {
    await at(page, typeof hash === 'string' ? hash : hash(data))
    await page.getByRole('main').getByText(says).first().waitFor()
  },
})

/** A dialog of the page that is open. */
const dialog = (name: string, button: string | RegExp): Stop => ({
  name,
  async open(page) {
    await page.getByRole('button', { name: button }).first().click()
    await page.getByRole('dialog').waitFor()
  },
})

const aCase = (name: string, which: 'unread' | 'signed'): Stop => ({
  name,
  async open(page, data) {
    await at(page, `#/case/${data[which]}`)
    await waitForImage(page)
  },
})

const byKey = (name: string, key: string): Stop => ({
  name,
  async open(page) {
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
  },
})

/** Dialogs belong to the page before them, and are closed behind them. */
export const TOUR: readonly Stop[] = [
  {
    name: 'work-list',
    async open(page) {
      await at(page, '#/')
      await row(page, 'text.jpg').waitFor()
    },
  },
  byKey('keys', '?'),
  {
    name: 'no-hits',
    async open(page) {
      await page.getByRole('searchbox').fill('zzz')
      await page.getByText('No case matches').waitFor()
    },
  },
  aCase('review', 'unread'),
  {
    name: 'disagreeing',
    async open(page) {
      await page.keyboard.press('d')
      await page.getByText('What is it, in your opinion?').waitFor()
    },
  },
  byKey('report', 'e'),
  byKey('history', 'y'),
  dialog('model-card', 'Model card'),
  stop('what-if', ({ unread }) => `#/case/${unread}/what-if`, 'Change the image by the tools'),
  aCase('signed', 'signed'),
  stop('failed', ({ failed }) => `#/case/${failed}`, 'This scan could not be read'),
  stop('batches', '#/batches', 'Completed'),
  stop('batch', ({ batch }) => `#/batch/${batch}`, 'broken.jpg'),
  stop('audit', '#/audit', 'Signed in'),
  stop('readings', '#/readings', /impression/),
  stop('data-sets', '#/admin/data-sets', 'samples@1'),
  stop('import', '#/admin/data-sets/import', 'Name of the data set'),
  stop('data-set', '#/admin/data-sets/small@1', 'Sample sheet'),
  stop('training', '#/admin/training', 'Finished'),
  stop('new-training', '#/admin/training/.new', 'Patients kept apart'),
  stop('new-search', '#/admin/training/.new-search', 'Most trials'),
  stop('run', ({ run }) => `#/admin/training/${run}`, 'Trained to the end.'),
  stop('search', ({ search }) => `#/admin/training/.of-${search}`, 'Best so far'),
  stop('models', '#/admin/models', 'cnn-24'),
  dialog('change-plan', 'Change…'),
  dialog('lock-set', 'Lock a set…'),
  stop('model', '#/admin/models/swapped-1', 'Put in force…'),
  dialog('activate', 'Put in force…'),
  stop('results', '#/admin/models/swapped-1/results', 'Four at random'),
  stop('shipped-results', `#/admin/models/${SHIPPED_MODEL}/results`, 'Four at random'),
  stop('compare', `#/admin/models/${SHIPPED_MODEL}@swapped-1`, 'On samples@1'),
  stop('monitoring', '#/admin/monitoring', 'By scanner'),
  stop('compute', '#/admin/compute', 'ONNX Runtime'),
  stop('sources', '#/admin/sources', 'Watched folders'),
  stop('care', '#/admin/care', 'sound when it was made'),
  stop('accounts', '#/admin/accounts', 'the radiologist'),
  dialog('new-account', 'New account'),
  dialog('new-token', 'New token'),
  stop('settings', '#/admin/settings', 'Keys'),
]

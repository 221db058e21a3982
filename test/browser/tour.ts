import type { Page } from 'playwright-core'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { row } from './app.ts'
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
const stop = (name: string, hash: string | ((data: TourData) => string), says: string): Stop => ({
  name,
  async open(page, data) {
    await at(page, typeof hash === 'string' ? hash : hash(data))
    await page.getByRole('main').getByText(says).first().waitFor()
  },
})

/** A dialog of the page that is open. */
const dialog = (name: string, button: string): Stop => ({
  name,
  async open(page) {
    await page.getByRole('button', { name: button }).first().click()
    await page.getByRole('dialog').waitFor()
  },
})

const aCase = (name: string, which: 'unread' | 'signed', sides: string): Stop => ({
  name,
  async open(page, data) {
    await at(page, `#/case/${data[which]}`)
    await page.getByText(sides).waitFor()
  },
})

const byKey = (name: string, key: string): Stop => ({
  name,
  async open(page) {
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
  },
})

/**
 * Dialogs belong to the page before them, and are closed behind them.
 *
 * @param say what stands on the screen in the place of a text in English, or of its beginning
 */
export const tourIn = (say: (english: string) => string): readonly Stop[] => [
  {
    name: 'work-list',
    async open(page) {
      await at(page, '#/')
      await row(page, 'text.jpg').waitFor()
    },
  },
  byKey('keys', '?'),
  byKey('guide', 'F1'),
  {
    name: 'no-hits',
    async open(page) {
      await page.getByRole('searchbox').fill('zzz')
      await page.getByText(say('No case matches')).waitFor()
    },
  },
  aCase('review', 'unread', say('Side markers')),
  {
    name: 'disagreeing',
    async open(page) {
      await page.keyboard.press('d')
      await page.getByText(say('What is it, in your opinion?')).waitFor()
    },
  },
  byKey('report', 'e'),
  byKey('history', 'y'),
  dialog('model-card', say('Model card')),
  stop('what-if', ({ unread }) => `#/case/${unread}/what-if`, say('Change the image by the tools')),
  aCase('signed', 'signed', say('Side markers')),
  stop('failed', ({ failed }) => `#/case/${failed}`, say('This scan could not be read')),
  stop('batches', '#/batches', say('Completed')),
  stop('batch', ({ batch }) => `#/batch/${batch}`, 'broken.jpg'),
  stop('audit', '#/audit', say('Verify')),
  stop('readings', '#/readings', say('impression')),
  stop('data-sets', '#/admin/data-sets', 'samples@1'),
  stop('import', '#/admin/data-sets/import', say('Name of the data set')),
  stop('data-set', '#/admin/data-sets/small@1', say('Sample sheet')),
  stop('training', '#/admin/training', say('Finished')),
  stop('new-training', '#/admin/training/.new', say('Patients kept apart')),
  stop('new-search', '#/admin/training/.new-search', say('Most trials')),
  stop('run', ({ run }) => `#/admin/training/${run}`, say('Trained to the end.')),
  stop('search', ({ search }) => `#/admin/training/.of-${search}`, say('Best so far')),
  stop('models', '#/admin/models', 'cnn-24'),
  dialog('change-plan', say('Change…')),
  dialog('lock-set', say('Lock a set…')),
  stop('model', '#/admin/models/swapped-1', say('Put in force…')),
  dialog('activate', say('Put in force…')),
  stop('results', '#/admin/models/swapped-1/results', say('Four at random')),
  stop('shipped-results', `#/admin/models/${SHIPPED_MODEL}/results`, say('Four at random')),
  stop('compare', `#/admin/models/${SHIPPED_MODEL}@swapped-1`, say('On samples@1')),
  stop('monitoring', '#/admin/monitoring', say('By scanner')),
  stop('compute', '#/admin/compute', 'ONNX Runtime'),
  stop('sources', '#/admin/sources', say('Watched folders')),
  stop('care', '#/admin/care', say('sound when it was made')),
  stop('accounts', '#/admin/accounts', 'the radiologist'),
  dialog('new-account', say('New account')),
  dialog('new-token', say('New token')),
  stop('settings', '#/admin/settings', say('Keys')),
]

export const TOUR = tourIn((english) => english)

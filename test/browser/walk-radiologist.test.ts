import { signInRole } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { ask } from '../support/core.ts'
import { walkAsRadiologist } from '../support/walk.ts'
import { chooseFolder, downloaded, startApp, visit } from './app.ts'

const WHO = 'the radiologist'

test('a radiologist classifies a folder, reads what needs eyes first, signs, reports, finds it again, exports', async ({
  page,
}) => {
  const app = await startApp()
  await signInRole(app.core, 'radiologist')
  await visit(page, app, WHO)
  await walkAsRadiologist({
    page,
    who: WHO,
    folder: app.folder,
    chooseFolder: async (folder) => {
      await chooseFolder(page, folder)
      await page.getByText('5 images to open').waitFor()
    },
    ask: (name, input) => ask(app.core, name, input),
    saved: async (begin) => (await downloaded(page, begin)).content,
  })
}, 120_000)

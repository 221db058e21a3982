import { expect, test } from 'vitest'
import { listFiles, readText } from './sources.ts'

/** What would lead out of the window, or make it less locked than it is; none of it is in what ships. */
const FORBIDDEN =
  /\b(openExternal|openPath|enableBlinkFeatures|experimentalFeatures|allowpopups|webSecurity|remote\.enable|loadFile)\b/

test('the desktop’s shell opens nothing outside, and loosens no window', () => {
  const files = listFiles('src/main/electron/**/*.ts')
  expect(files.length).toBeGreaterThan(25)
  expect(files.filter((path) => FORBIDDEN.test(readText(path)))).toEqual([])
})

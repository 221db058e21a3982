import { expect, test } from 'vitest'
import { texts } from '../../src/renderer/texts.ts'
import { listFiles, readText } from './sources.ts'

/** Acts whose last part is not written out: the state of a training run. */
const written = (text: string) =>
  [...text.matchAll(/\bact\b[^\n'"`]*'([a-z-]+\.[a-z-]+)'/g)].map(([, act]) => act as string)

test('every act of the audit trail has a name on the screen', () => {
  const acts = [...new Set(listFiles('src/main/{core,store}/**/*.ts').flatMap((path) => written(readText(path))))]
  expect(acts.length).toBeGreaterThan(20)
  expect(acts.filter((act) => !Object.hasOwn(texts.audit.acts, act))).toEqual([])
})

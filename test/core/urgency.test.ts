import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEFAULT_URGENCY } from '../../src/shared/urgency.ts'
import { signInRole } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'

const SAMPLES = join(import.meta.dirname, '../../resources/samples')
const nothing = { tumour: 0, uncertainty: 0, waiting: 0, unjudged: 0, unreadable: 0 }
const query = { sort: { column: 'urgency', direction: 'desc' } } as const

it('the rule of urgency is seen by all, set by administrators alone, and makes the order of the list', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  const paths = ['sample-01.jpg', 'sample-02.png'].map((name) => join(SAMPLES, name))
  const [tumour, none] = (await openPaths(core, ...paths)).map(({ caseId }) => caseId)
  const order = async () => (await ask(core, 'cases.list', { query })).rows.map(({ id }) => id)
  expect(await ask(core, 'urgency.get', {})).toEqual(DEFAULT_URGENCY)
  expect(await order()).toEqual([tumour, none])
  const told: string[] = []
  core.events.subscribe((event) => told.push(event.type))
  await ask(core, 'urgency.set', { ...nothing, uncertainty: 10 })
  expect(told).toContain('reading')
  // Sample 2 is a little less sure than sample 1, or the other way round: by that alone.
  const confidence = async (id = '') => (await ask(core, 'cases.get', { id })).confidence ?? 0
  const surer = (await confidence(tumour ?? '')) > (await confidence(none ?? ''))
  expect(await order()).toEqual(surer ? [none, tumour] : [tumour, none])

  const radiologist = await signInRole(core, 'radiologist')
  const refused = await core.request('urgency.set', DEFAULT_URGENCY, radiologist)
  expect(refused).toMatchObject({ failure: { code: 'not-allowed' } })
  expect(await core.request('urgency.get', {}, radiologist)).toHaveProperty('ok')
  await expect(ask(core, 'urgency.set', nothing)).rejects.toThrow('request-invalid')
  await expect(ask(core, 'urgency.set', { ...DEFAULT_URGENCY, waiting: -1 })).rejects.toThrow('request-invalid')
}, 60_000)

it('a reader whose impression comes first gets the order of waiting, until they said what they think of all', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  const first = (await openPaths(core, join(SAMPLES, 'sample-02.png')))[0]?.caseId ?? ''
  const second = (await openPaths(core, join(SAMPLES, 'sample-01.jpg')))[0]?.caseId ?? ''
  const order = async () => (await ask(core, 'cases.list', { query })).rows.map(({ id }) => id)
  expect(await order()).toEqual([second, first])
  await ask(core, 'reading.set', { on: true })
  expect(await order()).toEqual([first, second])
  expect(await ask(core, 'cases.place', { id: first, query })).toMatchObject({ position: 0, next: second })
  await ask(core, 'cases.impression', { id: second, impression: 'glioma' })
  expect(await order()).toEqual([first, second])
}, 60_000)

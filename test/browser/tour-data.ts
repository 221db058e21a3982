import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import type { RequestInput } from '../../src/shared/contract.ts'
import { DEFAULT_LIMITS } from '../../src/shared/monitoring.ts'
import { signInRole } from '../support/accounts.ts'
import { ask, openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, sampleSet, swapLabels } from '../support/models.ts'
import { times, type Used, used } from '../support/use.ts'
import { importMade, makeSet } from '../train/support.ts'
import { type App, READER } from './app.ts'

const DAY_MS = 86_400_000
const SLOW = { timeout: 120_000 }
const OTHER_MODEL = 'swapped-1'

/** Names of what there is to be seen. */
export interface TourData {
  batch: string
  run: string
  search: string
  /** By what became of it: the ids of cases. */
  unread: string
  signed: string
  failed: string
}

/** A department that has used Gyrus for some months: all that screens show is there. */
export async function furnish(app: App): Promise<TourData> {
  const { core } = app
  await monthsOfUse(core)
  const samples = sampleSet(join(app.folder, 'samples'))
  const model = await makeModel(app.folder, OTHER_MODEL, { graph: swapLabels('glioma', 'meningioma') })
  await core.models.register(model, READER)
  const source = { kind: 'files', path: samples, patients: null, map: {} } as const
  await core.datasets.import({ name: 'samples', source, by: READER })
  const trained = await trainings(core, join(app.folder, 'set'))
  await measurements(core)
  const batch = await aBatch(core, join(app.folder, 'monday'))
  const cases = await casesOf(core, samples, app.folder)
  await department(core, app.folder)
  return { batch, ...trained, ...cases }
}

/** Answers, most of them signed, over three months; one limit is passed. */
async function monthsOfUse(core: Core): Promise<void> {
  await ask(core, 'monitoring.set-limits', { ...DEFAULT_LIMITS, minimum: 10 })
  const now = Date.now()
  const facts = (manufacturer: string, seriesDescription: string) => ({
    dicom: { manufacturer, manufacturerModel: '', fieldStrength: 3, seriesDescription },
  })
  const good: Used = { label: 'glioma', says: 'glioma', reader: READER, brightness: 60, distance: 0.9 }
  const bad: Used = { ...good, label: 'notumor', brightness: 150, distance: 3 }
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    for (const daysAgo of [80, 50, 20, 3]) {
      const cases = [
        ...times(20, { ...good, ...facts('SIEMENS', 't1_se') }),
        ...times(12, {
          ...good,
          label: 'meningioma',
          says: 'meningioma',
          ...facts('Philips Medical Systems', 'flair'),
        }),
        ...times(80 / daysAgo, { ...bad, ...facts('Philips Medical Systems', 'flair') }),
        ...times(6, { label: 'pituitary', says: null }),
      ]
      const at = new Date(now - daysAgo * DAY_MS).toISOString()
      await used(
        core.store,
        at,
        cases.map((one) => ({ ...one, model: SHIPPED_MODEL })),
      )
    }
  } finally {
    vi.useRealTimers()
  }
}

/** A training to its end, and a search of two trials. */
async function trainings(core: Core, folder: string): Promise<{ run: string; search: string }> {
  await importMade(core, await makeSet(folder, 12, 2))
  const dataset = { name: 'small', version: 1 }
  await ask(core, 'datasets.audit', dataset)
  await expect.poll(async () => (await ask(core, 'datasets.auditStatus', {})).state, SLOW).toBe('done')
  const training: RequestInput<'training.startOnSet'> = {
    ...{ dataset, recipe: 'head', changes: { size: 64 }, split: { by: 'patient' }, seed: 1 },
  }
  const run = (await ask(core, 'training.startOnSet', training)).id
  const ranges: RequestInput<'search.start'>['ranges'] = [{ kind: 'values', name: 'size', values: [64, 96] }]
  const asked = { training, ranges, mode: 'grid', trials: 2, budgetSeconds: 600 } as const
  const search = (await ask(core, 'search.start', asked)).id
  await expect
    .poll(async () => (await ask(core, 'search.list', {})).searches.map(({ state }) => state), SLOW)
    .toEqual(['finished'])
  return { run, search }
}

/** The other model measured, both compared, and a set locked. */
async function measurements(core: Core): Promise<void> {
  const dataset = { name: 'samples', version: 1 }
  const done = () => expect.poll(async () => (await ask(core, 'models.work', {})).state, SLOW).toBe('done')
  await ask(core, 'models.lock-reference', { ...dataset, split: null })
  await done()
  for (const id of [OTHER_MODEL, SHIPPED_MODEL]) {
    await ask(core, 'models.evaluate', { id, dataset })
    await done()
  }
  await ask(core, 'models.compare', { first: SHIPPED_MODEL, second: OTHER_MODEL, dataset })
  await done()
}

async function aBatch(core: Core, folder: string): Promise<string> {
  mkdirSync(folder)
  for (let seed = 0; seed < 8; seed++) await writePicture(folder, `${100 + seed}.png`, seed)
  writeFileSync(join(folder, 'broken.jpg'), 'no image')
  const options = { subFolders: true, filter: '', skipSeen: true }
  const { id } = await ask(core, 'batches.start', { paths: [folder], options })
  await expect.poll(async () => (await ask(core, 'batches.get', { id })).batch.state, SLOW).toBe('completed')
  return id
}

async function casesOf(core: Core, samples: string, folder: string) {
  const long = await writePicture(folder, `${'a very long file name '.repeat(8)}.png`, 77)
  const text = join(folder, 'text.jpg')
  writeFileSync(text, 'no image at all')
  const opened = await openPaths(core, long, text, samples)
  const [failed] = opened.filter(({ status }) => status === 'failed')
  const [unread, signed, disputed] = opened.filter(({ status }) => status === 'analysed').slice(1)
  const [of, other] = [signed?.caseId ?? '', disputed?.caseId ?? '']
  for (const id of [of, other]) await ask(core, 'cases.opened', { id })
  const comment = 'Extra-axial, at the convexity, with a dural tail; no oedema.'
  const review = { verdict: 'disagree', label: 'meningioma', comment } as const
  await ask(core, 'cases.review', { id: other, ...review })
  const { verdicts } = await ask(core, 'cases.review', { id: of, ...review })
  await ask(core, 'cases.sign', { id: of, verdict: verdicts.at(-1)?.id ?? 0 })
  return { failed: failed?.caseId ?? '', unread: unread?.caseId ?? '', signed: of }
}

/** Accounts, tokens, a backup, a hold and a watched folder. */
async function department(core: Core, folder: string): Promise<void> {
  await signInRole(core, 'radiologist')
  const { administration } = core.accounts
  const name = 'n'.repeat(40)
  await administration.add({ name, fullName: 'a very long full name '.repeat(4), role: 'auditor' }, READER)
  await administration.addToken({ name, purpose: 'what it is for '.repeat(8), days: 3 }, READER)
  const backups = join(folder, 'backups')
  mkdirSync(backups)
  await core.store.setBackups({ folder: backups, daily: 14, weekly: 13 }, READER)
  await ask(core, 'backups.now', {})
  await expect.poll(async () => (await ask(core, 'backups.list', {})).backups.length, SLOW).toBeGreaterThan(0)
  const watched = join(folder, 'watched')
  mkdirSync(watched)
  await core.sources.addFolder({ path: watched, subFolders: true }, READER)
}

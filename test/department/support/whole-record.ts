import { join } from 'node:path'
import { openStore } from '../../../src/main/store/index.ts'
import type { Store } from '../../../src/main/store/types.ts'
import { DEFAULT_MOUSE } from '../../../src/shared/keys.ts'
import { DEFAULT_LIMITS } from '../../../src/shared/monitoring.ts'
import type { PacsSettings } from '../../../src/shared/pacs.ts'
import { makeRecord } from '../../support/audit.ts'
import { newCase, newResult } from '../../support/cases.ts'
import type { OnEnd } from '../../support/cleanup.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { addEdited } from '../../support/edited.ts'
import { fillGuarded } from '../../support/guarded.ts'
import { addBatch } from '../../support/screens.ts'
import { addAdjudicated } from '../../support/second.ts'

const SETTINGS: PacsSettings = {
  ...{ kind: 'dimse', name: 'Archive', on: true, host: 'pacs', port: 104, calledAe: 'PACS', callingAe: 'GYRUS' },
  ...{ retrieveBy: 'get', waitSeconds: 60, tls: { on: false, check: 'host', ca: '', certificate: '' } },
}

/** What is set once and changed later; rows of the small tables. */
export async function setAll(store: Store): Promise<void> {
  await store.setUrgencyRule({ tumour: 2, uncertainty: 0.1, waiting: 0.3, unjudged: 0.2, unreadable: 1 / 3 }, 'Dr A')
  await store.setLimits({ ...DEFAULT_LIMITS, agreement: 0.1 + 0.2, psi: null }, 'Dr A')
  await store.setPacs({ id: 'a', settings: SETTINGS, secret: 'hidden' }, 'Dr A')
  await store.setPacs({ id: 'b', settings: { ...SETTINGS, name: 'aged' }, secret: 'gone' }, 'Dr A')
  await store.removePacs('b', 'Dr A')
  await store.setPreferences('Dr A', { keys: { invert: 'y' }, mouse: DEFAULT_MOUSE })
  await store.countTry('Dr A', 1_764_000_000_000.25)
  await store.setDepartmentLanguage('de', 'Dr A')
  await store.setImpressionFirst('Dr A', true, 'Dr A')
  await store.addMachineSample({
    at: '2026-11-24T10:00:00.000Z',
    restarts: 0,
    memoryBytes: 2 ** 40,
    diskBytes: 2 ** 52,
  })
}

/** A record of SQLite with rows in (nearly) every table, texts of all sorts, and doubles that take all their digits. */
export async function makeWholeRecord(onEnd?: OnEnd): Promise<{ file: string; batch: string }> {
  const file = await makeRecord(temporaryFolder(onEnd))
  await addAdjudicated(file)
  const batch = await addBatch(file)
  const store = await openStore(file)
  await store.interruptBatches()
  const odd = newCase({
    fileName: 'Łukasz “Straße” \u{1f9e0} \\ \t\n.png',
    scan: { sha256: '7'.repeat(64), bytes: 2 ** 40 },
  })
  await store.receive([odd])
  const third = 1 / 3
  const confidences = { glioma: third, meningioma: Number.EPSILON, notumor: 5e-324, pituitary: 1 - third }
  await store.complete([newResult(odd.id, { confidences, inferenceMs: 0.1 + 0.2 })])
  await addEdited(store, odd.id, { fileName: 'edited.png', label: 'glioma', confidences })
  await fillGuarded(store)
  await setAll(store)
  await store.close()
  return { file, batch }
}

export const fileIn = (onEnd?: OnEnd) => join(temporaryFolder(onEnd), 'gyrus.sqlite')

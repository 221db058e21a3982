import { join } from 'node:path'
import { vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { DEFAULT_LIMITS } from '../../src/shared/monitoring.ts'
import { temporaryFolder } from './cleanup.ts'
import { openTestCore } from './core.ts'
import { times, type Used, used } from './use.ts'

export const MODEL = 'efl0-2'
/** When alarms are looked for that are raised in September, and end in October. */
export const [RAISED, ENDED] = ['2026-09-20T12:00:00.000Z', '2026-10-25T12:00:00.000Z'] as const

const PRISMA = {
  manufacturer: 'SIEMENS',
  manufacturerModel: 'Prisma_fit',
  fieldStrength: 2.89,
  seriesDescription: 't1-se',
}

/** Ten signed cases, whose inference took 20 to 200 ms. */
const SEPTEMBER: Used[] = [
  ...times(4, { label: 'glioma', says: 'glioma', dicom: PRISMA }),
  { label: 'notumor', says: 'glioma', confidence: 0.6 } as const,
  ...times(2, { label: 'notumor', says: 'notumor' }),
  { label: 'meningioma', says: 'notumor', confidence: 0.6 } as const,
  { label: 'pituitary', says: 'other', confidence: 0.6 } as const,
  { label: 'glioma', says: 'cannot-tell', reader: 'Dr B', source: 'folder' } as const,
].map((one, i) => ({ ...one, ms: 20 * (i + 1), model: MODEL }))

/** Does something as if it were then; alarms are looked for at that time. */
export async function at(
  core: Core,
  instant: string,
  work: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    vi.setSystemTime(new Date(instant))
    await work()
    await core.monitoring.status()
  } finally {
    vi.useRealTimers()
  }
}

/** A record of August to October, with alarms. */
export async function autumn(): Promise<Core> {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  await core.store.setLimits({ ...DEFAULT_LIMITS, minimum: 5, diskBytes: null }, 'Dr A')
  await at(core, '2026-08-10T12:00:00.000Z', () =>
    used(core.store, '2026-08-10T12:00:00.000Z', times(3, { label: 'glioma', says: 'glioma', model: MODEL })),
  )
  await at(core, RAISED, () => used(core.store, RAISED, SEPTEMBER))
  await at(core, ENDED)
  return core
}

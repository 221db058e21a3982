import { vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import type { PacsSettings } from '../../src/shared/pacs.ts'
import type { Sending, SendingState } from '../../src/shared/sending.ts'
import { ask } from './core.ts'
import { webSettings } from './dicomweb.ts'
import type { Orthanc } from './orthanc.ts'

/** A connection to an Orthanc by DICOMweb. */
export const byWeb = (orthanc: Orthanc, name = 'ARCHIVE'): PacsSettings => webSettings(orthanc.url, { name })

/** The same by DIMSE. */
export const byDimse = (orthanc: Orthanc, name = 'ARCHIVE'): PacsSettings => ({
  ...{ kind: 'dimse', name, on: true, waitSeconds: 30, host: '127.0.0.1', port: orthanc.port },
  ...{ calledAe: 'ORTHANC', callingAe: 'GYRUS', retrieveBy: 'get' },
  tls: { on: false, check: 'host', ca: '', certificate: '' },
})

export const addPacs = async (core: Core, settings: PacsSettings): Promise<string> =>
  (await ask(core, 'pacs.set', { id: null, settings })).id

/** Waits until the newest sending of a case is in this state, or has failed so often. */
export async function sendingIs(core: Core, id: string, state: SendingState, tries = 0): Promise<Sending> {
  const newest = async () => (await ask(core, 'sendings.of-case', { id })).sendings[0]
  await vi.waitFor(
    async () => {
      const sending = await newest()
      if (sending?.state !== state || sending.tries < tries) throw new Error(JSON.stringify(sending))
    },
    { timeout: 60_000, interval: 100 },
  )
  return (await newest()) as Sending
}

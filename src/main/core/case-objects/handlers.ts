import type { ParsedInput, RequestOutput } from '../../../shared/contract.ts'
import type { objectsContract } from '../../../shared/objects-contract.ts'
import type { Store } from '../../store/types.ts'
import type { Downloads } from '../downloads.ts'
import type { CaseObjects } from './index.ts'
import { zipObjects } from './zip.ts'

type ObjectRequest = keyof typeof objectsContract
type ObjectHandlers = {
  [N in ObjectRequest]: (input: ParsedInput<N>, caller: { reader: string }) => Promise<RequestOutput<N>>
}

/** Requests about results as DICOM objects. */
export function objectHandlers({
  store,
  objects,
  downloads,
}: {
  store: Store
  objects: CaseObjects
  downloads: Downloads
}): ObjectHandlers {
  return {
    'cases.objects': async ({ id }, { reader }) => {
      const { name, files } = await objects.ofCase(id, { actor: reader, way: 'as a download' })
      return { path: downloads.offer(zipObjects(name, files)) }
    },
    'objects.get': () => store.objectsSettings(),
    'objects.set': async (settings, { reader }) => {
      await store.setObjects(settings, reader)
      return {}
    },
  }
}
